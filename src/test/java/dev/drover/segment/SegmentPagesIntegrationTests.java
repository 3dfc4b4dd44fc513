package dev.drover.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrlPattern;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.drover.audience.CustomerInput;
import dev.drover.audience.CustomerIntake;
import dev.drover.eventlog.Event;
import dev.drover.testing.IntegrationTest;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.WebApplicationContext;

@IntegrationTest
class SegmentPagesIntegrationTests {

    private static final Duration SECONDS = Duration.ofSeconds(15);

    @Autowired
    WebApplicationContext application;

    @Autowired
    CustomerIntake customers;

    @Autowired
    SegmentSchedule schedule;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    MockMvc browser;

    @BeforeEach
    void open() {
        browser = MockMvcBuilders.webAppContextSetup(application).apply(springSecurity()).build();
    }

    @Test
    void listsSegmentsWithWhoDecides() throws Exception {
        browser.perform(as(get("/segments"))).andExpect(status().isOk())
                .andExpect(content().string(containsString("Lapsed customers")))
                .andExpect(content().string(containsString("/rules/segments/lapsed.drl")))
                .andExpect(content().string(not(containsString("th:"))))
                .andExpect(content().string(not(containsString("hx-get=\"\""))));
        browser.perform(as(get("/segments/tile"))).andExpect(status().isOk()).andExpect(content().string(containsString("class=\"tile\"")));
    }

    @Test
    void showsTheRuleThatDecides() throws Exception {
        browser.perform(as(get("/segments/lapsed"))).andExpect(status().isOk())
                .andExpect(content().string(containsString("orders.daysSinceLast &gt; 90")));
        browser.perform(as(get("/segments/no-such-segment"))).andExpect(status().isNotFound());
    }

    @Test
    void keepsAHandMadeSegmentFromItsPage() throws Exception {
        String name = "Fair " + UUID.randomUUID();
        String customer = customers.take(new CustomerInput("page-" + UUID.randomUUID(), null, null, null, "Zoë <b>", null, null, null, null, null, null),
                Event.Origin.LIVE).externalId();
        String page = browser.perform(as(post("/segments").param("name", name))).andExpect(redirectedUrlPattern("/segments/fair-*"))
                .andReturn().getResponse().getRedirectedUrl();
        assertThat(page).isNotNull();
        browser.perform(as(get(page))).andExpect(content().string(containsString("Nobody is in this segment now.")));
        browser.perform(as(post(page + "/members").param("customer", customer))).andExpect(status().is3xxRedirection());
        browser.perform(as(get(page))).andExpect(content().string(containsString("Zoë &lt;b&gt;"))).andExpect(content().string(containsString("Added by hand")));
        browser.perform(as(post(page + "/members/remove").param("customer", customer))).andExpect(status().is3xxRedirection());
        browser.perform(as(get(page))).andExpect(content().string(containsString("Nobody is in this segment now.")));
        browser.perform(as(post("/segments").param("name", "?!"))).andExpect(status().is4xxClientError());
    }

    @Test
    void calculatesOnRequest() throws Exception {
        browser.perform(as(post("/segments/rebuild"))).andExpect(status().isOk()).andExpect(content().string(containsString("segment-status")));
    }

    @Test
    void showsHowFarACalculationIs() throws Exception {
        transaction.executeWithoutResult(held -> {
            // Whoever is to be decided upon is locked first, so the calculation waits in its first block.
            jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('facts'), n) FROM generate_series(0, 255) AS n").query(row -> { });
            schedule.request("test");
            Awaitility.await().atMost(SECONDS).untilAsserted(() -> browser.perform(as(get("/segments/status")))
                    .andExpect(status().isOk()).andExpect(content().string(matchesPattern("(?s).*Calculating every customer: .*%.*"))));
        });
        Awaitility.await().atMost(SECONDS).until(() -> !schedule.busy());
    }

    @Test
    void showsRuleFiles() throws Exception {
        browser.perform(as(get("/rules"))).andExpect(status().isOk()).andExpect(content().string(containsString("eligibility/quiet-hours.drl")));
        browser.perform(as(get("/rules/eligibility/quiet-hours.drl"))).andExpect(status().isOk())
                .andExpect(content().string(containsString("localHour &gt;= 21"))).andExpect(content().string(containsString("in force")));
        browser.perform(as(get("/rules/eligibility/no-such.drl"))).andExpect(status().isNotFound());
    }

    private static MockHttpServletRequestBuilder as(MockHttpServletRequestBuilder request) {
        return request.with(user("marta").roles("MARKETER")).with(csrf());
    }
}
