package dev.drover.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.kernel.Channel;
import dev.drover.testing.IntegrationTest;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** A campaign's process through its states, on the real engine. */
@IntegrationTest
class CampaignIntegrationTests extends CampaignWalk {

    @Autowired
    CampaignRuns runs;
    @Autowired
    Campaigns campaigns;
    @Autowired
    CampaignSignals signals;
    @Autowired
    TransactionTemplate transaction;

    @Test
    void waitsForItsTimeSendsToWhoMayBeWrittenToAndCloses() throws Exception {
        var people = sendings.people(api, 3);
        var without = UUID.randomUUID().toString();
        api.postJson("/api/v1/customers", "{\"externalId\": \"%1$s\", \"email\": \"%1$s@example.org\", \"timeZone\": \"%2$s\"}".formatted(without, sendings.middayZone()));
        var nowhere = UUID.randomUUID().toString();
        api.postJson("/api/v1/customers", "{\"externalId\": \"%s\"}".formatted(nowhere));
        String segment = sendings.segment(api, people);
        sendings.change(api, segment, "add", List.of(without, nowhere));
        long id = sendings.campaign(api, segment, sendings.template(Channel.EMAIL), ", \"scheduledAt\": \"%s\"".formatted(clock.instant().plus(Duration.ofMinutes(30))));

        var estimate = sendings.to(api, id, "estimate");
        assertThat(estimate.get("audience").asInt()).isEqualTo(5);
        assertThat(estimate.get("recipients").asInt()).isEqualTo(3);
        assertThat(estimate.get("excluded").findValuesAsString("rule")).containsExactlyInAnyOrder("no-address", "consent");

        assertThat(sendings.to(api, id, "schedule").get("status").asString()).isEqualTo("scheduled");
        assertThat(sendings.statuses(id)).isEmpty();
        time.advance(Duration.ofMinutes(31));
        sendings.awaitStatus(api, id, "completed");
        assertThat(sendings.statuses(id)).isEqualTo(Map.of("sent", 3L, "skipped", 2L));
        assertThat(sendings.recipients(id, "sent")).containsExactlyInAnyOrderElementsOf(people);
        var stats = api.get("/api/v1/campaigns/" + id + "/stats");
        assertThat(stats.get("status").asString()).isEqualTo("completed");
        assertThat(stats.get("recipients").asInt()).isEqualTo(5);
        assertThat(stats.get("sent").asInt()).isEqualTo(3);
        assertThat(stats.get("uniqueOpens").asInt()).isZero();
        assertThat(jdbc.sql("SELECT count(*) FROM campaign_audience WHERE campaign_id = ?").param(id).query(Long.class).single()).as("the snapshot is gone").isZero();
    }

    @Test
    void pausedWhileItIsSentItStandsStillAndSendsTheRestOnce() throws Exception {
        var people = sendings.people(api, 3_000);
        long id = sendings.campaign(api, sendings.segment(api, people), sendings.template(Channel.EMAIL), "");
        assertThat(sendings.to(api, id, "start").get("status").asString()).isEqualTo("running");
        await().atMost(Sendings.PATIENCE).until(() -> sendings.count(id, "sent") > 20);
        sendings.to(api, id, "pause");
        await("all that was in hand is put back").until(() -> sendings.count(id, "sending") == 0);
        long sent = sendings.count(id, "sent");
        assertThat(sent).isLessThan(3_000);
        await("what is queued is put aside").atMost(Sendings.PATIENCE).until(() -> jdbc.sql("""
                SELECT count(*) FROM message WHERE origin_type = 'campaign' AND origin_id = ? AND status IN ('queued', 'deferred') AND not_before > now() + interval '1000 years'""")
                .param(Long.toString(id)).query(Long.class).single() == 3_000 - sent);
        assertThat(api.get("/api/v1/messages?campaign=" + id + "&status=queued&limit=1").at("/items/0/reason").asString()).isEqualTo("its campaign is paused");
        assertThat(sendings.count(id, "sent")).isEqualTo(sent);
        sendings.to(api, id, "resume");
        sendings.awaitStatus(api, id, "completed");
        assertThat(sendings.recipients(id, "sent")).hasSize(3_000).doesNotHaveDuplicates();
        assertThat(new HashSet<>(sendings.recipients(id, "sent"))).isEqualTo(new HashSet<>(people));
        assertThat(jdbc.sql("SELECT max(attempts) FROM message WHERE origin_type = 'campaign' AND origin_id = ?").param(Long.toString(id)).query(Long.class).single()).as("each was tried once").isEqualTo(1);
    }

