package dev.drover.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.kernel.Channel;
import dev.drover.testing.IntegrationTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Timestamp;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a campaign's report tells: whom it kept without and what it brought, what people read with, who got nothing and why. */
@IntegrationTest
class CampaignReportIntegrationTests extends CampaignWalk {

    @Autowired
    CampaignReport report;
    @Test
    void someAreKeptWithoutByChanceAndTheReportSaysWhatItBrought() throws Exception {
        var people = sendings.people(api, 60);
        long id = sendings.campaign(api, sendings.segment(api, people), sendings.template(Channel.EMAIL), ", \"settings\": {\"holdout\": 50}");
        assertThat(sendings.get(api, id).at("/settings/holdout").asDouble()).isEqualTo(50);
        sendings.to(api, id, "start");
        sendings.awaitStatus(api, id, "completed");
        String drawn = "SELECT external_id FROM customer WHERE external_id = ANY(?) AND experiment_point('holdout:campaign:' || ?, external_id) < 0.5";
        var kept = jdbc.sql(drawn).param(people.toArray(String[]::new)).param(id).query(String.class).list();
        assertThat(kept).hasSizeBetween(12, 48);
        assertThat(sendings.recipients(id, "skipped")).containsExactlyInAnyOrderElementsOf(kept);
        assertThat(sendings.count(id, "sent")).isEqualTo(60 - kept.size());
        var unsent = api.get("/api/v1/campaigns/" + id + "/report").get("unsent");
        assertThat(unsent).hasSize(1);
        assertThat(unsent.get(0).get("rule").asString()).isEqualTo("holdout");
        assertThat(unsent.get(0).get("reason").asString()).isEqualTo("kept out of this campaign to measure what it brings (holdout)");
        var lift = api.get("/api/v1/experiments/holdout?scope=campaign:" + id);
        assertThat(lift.at("/kept/people").asInt()).isEqualTo(kept.size());
        assertThat(lift.at("/mailed/people").asInt()).isEqualTo(60 - kept.size());
        assertThat(lift.get("verdict").asString()).startsWith("Too few have ordered");
    }

    @Test
    void devicesAreCountedByPeopleAndMachinesLeftOut() throws Exception {
        long id = sendings.campaign(api, sendings.segment(api, sendings.people(api, 3)), sendings.template(Channel.EMAIL), "");
        sendings.to(api, id, "start");
        sendings.awaitStatus(api, id, "completed");
        var messages = jdbc.sql("SELECT id FROM message WHERE origin_type = 'campaign' AND origin_id = ? ORDER BY id").param(Long.toString(id)).query(Long.class).list();
        reacts(messages.getFirst(), "open", "mobile", "Apple Mail", null);
        reacts(messages.getFirst(), "click", "mobile", "Apple Mail", null);
        reacts(messages.get(1), "open", "mobile", "Apple Mail", null);
        reacts(messages.get(1), "open", "desktop", "Outlook", null);
        reacts(messages.getLast(), "open", "desktop", "Gmail", "proxy");
        assertThat(report.devices(id)).containsExactly(new CampaignReport.DeviceRow("mobile", "Apple Mail", 2, 1), new CampaignReport.DeviceRow("desktop", "Outlook", 1, 0));
        assertThat(api.get("/api/v1/campaigns/" + id + "/report").at("/devices/0/client").asString()).isEqualTo("Apple Mail");
    }

    private void reacts(long message, String kind, String device, String client, String machine) {
        jdbc.sql("INSERT INTO engagement (message_id, kind, at, device, client, machine, decided) VALUES (?, ?, ?, ?, ?, ?, true)")
                .param(message).param(kind).param(Timestamp.from(clock.instant().plusMillis(message % 1_000 + client.length()))).param(device).param(client).param(machine).update();
    }

    @Test
    void recipientsAreAFileWithTheReasonOfEachWhoGotNothing() throws Exception {
        var people = sendings.people(api, 2);
        String formula = "=cmd-" + UUID.randomUUID();
        api.postJson("/api/v1/customers", "{\"externalId\": \"%s\"}".formatted(formula));
        long id = sendings.campaign(api, sendings.segment(api, List.of(people.getFirst(), people.getLast(), formula)), sendings.template(Channel.EMAIL), "");
        sendings.to(api, id, "start");
        sendings.awaitStatus(api, id, "completed");
        var all = lines("/api/v1/campaigns/" + id + "/recipients.csv");
        assertThat(all).hasSize(4);
        assertThat(all.getFirst()).isEqualTo("message,customer,channel,address,template,status,rule,reason,queuedAt,sentAt,deliveredAt,opened,clicked");
        assertThat(all.stream().filter(line -> line.contains(",sent,"))).hasSize(2).allMatch(line -> line.endsWith(",false,false"));
        assertThat(all.stream().filter(line -> line.contains("'" + formula))).hasSize(1).allMatch(line -> line.contains(",skipped,no-address,the customer has no address for email,"));
        assertThat(lines("/api/v1/campaigns/" + id + "/recipients.csv?status=skipped")).hasSize(2);
        assertThat(api.send("GET", "/api/v1/campaigns/999999999/recipients.csv", "application/json", "").statusCode()).isEqualTo(404);
    }

    private List<String> lines(String path) throws Exception {
        var answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).header("Authorization", "Bearer test-token").build(), BodyHandlers.ofString());
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
        assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow()).startsWith("attachment");
        return answer.body().lines().toList();
    }
}
