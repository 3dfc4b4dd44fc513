package dev.drover.mainjob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testing.Api;
import dev.drover.testing.DroverProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A campaign whose time comes while application and engine are killed: begun when they are back, or told as missed where that is later than the setting allows. */
class LateCampaignKillNineIntegrationTests {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String CAMPAIGN = "{\"name\": \"%s\", \"customers\": [\"late\"], \"template\": \"late\"}";

    @Test
    void whoseTimeCameWhileNobodyWasThereIsBegunOrToldAsMissed() throws Exception {
        var home = Files.createTempDirectory(Path.of("target"), "process-home");
        try (var drover = DroverProcess.startIn(home)) {
            fill(drover.api());
            long sent = scheduled(drover, "Sent late");
            drover.start();
            Api.await("it is sent when they are back", PATIENCE, () -> drover.api().get("/api/v1/campaigns/" + sent).get("status").asString().equals("completed"));
            assertThat(drover.api().get("/api/v1/campaigns/" + sent + "/stats").get("sent").asInt()).isEqualTo(1);

            long missed = scheduled(drover, "Missed");
            try (var strict = DroverProcess.startIn(home, "768m", Map.of("DROVER_CAMPAIGN_LATE_WITHIN", "PT1S"))) {
                Api.await("it is told as missed", PATIENCE, () -> strict.api().get("/api/v1/campaigns/" + missed).get("status").asString().equals("draft"));
                assertThat(strict.api().get("/api/v1/campaigns/" + missed).get("problem").asString()).startsWith("It was missed");
                assertThat(strict.api().get("/api/v1/messages?campaign=" + missed).get("items")).isEmpty();
            }
        }
    }

    /** Killed before its time, which is past when this returns. @return its id */
    private static long scheduled(DroverProcess drover, String name) throws Exception {
        var api = drover.api();
        long id = api.postJson("/api/v1/campaigns", CAMPAIGN.formatted(name)).get("id").asLong();
        var due = Instant.now().plusSeconds(10);
        api.postJson("/api/v1/campaigns/" + id + "/schedule", "{\"scheduledAt\": \"%s\"}".formatted(due));
        drover.killNine();
        assertThat(Instant.now()).as("killed in time").isBefore(due);
        Api.await("its time", PATIENCE, () -> Instant.now().isAfter(due.plusSeconds(2)));
        return id;
    }

    /** Where they live it is midday, so that no quiet hours hold anything back. */
    private static void fill(Api api) throws Exception {
        int ahead = 12 - Instant.now().atZone(ZoneOffset.UTC).getHour();
        String zone = "Etc/GMT" + (ahead == 0 ? "" : ahead > 0 ? "-" + ahead : "+" + -ahead);
        api.postJson("/api/v1/customers", "{\"externalId\": \"late\", \"email\": \"late@example.org\", \"timeZone\": \"%s\", \"consent\": {\"email\": true, \"source\": \"test\"}}".formatted(zone));
        api.postJson("/api/v1/templates", """
                {"key": "late", "name": "Late", "channel": "email", "type": "marketing", "category": "newsletter", "subject": "News",
                 "html": "<p>Hello</p><p>{{sender.address}} <a href='{{links.unsubscribe}}'>Unsubscribe</a></p>"}""");
    }
}
