package dev.drover.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.drover.calendar.MovePages.Told;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.TimeMachine;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** Campaigns put to another time, on the real engine; back again; and what is refused. */
@IntegrationTest
class MoveIntegrationTests {

    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @LocalServerPort
    int port;

    @Autowired
    Plans plans;

    @Autowired
    WebApplicationContext context;

    @Autowired
    PlatformClock clock;

    @Autowired
    TimeMachine time;

    @Autowired
    JdbcClient jdbc;

    private final String own = "Moved " + UUID.randomUUID();
    private Api api;
    private MockMvc pages;

    @BeforeEach
    void open() {
        api = new Api("http://localhost:" + port, "test-token");
        pages = MockMvcBuilders.webAppContextSetup(context).apply(springSecurity()).build();
    }

    @Test
    void movedToAnotherDayItKeepsItsHourAndUndoPutsItBack() throws Exception {
        var day = plans.today().plusDays(10);
        long id = scheduled(day, LocalTime.of(9, 30));
        var answer = move(id, at(id), "day", day.plusDays(3).toString());
        assertThat(answer.getResponse().getRedirectedUrl()).startsWith("/calendar?view=month");
        assertThat(at(id)).isEqualTo(day.plusDays(3).atTime(9, 30).toInstant(ZoneOffset.UTC));
        var told = (Told) answer.getFlashMap().get("moved");
        assertThat(told.words()).contains(own).contains("09:30 (UTC) now, not on");
        move(id, Instant.parse(told.was()), "at", told.at());
        assertThat(at(id)).isEqualTo(day.atTime(9, 30).toInstant(ZoneOffset.UTC));
        assertThat(jdbc.sql("SELECT count(*) FROM audit_log WHERE action = 'campaign.scheduled' AND subject = ?").param(Long.toString(id)).query(Long.class).single()).as("scheduled, moved, moved back").isEqualTo(3);
        plans.to(api, id, "cancel");
    }

    @Test
    void theProcessBeginsAtTheNewTimeOnly() throws Exception {
        long id = plans.draft(api, own, plans.segment(api, plans.people(api, 2)), ", \"scheduledAt\": \"%s\"".formatted(clock.instant().plus(Duration.ofHours(1))));
        plans.to(api, id, "schedule");
        awaitTimer(id);
        move(id, at(id), "at", at(id).plus(Duration.ofHours(2)).toString());
        await("the process knows").atMost(PATIENCE).until(() -> jdbc.sql("SELECT told_at IS NOT NULL FROM campaign_signal WHERE name = 'campaign.replanned' AND campaign_id = ?").param(id).query(Boolean.class).single());
        await("it waits for the new time").atMost(PATIENCE).until(() -> jdbc.sql("""
                SELECT count(*) FROM engine_step s JOIN engine_element e ON e.id = s.element JOIN engine_process p ON p.id = e.process
                 WHERE p.process_id = 'campaign-run' AND s.left_at IS NULL AND s.due_at BETWEEN ? AND ?""").param(at(id).minusSeconds(2).atOffset(ZoneOffset.UTC)).param(at(id).plusSeconds(2).atOffset(ZoneOffset.UTC)).query(Long.class).single() > 0);
        time.advance(Duration.ofMinutes(90));
        assertThat(status(id)).isEqualTo("scheduled");
        time.advance(Duration.ofMinutes(95));
        await().atMost(PATIENCE).until(() -> status(id).equals("completed"));
    }

    @Test
    void theFormTakesADayAndATimeByAnotherClock() throws Exception {
        var day = LocalDate.of(plans.today().getYear() + 1, 7, 10);
        long id = scheduled(day, LocalTime.of(9, 0));
        assertThat(page("/calendar/" + id + "/move?view=week&from=" + day, 200)).contains("value=\"" + day + "\"").contains("value=\"09:00\"");
        var answer = move(id, at(id), "day", day.plusDays(1).toString(), "time", "10:00", "zone", "Europe/Amsterdam", "form", "true", "view", "week");
        assertThat(at(id)).isEqualTo(day.plusDays(1).atTime(8, 0).toInstant(ZoneOffset.UTC));
        assertThat(answer.getResponse().getRedirectedUrl()).isEqualTo("/calendar?view=week&from=" + day.plusDays(1) + "&zone=Europe/Amsterdam");
        plans.to(api, id, "cancel");
    }