    @Test
    void pausedBeforeItsTimeItWaitsForWhoeverPausedIt() throws Exception {
        long id = sendings.campaign(api, sendings.segment(api, sendings.people(api, 2)), sendings.template(Channel.EMAIL), ", \"scheduledAt\": \"%s\"".formatted(clock.instant().plus(Duration.ofMinutes(10))));
        sendings.to(api, id, "schedule");
        assertThat(sendings.to(api, id, "pause").get("status").asString()).isEqualTo("paused");
        time.advance(Duration.ofMinutes(11));
        assertThat(sendings.get(api, id).at("/run/phase").asString()).isEqualTo("waiting");
        assertThat(sendings.to(api, id, "resume").get("status").asString()).isEqualTo("scheduled");
        sendings.awaitStatus(api, id, "completed");
        assertThat(sendings.statuses(id)).isEqualTo(Map.of("sent", 2L));
    }

    @Test
    void cancelledWhileItIsSentItTakesTheRestBack() throws Exception {
        long id = sendings.campaign(api, sendings.segment(api, sendings.people(api, 1_500)), sendings.template(Channel.EMAIL), "");
        sendings.to(api, id, "start");
        await().atMost(Sendings.PATIENCE).until(() -> sendings.count(id, "sent") > 0);
        sendings.to(api, id, "pause");
        assertThat(sendings.to(api, id, "cancel").get("status").asString()).isEqualTo("cancelled");
        await().atMost(Sendings.PATIENCE).until(() -> sendings.get(api, id).at("/run/phase").asString().equals("cancelled"));
        await().atMost(Sendings.PATIENCE).until(() -> sendings.count(id, "queued") + sendings.count(id, "sending") + sendings.count(id, "deferred") == 0);
        assertThat(sendings.count(id, "skipped")).isPositive();
        assertThat(api.get("/api/v1/messages?campaign=" + id + "&status=skipped&limit=1").at("/items/0/reason").asString()).isEqualTo("the campaign was cancelled");
    }

    @Test
    void aScheduledOneIsPutOffAndTakenBack() throws Exception {
        long id = sendings.campaign(api, sendings.segment(api, sendings.people(api, 1)), sendings.template(Channel.EMAIL), "");
        schedule(id, Duration.ofMinutes(5));
        schedule(id, Duration.ofMinutes(20));
        time.advance(Duration.ofMinutes(10));
        assertThat(sendings.get(api, id).get("status").asString()).isEqualTo("scheduled");
        assertThat(sendings.to(api, id, "withdraw").get("status").asString()).isEqualTo("draft");
        time.advance(Duration.ofMinutes(11));
        assertThat(sendings.statuses(id)).isEmpty();
        schedule(id, Duration.ofMinutes(5));
        schedule(id, Duration.ofMinutes(2));
        time.advance(Duration.ofMinutes(3));
        sendings.awaitStatus(api, id, "completed");
        assertThat(sendings.statuses(id)).isEqualTo(Map.of("sent", 1L));
    }

    @Test
    void whatItsStepsDoTwiceTheyDoOnce() throws Exception {
        var people = sendings.people(api, 50);
        long id = sendings.campaign(api, sendings.segment(api, people), sendings.template(Channel.EMAIL), "");
        sendings.to(api, id, "start");
        for (int n = 0; n < 5; n++) {
            runs.begin(id, 1);
            runs.queue(id, 1);
        }
        sendings.awaitStatus(api, id, "completed");
        runs.close(id, 1);
        assertThat(runs.begin(id, 1).outcome()).isEqualTo("refused");
        assertThat(sendings.recipients(id, "sent")).containsExactlyInAnyOrderElementsOf(people);
    }

