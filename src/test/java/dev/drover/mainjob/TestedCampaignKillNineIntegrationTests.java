package dev.drover.mainjob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testing.Api;
import dev.drover.testing.DroverProcess;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A campaign that tries out variants, with kill -9 of application and engine as its groups are drawn, while it waits, and as the rest is sent. */
class TestedCampaignKillNineIntegrationTests {

    private static final int PEOPLE = 2_000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String CAMPAIGN = """
            {"name": "Killed", "type": "ab_test", "segment": "killed", "template": "killed", "experiment": {"metric": "click_rate", "testShare": 0.5, "waitHours": 0.0167, "minimumSample": 100,
             "variants": [{"id": "A"}, {"id": "B", "subject": "Fresh cheese"}]}}""";
    private static final String TEMPLATE = """
            {"key": "killed", "name": "Killed", "channel": "email", "type": "marketing", "category": "newsletter", "subject": "News",
             "html": "<p>Hello</p><p>{{sender.address}} <a href='{{links.unsubscribe}}'>Unsubscribe</a></p>"}""";

    @Test
    void everybodyGetsOneMessageWhereverItIsBrokenOff() throws Exception {
        try (var drover = DroverProcess.fresh()) {
            var api = drover.api();
            fill(api);
            long id = api.postJson("/api/v1/campaigns", CAMPAIGN).get("id").asLong();
            api.postJson("/api/v1/campaigns/" + id + "/start", "{}");
            again(drover);
            Api.await("the groups have theirs", PATIENCE, () -> phase(api, id).equals("testing"));
            again(drover);
            Api.await("it is decided", PATIENCE, () -> !phase(api, id).equals("testing"));
            again(drover);
            Api.await("it is completed", PATIENCE, () -> api.get("/api/v1/campaigns/" + id).get("status").asString().equals("completed"));
            assertThat(api.get("/api/v1/campaigns/" + id + "/test").get("verdict").asString()).startsWith("No winner: keep A");
            try (var database = drover.database(); var statement = database.createStatement(); var rows = statement.executeQuery("""
                    SELECT count(*), count(DISTINCT m.customer_id), count(c.message_id), count(DISTINCT c.message_id), count(DISTINCT m.mailing_id) FROM message m LEFT JOIN captured_message c ON c.message_id = m.id
                     WHERE m.origin_type = 'campaign' AND m.origin_id = '%d' AND m.status = 'sent'""".formatted(id))) {
                rows.next();
                assertThat(List.of(rows.getInt(1), rows.getInt(2), rows.getInt(3), rows.getInt(4), rows.getInt(5))).as("messages, customers, taken by the provider, of those different, mailings")
                        .isEqualTo(List.of(PEOPLE, PEOPLE, PEOPLE, PEOPLE, 3));
            }
        }
    }

    private static void again(DroverProcess drover) throws Exception {
        drover.killNine();
        drover.start();
    }

    private static String phase(Api api, long id) throws Exception {
        return api.get("/api/v1/campaigns/" + id).at("/run/phase").asString();
    }

    /** Where they live it is midday, so that no quiet hours hold anything back. */
    private static void fill(Api api) throws Exception {
        int ahead = 12 - Instant.now().atZone(ZoneOffset.UTC).getHour();
        String zone = "Etc/GMT" + (ahead == 0 ? "" : ahead > 0 ? "-" + ahead : "+" + -ahead);
        var ids = IntStream.range(0, PEOPLE).mapToObj(n -> "killed-" + n).toList();
        api.post("/api/v1/customers/batch", "application/x-ndjson", ids.stream().map(id -> """
                {"externalId": "%1$s", "email": "%1$s@example.org", "timeZone": "%2$s", "consent": {"email": true, "source": "test"}}""".formatted(id, zone)).collect(Collectors.joining("\n", "", "\n")));
        api.postJson("/api/v1/segments", "{\"key\": \"killed\", \"name\": \"Killed\", \"type\": \"static\"}");
        api.postJson("/api/v1/segments/killed/members", "{\"add\": [%s]}".formatted(ids.stream().map(id -> '"' + id + '"').collect(Collectors.joining(","))));
        api.postJson("/api/v1/templates", TEMPLATE);
    }
}
