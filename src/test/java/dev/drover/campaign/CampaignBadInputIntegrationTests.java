package dev.drover.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import dev.drover.kernel.Channel;
import dev.drover.testing.IntegrationTest;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** What can go wrong with a campaign, as somebody meets it: told clearly, and nothing half done. */
@IntegrationTest
class CampaignBadInputIntegrationTests extends CampaignWalk {

    @Autowired
    WebApplicationContext context;

    private final String own = UUID.randomUUID().toString();
    @Test
    void toOneRecipientWithoutAnyOpenItCompletesAndItsReportCanBeRead() throws Exception {
        long id = sendings.campaign(api, sendings.segment(api, sendings.people(api, 1)), sendings.template(Channel.EMAIL), "");
        sendings.to(api, id, "start");
        sendings.awaitStatus(api, id, "completed");
        var stats = api.get("/api/v1/campaigns/" + id + "/stats");
        assertThat(stats.get("sent").asInt()).isEqualTo(1);
        assertThat(stats.get("uniqueOpens").asInt()).isZero();
        var pages = MockMvcBuilders.webAppContextSetup(context).apply(springSecurity()).build();
        var report = pages.perform(get("/campaigns/" + id).with(user("m").roles("MARKETER"))).andReturn().getResponse();
        assertThat(report.getStatus()).isEqualTo(200);
        assertThat(report.getContentAsString()).contains("0.0 %").doesNotContain("NaN").doesNotContain("Infinity");
        for (String move : new String[] {"pause", "start", "cancel", "withdraw"}) {
            var answer = api.send("POST", "/api/v1/campaigns/" + id + "/" + move, "application/json", "{}");
            assertThat(answer.statusCode()).as(move).isEqualTo(409);
            assertThat(answer.body()).contains("is completed and can't be").contains("all of it has been sent");
        }
        assertThat(sendings.get(api, id).get("status").asString()).isEqualTo("completed");
    }

    @Test
    void aTestOfOneRecipientSaysWhatItTakes() throws Exception {
        String segment = sendings.segment(api, sendings.people(api, 1));
        String test = ", \"type\": \"ab_test\", \"experiment\": {\"metric\": \"open_rate\", \"variable\": \"subject_line\", \"variants\": [{\"id\": \"A\"}, {\"id\": \"B\", \"subject\": \"x\"}], \"testShare\": 1, \"minimumSample\": 1}";
        long id = sendings.campaign(api, segment, sendings.template(Channel.EMAIL), test);
        var answer = api.send("POST", "/api/v1/campaigns/" + id + "/start", "application/json", "{}");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("of 1 recipient a variant gets about 0").contains("which takes 2 recipients").contains("experiment.testShare");
        assertThat(sendings.get(api, id).get("status").asString()).isEqualTo("draft");
    }

    @Test
    void ofTwoWhoTakeANameAtOnceOneGetsIt() throws Exception {
        Callable<HttpResponse<String>> create = () -> api.send("POST", "/api/v1/campaigns", "application/json", "{\"name\": \"" + own + "\"}");
        try (var many = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = many.invokeAll(Collections.nCopies(8, create)).stream().map(answer -> answer.resultNow()).toList();
            assertThat(answers).filteredOn(answer -> answer.statusCode() == 201).hasSize(1);
            assertThat(answers).filteredOn(answer -> answer.statusCode() != 201).allSatisfy(answer -> {
                assertThat(answer.statusCode()).isEqualTo(422);
                assertThat(answer.body()).contains("\"field\":\"name\"").contains("There is a campaign of that name already");
            });
        }
    }

    @Test
    void aTimeThatNobodyCanMeanIsToldAtItsField() throws Exception {
        refused("\"scheduledAt\": \"+999999999-12-31T23:59:59Z\"", "scheduledAt", "can only be a slip");
        refused("\"scheduledAt\": \"2099-03-29T02:30\", \"timeZone\": \"Europe/Amsterdam\"", "scheduledAt", "There is no 02:30 in Europe/Amsterdam");
        refused("\"scheduledAt\": \"2099-03-29T09:30\", \"timeZone\": \"Mars\"", "timeZone", "no time zone");
        var twice = api.postJson("/api/v1/campaigns", "{\"name\": \"%s\", \"scheduledAt\": \"2099-10-25T02:30\", \"timeZone\": \"Europe/Amsterdam\"}".formatted(own));
        assertThat(twice.get("scheduledAt").asString()).as("the first of two").isEqualTo("2099-10-25T00:30:00Z");
    }

    private void refused(String time, String field, String words) throws Exception {
        var answer = api.send("POST", "/api/v1/campaigns", "application/json", "{\"name\": \"%s\", %s}".formatted(own, time));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"field\":\"" + field + "\"").contains(words);
    }
}