    @Test
    void oneThatWasMissedAsksSomebody() throws Exception {
        long id = sendings.campaign(api, sendings.segment(api, sendings.people(api, 1)), sendings.template(Channel.EMAIL), "");
        schedule(id, Duration.ofHours(5));
        jdbc.sql("UPDATE campaign_run SET due_at = ? WHERE campaign_id = ?").param(Timestamp.from(clock.instant().minus(Duration.ofHours(3)))).param(id).update();
        assertThat(runs.begin(id, 1).outcome()).isEqualTo("refused");
        var now = sendings.get(api, id);
        assertThat(now.get("status").asString()).isEqualTo("draft");
        assertThat(now.get("problem").asString()).contains("was missed").contains("3 h");
        sendings.to(api, id, "start");
        sendings.awaitStatus(api, id, "completed");
        assertThat(sendings.statuses(id)).isEqualTo(Map.of("sent", 1L));
    }

    @Test
    void aSegmentThatEmptiesAndATemplateThatGoesAreToldInsteadOfSent() throws Exception {
        var people = sendings.people(api, 1);
        String segment = sendings.segment(api, people);
        long emptied = sendings.campaign(api, segment, sendings.template(Channel.EMAIL), "");
        schedule(emptied, Duration.ofMinutes(5));
        sendings.change(api, segment, "remove", people);
        String template = sendings.template(Channel.EMAIL);
        long silenced = sendings.campaign(api, sendings.segment(api, sendings.people(api, 1)), template, "");
        schedule(silenced, Duration.ofMinutes(5));
        assertThat(api.send("DELETE", "/api/v1/templates/" + template, "application/json", "").body()).contains("is still used by the campaign");
        jdbc.sql("DELETE FROM message_template WHERE key = ?").param(template).update();
        time.advance(Duration.ofMinutes(6));
        sendings.awaitStatus(api, emptied, "draft");
        assertThat(sendings.get(api, emptied).get("problem").asString()).contains("Nobody is in its audience");
        sendings.awaitStatus(api, silenced, "draft");
        assertThat(sendings.get(api, silenced).get("problem").asString()).contains("There is no template '" + template + "'");
        assertThat(sendings.statuses(emptied)).isEmpty();
        assertThat(sendings.statuses(silenced)).isEmpty();
    }