    @Test
    void whatIsPastOrSkippedByTheClocksIsRefusedAndNothingChanges() throws Exception {
        int year = plans.today().getYear() + 1;
        var day = LocalDate.of(year, 3, 20);
        long id = scheduled(day, LocalTime.of(1, 30));
        var was = at(id);
        var past = move(id, was, "day", plans.today().minusDays(2).toString());
        assertThat((String) past.getFlashMap().get("trouble")).contains("wasn’t moved").contains("is past");
        // The last Sunday of March: 02:30 in Amsterdam isn't there.
        var skipped = LocalDate.of(year, 3, 31);
        while (skipped.getDayOfWeek() != java.time.DayOfWeek.SUNDAY) {
            skipped = skipped.minusDays(1);
        }
        var gap = move(id, was, "day", skipped.toString(), "zone", "Europe/Amsterdam");
        assertThat((String) gap.getFlashMap().get("trouble")).contains("There is no 02:30 in Europe/Amsterdam");
        var form = move(id, was, "day", skipped.toString(), "time", "02:30", "zone", "Europe/Amsterdam", "form", "true");
        assertThat(form.getResponse().getStatus()).isEqualTo(422);
        assertThat(form.getResponse().getContentAsString()).contains("There is no 02:30").contains("value=\"" + skipped + "\"").contains("aria-invalid=\"true\"");
        assertThat((String) move(id, was, "day", "soon").getFlashMap().get("trouble")).contains("A day is written like");
        assertThat((String) move(id, was, "at", was.toString()).getFlashMap().get("trouble")).contains("It begins then already");
        assertThat(at(id)).isEqualTo(was);
        assertThat(status(id)).isEqualTo("scheduled");
        plans.to(api, id, "cancel");
    }

    @Test
    void whatSomebodyElseDidMeanwhileIsNotOverwritten() throws Exception {
        var day = plans.today().plusDays(12);
        long id = scheduled(day, LocalTime.NOON);
        var was = at(id);
        move(id, was, "day", day.plusDays(1).toString());
        var late = move(id, was, "day", day.plusDays(5).toString());
        assertThat((String) late.getFlashMap().get("trouble")).contains("Somebody moved").contains("Look at it again");
        assertThat(at(id)).isEqualTo(was.plus(Duration.ofDays(1)));
        plans.to(api, id, "start");
        assertThat((String) move(id, at(id), "day", day.plusDays(5).toString()).getFlashMap().get("trouble")).containsPattern("is (running|completed)");
        await().atMost(PATIENCE).until(() -> status(id).equals("completed"));
        assertThat(page("/calendar/" + id + "/move", 409)).contains("all of it has been sent").contains("To the campaign");
    }

    @Test
    void aSingleTimeOfARecurringOneIsNotMoved() throws Exception {
        long id = plans.draft(api, own, plans.segment(api, plans.people(api, 1)), ", \"type\": \"automated\", \"settings\": {\"repeat\": {\"days\": [\"monday\"], \"time\": \"09:00\"}}");
        plans.to(api, id, "schedule");
        var was = at(id);
        var refused = move(id, was, "day", plans.today().plusDays(40).toString());
        assertThat((String) refused.getFlashMap().get("trouble")).contains("comes each Monday at 09:00 (UTC): a single time of it can't be moved").contains("under Options");
        assertThat(page("/calendar/" + id + "/move", 409)).contains("/campaigns/" + id);
        assertThat(at(id)).isEqualTo(was);
        plans.to(api, id, "withdraw");
        assertThat((String) move(id, was, "day", plans.today().plusDays(40).toString()).getFlashMap().get("trouble")).contains("can't be moved");
    }

    @Test
    void aForgedFormAndOneWhoIsNotThereMoveNothing() throws Exception {
        var day = plans.today().plusDays(11);
        long id = scheduled(day, LocalTime.NOON);
        assertThat(pages.perform(post("/calendar/" + id + "/move").with(user("m").roles("MARKETER")).param("was", at(id).toString()).param("day", day.plusDays(1).toString())).andReturn().getResponse().getStatus()).isEqualTo(403);
        assertThat(move(999_999_999L, at(id), "day", day.toString()).getResponse().getStatus()).isEqualTo(404);
        assertThat(at(id)).isEqualTo(day.atTime(12, 0).toInstant(ZoneOffset.UTC));
        plans.to(api, id, "cancel");
    }

    private long scheduled(LocalDate day, LocalTime at) throws Exception {
        return plans.scheduled(api, own, plans.segment(api, plans.people(api, 2)), day, at, UTC, "");
    }

    private void awaitTimer(long id) throws Exception {
        var at = at(id);
        await("its process waits").atMost(PATIENCE).until(() -> jdbc.sql("SELECT count(*) FROM engine_step WHERE left_at IS NULL AND due_at BETWEEN ? AND ?").param(at.minusSeconds(2).atOffset(ZoneOffset.UTC))
                .param(at.plusSeconds(2).atOffset(ZoneOffset.UTC)).query(Long.class).single() > 0);
    }

    private MvcResult move(long id, Instant was, String... fields) throws Exception {
        var request = post("/calendar/" + id + "/move").with(user("m").roles("MARKETER")).with(csrf()).param("was", was.toString());
        for (int n = 0; n < fields.length; n += 2) {
            request.param(fields[n], fields[n + 1]);
        }
        return pages.perform(request).andReturn();
    }

    private String page(String path, int status) throws Exception {
        var answer = pages.perform(get(java.net.URI.create(path)).with(user("m").roles("MARKETER"))).andReturn().getResponse();
        assertThat(answer.getStatus()).isEqualTo(status);
        return answer.getContentAsString();
    }

    private Instant at(long id) throws Exception {
        return Instant.parse(api.get("/api/v1/campaigns/" + id).get("scheduledAt").asString());
    }

    private String status(long id) throws Exception {
        return api.get("/api/v1/campaigns/" + id).get("status").asString();
    }
}