    @Test
    void illegalMovesAreRefusedWithTheReason() throws Exception {
        long id = sendings.campaign(api, sendings.segment(api, sendings.people(api, 1)), sendings.template(Channel.EMAIL), "");
        refused(id, "pause", "is draft and can't be paused: start or schedule it first");
        refused(id, "resume", "is draft and can't be resumed");
        sendings.to(api, id, "start");
        sendings.awaitStatus(api, id, "completed");
        for (String move : List.of("start", "schedule", "pause", "resume", "cancel")) {
            refused(id, move, "is completed and can't be");
        }
        long ended = sendings.campaign(api, sendings.segment(api, sendings.people(api, 1)), sendings.template(Channel.EMAIL), "");
        sendings.to(api, ended, "cancel");
        refused(ended, "start", "is cancelled and can't be started: it has ended; make a copy to send it after all");
        assertThat(api.send("POST", "/api/v1/campaigns/999999999/start", "application/json", "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void senderSubjectAndTrackingAreTheCampaignsOwn() throws Exception {
        var people = sendings.people(api, 1);
        long id = sendings.campaign(api, sendings.segment(api, people), sendings.template(Channel.EMAIL), """
                , "subject": "For {{customer.firstName}} only", "fromName": "The cheese room", "replyTo": "cheese@example.org", "settings": {"trackOpens": false, "trackClicks": false}""");
        sendings.to(api, id, "start");
        sendings.awaitStatus(api, id, "completed");
        long message = api.get("/api/v1/messages?campaign=" + id).at("/items/0/id").asLong();
        assertThat(api.get("/api/v1/messages/" + message).at("/content/subject").asString()).isEqualTo("For Sam only");
        assertThat(jdbc.sql("SELECT from_name FROM mailing WHERE origin_type = 'campaign' AND origin_id = ?").param(Long.toString(id)).query(String.class).single()).isEqualTo("The cheese room");
    }

    /** The loop holds a run when it writes down that all of it left; somebody who decides holds the campaign when they come for the run. */
    @Test
    void whoHoldsACampaignKeepsNobodyFromWritingWhatItsProcessIsToBeTold() throws Exception {
        long id = sendings.campaign(api, sendings.segment(api, sendings.people(api, 1)), sendings.template(Channel.EMAIL), "");
        sendings.to(api, id, "start");
        sendings.awaitStatus(api, id, "completed");
        transaction.executeWithoutResult(status -> {
            campaigns.locked(id);
            assertThat(CompletableFuture.runAsync(() -> signals.write(id, 1, "campaign.sent", "held", Map.of()))).succeedsWithin(Duration.ofSeconds(30));
        });
    }

    @Test
    void badInputIsToldAtItsField() throws Exception {
        String name = UUID.randomUUID().toString();
        assertThat(create("{\"name\": \"%s\"}".formatted(name))).isEmpty();
        assertThat(create("{\"name\": \"%s\"}".formatted(name.toUpperCase(java.util.Locale.ROOT)))).containsExactly("name");
        assertThat(create("{}")).containsExactly("name");
        assertThat(create("{\"name\": \"x\", \"type\": \"drip\", \"trigger\": \"y\"}")).containsExactly("trigger");
        assertThat(create("{\"name\": \"x\", \"type\": \"nonsense\", \"fromEmail\": \"nobody\"}")).containsExactlyInAnyOrder("type", "fromEmail");
        assertThat(create("{\"name\": \"x\", \"scheduledAt\": \"2020-01-01T09:00:00Z\"}")).containsExactly("scheduledAt");
        assertThat(create("{\"name\": \"x\", \"scheduledAt\": \"tomorrow\"}")).containsExactly("scheduledAt");
        String segment = sendings.segment(api, List.of());
        assertThat(create("{\"name\": \"x\", \"segment\": \"%1$s\", \"exclude\": [\"%1$s\"]}".formatted(segment))).containsExactly("exclude");
        assertThat(create("{\"name\": \"x\", \"segment\": \"no-such\", \"exclude\": [\"nor-this\"]}")).containsExactly("segment", "exclude");
        assertThat(create("{\"name\": \"x\", \"customers\": [\"nobody-%s\"]}".formatted(name))).containsExactly("customers");
        assertThat(create("{\"name\": \"x\", \"type\": \"automated\"}")).containsExactly("settings.repeat");
        assertThat(create("{\"name\": \"x\", \"subject\": \"one\\r\\nBcc: two\"}")).containsExactly("subject");
        long nothing = api.postJson("/api/v1/campaigns", "{\"name\": \"%s\", \"segment\": \"%s\"}".formatted(UUID.randomUUID(), segment)).get("id").asLong();
        assertThat(api.send("DELETE", "/api/v1/segments/" + segment, "application/json", "").statusCode()).isEqualTo(204);
        var answer = api.send("POST", "/api/v1/campaigns/" + nothing + "/start", "application/json", "{}");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"template\"").contains("\"segments\"").contains("The segment '" + segment + "' is switched off");
        assertThat(create("{\"name\": \"x\", \"segment\": \"%s\"}".formatted(segment))).containsExactly("segment");
    }

    private List<String> create(String body) throws Exception {
        var answer = api.send("POST", "/api/v1/campaigns", "application/json", body);
        return answer.statusCode() == 201 ? List.of() : new tools.jackson.databind.json.JsonMapper().readTree(answer.body()).get("errors").findValuesAsString("field");
    }

    private void schedule(long id, Duration in) throws Exception {
        api.postJson("/api/v1/campaigns/" + id + "/schedule", "{\"scheduledAt\": \"%s\"}".formatted(clock.instant().plus(in)));
    }

    private void refused(long id, String move, String why) throws Exception {
        var answer = api.send("POST", "/api/v1/campaigns/" + id + "/" + move, "application/json", "{}");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains(why);
    }
}
