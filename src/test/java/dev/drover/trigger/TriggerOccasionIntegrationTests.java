package dev.drover.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.drover.engine.EngineHistory;
import dev.drover.eventlog.Event;
import dev.drover.eventlog.EventLog;
import dev.drover.eventlog.NewEvent;
import dev.drover.journey.Journeys;
import dev.drover.kernel.Json;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.TimeMachine;
import dev.drover.outgoing.Signature;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Dates, silence and segments as occasions; journeys, segments and webhooks as what is done; and what a crash in the middle leaves. */
@IntegrationTest
class TriggerOccasionIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ZoneId AUCKLAND = ZoneId.of("Pacific/Auckland");

    @LocalServerPort
    int port;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    EventLog log;
    @Autowired
    TimeMachine time;
    @Autowired
    PlatformClock clock;
    @Autowired
    EngineHistory history;
    @Autowired
    Journeys journeys;

    private final String own = UUID.randomUUID().toString().substring(0, 8);
    private final String key = "try-" + own;
    private final String event = "tried." + own;
    private static final String MAIL = "{\"type\": \"send_email\", \"template\": \"order-thanks\"}";

    @AfterEach
    void tidyUp() throws Exception {
        api().send("DELETE", "/api/v1/triggers/" + key, "application/json", "");
    }

    @Test
    void aBirthdayIsGreetedOnceAtTheHourOfTheCustomersOwnClock() throws Exception {
        var today = LocalDate.ofInstant(clock.instant(), AUCKLAND);
        var birthday = today.plusDays(5).withYear(1980);
        customer("kiri", "\"timeZone\": \"Pacific/Auckland\", \"birthday\": \"%s\"".formatted(birthday));
        make("\"type\": \"date\", \"date\": {\"field\": \"birthday\", \"offsetDays\": -2, \"at\": \"09:30\"}", MAIL, "");
        Instant due = birthday.withYear(today.plusDays(5).getYear()).minusDays(2).atTime(9, 30).atZone(AUCKLAND).toInstant();
        time.advance(Duration.between(clock.instant(), due).minusMinutes(2));
        assertThat(executions("")).isEmpty();
        time.advance(Duration.ofMinutes(3));
        awaitExecutions("success", 1);
        assertThat(Instant.parse(executions("").getFirst().get("happenedAt").asString())).isEqualTo(due);
        time.advance(Duration.ofDays(2));
        assertThat(executions("")).as("once for each year").hasSize(1);
    }

    @Test
    void timeThatIsMovedFarStopsAtADateAndADowntimeOfMoreThanADayIsTold() throws Exception {
        var today = LocalDate.ofInstant(clock.instant(), ZoneId.of("UTC"));
        customer("ana", "\"timeZone\": \"UTC\", \"attributes\": {\"renewsOn%s\": \"%s\"}".formatted(own, today.plusDays(10)));
        customer("bob", "\"timeZone\": \"UTC\", \"attributes\": {\"renewsOn%s\": \"%sT10:00:00Z\"}".formatted(own, today.plusDays(2)));
        customer("cat", "\"timeZone\": \"UTC\", \"attributes\": {\"renewsOn%s\": \"soon\"}".formatted(own));
        make("\"type\": \"date\", \"date\": {\"field\": \"attributes.renewsOn%s\", \"at\": \"08:00\"}".formatted(own), MAIL, "");
        time.advance(Duration.ofDays(5));
        awaitExecutions("success", 1);
        customer("dan", "\"timeZone\": \"UTC\", \"attributes\": {\"renewsOn%s\": \"%s\"}".formatted(own, today.minusDays(3)));
        // As if nobody had been there from then on.
        jdbc.sql("UPDATE marketing_trigger SET active_since = active_since - interval '30 days', swept_until = swept_until - interval '20 days' WHERE key = ?").param(key).update();
        time.advance(Duration.ofMinutes(16));
        awaitExecutions("skipped", 1);
        assertThat(executions("?status=skipped").getFirst().get("reason").asString()).contains("too late");
    }

    @Test
    void whoFallsSilentIsWrittenToOnceAndWhoSpeaksUpDuringTheDelayIsNot() throws Exception {
        customer("ana", "\"timeZone\": \"UTC\", \"attributes\": {\"own\": \"%s\"}".formatted(own));
        customer("bob", "\"timeZone\": \"UTC\", \"attributes\": {\"own\": \"%s\"}".formatted(own));
        make("\"type\": \"inactivity\", \"inactivity\": {\"events\": [\"%s\"], \"days\": 3}".formatted(event), MAIL,
                "\"delay\": \"PT2H\", \"conditions\": {\"field\": \"attributes.own\", \"operator\": \"eq\", \"value\": \"%s\"}, ".formatted(own));
        log.append(NewEvent.live(own + "-a", event, id("ana"), clock.instant(), Map.of()));
        log.append(NewEvent.live(own + "-b", event, id("bob"), clock.instant(), Map.of()));
        time.advance(Duration.ofDays(3).minusMinutes(10));
        assertThat(ofOurs("")).isEmpty();
        time.advance(Duration.ofMinutes(20));
        Api.await("both wait", PATIENCE, () -> ofOurs("?status=waiting").size() == 2);
        log.append(NewEvent.live(own + "-c", event, id("bob"), clock.instant(), Map.of()));
        time.advance(Duration.ofHours(3));
        Api.await("one is written to, one isn't", PATIENCE, () -> ofOurs("?status=success").size() == 1 && ofOurs("?status=skipped").size() == 1);
        assertThat(ofOurs("?status=success").getFirst().get("customerId").asString()).isEqualTo(own + "-ana");
        time.advance(Duration.ofDays(1));
        assertThat(ofOurs("")).hasSize(2);
    }

    @Test
    void enteringASegmentStartsAJourneyThatIsNotEnteredTwiceAtOnce() throws Exception {
        customer("ana", "\"timeZone\": \"UTC\"");
        segment("club");
        String journey = deploy();
        make("\"type\": \"segment_entry\", \"segment\": \"club-%s\"".formatted(own), "{\"type\": \"start_journey\", \"journey\": \"%s\", \"variables\": {\"why\": \"vip\"}}".formatted(journey), "");
        members("club", "{\"add\": [\"%s-ana\"]}");
        awaitExecutions("success", 1);
        String instance = executions("").getFirst().at("/result/instanceKey").asString();
        Api.await("it is on its way", PATIENCE, () -> history.instancesOf(own + "-ana", 5).stream().anyMatch(one -> Long.toString(one.key()).equals(instance)));
        members("club", "{\"remove\": [\"%s-ana\"]}");
        members("club", "{\"add\": [\"%s-ana\"]}");
        awaitExecutions("skipped", 1);
        assertThat(executions("?status=skipped").getFirst().get("reason").asString()).isEqualTo("is on the journey");
        time.advance(Duration.ofDays(2));
        Api.await("it is over", PATIENCE, () -> history.instancesOf(own + "-ana", 5).stream().allMatch(one -> one.state() == EngineHistory.State.COMPLETED));
        members("club", "{\"remove\": [\"%s-ana\"]}");
        members("club", "{\"add\": [\"%s-ana\"]}");
        awaitExecutions("success", 2);
    }

    @Test
    void aJourneyForOnceIsForOnce() throws Exception {
        customer("ana", "\"timeZone\": \"UTC\"");
        make("\"type\": \"event\", \"event\": \"%s\"".formatted(event), "{\"type\": \"start_journey\", \"journey\": \"%s\"}".formatted(deploy()), "\"reentry\": {\"policy\": \"once\"}, ");
        happens("ana", "a");
        awaitExecutions("success", 1);
        time.advance(Duration.ofDays(2));
        happens("ana", "b");
        awaitExecutions("skipped", 1);
        assertThat(executions("?status=skipped").getFirst().get("reason").asString()).contains("for once");
    }

    @Test
    void whoDiedBetweenTheDeedAndTheLineInTheLogDoesNothingTwice() throws Exception {
        customer("ana", "\"timeZone\": \"UTC\"");
        make("\"type\": \"event\", \"event\": \"%s\"".formatted(event), "{\"type\": \"start_journey\", \"journey\": \"%s\"}".formatted(deploy()), "\"reentry\": {\"policy\": \"always\"}, ");
        happens("ana", "a");
        awaitExecutions("success", 1);
        String instance = executions("").getFirst().at("/result/instanceKey").asString();
        Api.await("it is in the history", PATIENCE, () -> history.instancesOf(own + "-ana", 5).size() == 1);
        forget();
        Api.await("it was taken over", PATIENCE, () -> executions("?status=success").size() == 1);
        assertThat(executions("").getFirst().at("/result/instanceKey").asString()).isEqualTo(instance);
        assertThat(history.instancesOf(own + "-ana", 5)).hasSize(1);

        api().send("PUT", "/api/v1/triggers/" + key, "application/json", body("\"type\": \"event\", \"event\": \"%s\"".formatted(event), MAIL, ""));
        happens("ana", "b");
        awaitExecutions("success", 2);
        String message = executions("").getFirst().at("/result/messageId").asString();
        forget();
        Api.await("both were taken over", PATIENCE, () -> executions("?status=success").size() == 2);
        assertThat(executions("").getFirst().at("/result/messageId").asString()).isEqualTo(message);
        assertThat(jdbc.sql("SELECT count(*) FROM message WHERE customer_id = ?").param(id("ana")).query(Long.class).single()).as("and one that became a mail instead")
                .isBetween(1L, 2L);
    }

    @Test
    void leavingASegmentAddsToAnother() throws Exception {
        customer("ana", "\"timeZone\": \"UTC\"");
        segment("club");
        segment("former");
        members("club", "{\"add\": [\"%s-ana\"]}");
        make("\"type\": \"segment_exit\", \"segment\": \"club-%s\"".formatted(own), "{\"type\": \"add_to_segment\", \"segment\": \"former-%s\"}".formatted(own), "");
        members("club", "{\"remove\": [\"%s-ana\"]}");
        awaitExecutions("success", 1);
        assertThat(api().all("/api/v1/segments/former-" + own + "/members")).extracting(one -> one.get("customerId").asString()).containsExactly(own + "-ana");
        var refused = api().send("DELETE", "/api/v1/segments/former-" + own, "application/json", "");
        assertThat(refused.statusCode()).as("a trigger asks for it").isEqualTo(409);
        assertThat(refused.body()).contains("the trigger " + key);
    }

    @Test
    void aWebhookIsSignedAndTriedAgainAndGoesNowhereItMayNot() throws Exception {
        record Call(Map<String, String> headers, String body) {}
        var calls = new CopyOnWriteArrayList<Call>();
        var server = HttpServer.create(new InetSocketAddress("127.0.0.2", 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            calls.add(new Call(Map.of("id", exchange.getRequestHeaders().getFirst("webhook-id"), "time", exchange.getRequestHeaders().getFirst("webhook-timestamp"), "signature",
                    exchange.getRequestHeaders().getFirst("webhook-signature")), body));
            exchange.sendResponseHeaders(calls.size() == 1 ? 503 : 204, -1);
            exchange.close();
        });
        server.start();
        try {
            customer("ana", "\"timeZone\": \"UTC\"");
            String url = "http://127.0.0.2:" + server.getAddress().getPort() + "/hook";
            String secret = make("\"type\": \"event\", \"event\": \"%s\"".formatted(event), "{\"type\": \"webhook\", \"url\": \"%s\", \"body\": {\"queue\": \"vip\"}}".formatted(url), "")
                    .get("webhookSecret").asString();
            assertThat(api().get("/api/v1/triggers/" + key).has("webhookSecret")).as("told once").isFalse();
            happens("ana", "a");
            Api.await("it is to be called again", PATIENCE, () -> executions("?status=waiting").stream().anyMatch(one -> one.path("reason").asString("").contains("503")));
            time.advance(Duration.ofSeconds(10));
            awaitExecutions("success", 1);
            assertThat(calls).hasSize(2);
            assertThat(calls.get(1).headers().get("id")).as("the other side knows a repeat").isEqualTo(calls.get(0).headers().get("id"));
            var call = calls.get(1);
            assertThat(call.headers().get("signature")).isEqualTo(Signature.headers(secret, call.headers().get("id"), Instant.ofEpochSecond(Long.parseLong(call.headers().get("time"))),
                    call.body().getBytes(StandardCharsets.UTF_8)).get("webhook-signature"));
            assertThat(Json.map(call.body())).containsEntry("customerId", own + "-ana").containsEntry("trigger", key).containsEntry("data", Map.of("queue", "vip"));

            for (String inside : List.of("http://169.254.169.254/latest/meta-data", "http://localhost:" + port + "/api/v1/customers", "http://127.0.0.1:" + port + "/")) {
                api().send("PUT", "/api/v1/triggers/" + key, "application/json", body("\"type\": \"event\", \"event\": \"%s\"".formatted(event), "{\"type\": \"webhook\", \"url\": \"%s\"}".formatted(inside), ""));
                int before = executions("?status=failed").size();
                happens("ana", "to-" + inside.hashCode());
                awaitExecutions("failed", before + 1);
                assertThat(executions("?status=failed").getFirst().get("reason").asString()).contains("public");
            }
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whoIsErasedLeavesNothingButANumber() throws Exception {
        customer("ana", "\"timeZone\": \"UTC\"");
        make("\"type\": \"event\", \"event\": \"%s\"".formatted(event), MAIL, "\"delay\": \"P1D\", ");
        log.append(NewEvent.live(own + "-ana@customer.example", event, id("ana"), clock.instant(), Map.of("note", own + "-ana@customer.example")));
        awaitExecutions("waiting", 1);
        assertThat(api().get("/api/v1/customers/" + own + "-ana/export").at("/triggers/0/trigger").asString()).isEqualTo(key);
        assertThat(api().send("DELETE", "/api/v1/customers/" + own + "-ana", "application/json", "").statusCode()).isEqualTo(204);
        assertThat(executions("").getFirst().toString()).contains("skipped", "the customer is gone").doesNotContain(own + "-ana");
        assertThat(jdbc.sql("SELECT count(*) FROM trigger_execution_log l WHERE l::text LIKE ?").param("%" + own + "-ana%").query(Long.class).single()).isZero();
    }

    /** As a process leaves it that died before it wrote down what came of it. */
    private void forget() {
        jdbc.sql("""
                UPDATE trigger_execution_log SET execution_status = 'running', action_result = NULL, executed_at = NULL, lease_until = clock_timestamp() - interval '1 second'
                 WHERE trigger_id = (SELECT id FROM marketing_trigger WHERE key = ?)""").param(key).update();
    }

    private Api api() {
        return new Api("http://localhost:" + port, "test-token");
    }

    private JsonNode make(String occasion, String action, String more) throws Exception {
        return api().postJson("/api/v1/triggers", body(occasion, action, more));
    }

    private String body(String occasion, String action, String more) {
        return "{\"key\": \"%s\", %s, %s\"action\": %s, \"active\": true}".formatted(key, occasion, more, action);
    }

    private void customer(String name, String more) throws Exception {
        api().postJson("/api/v1/customers", """
                {"externalId": "%1$s-%2$s", "email": "%2$s-%1$s@customer.example", "firstName": "%2$s", %3$s}""".formatted(own, name, more));
    }

    private void segment(String name) throws Exception {
        api().postJson("/api/v1/segments", "{\"key\": \"%1$s-%2$s\", \"name\": \"%1$s %2$s\", \"type\": \"static\"}".formatted(name, own));
    }

    private void members(String segment, String changes) throws Exception {
        api().postJson("/api/v1/segments/" + segment + "-" + own + "/members", changes.formatted(own));
    }

    private long id(String name) {
        return jdbc.sql("SELECT id FROM customer WHERE external_id = ?").param(own + "-" + name).query(Long.class).single();
    }

    private void happens(String name, String id) {
        log.append(new NewEvent(own + "-" + id, event, id(name), null, clock.instant(), Event.Origin.LIVE, Map.of("orderId", "o-1")));
    }

    private String deploy() {
        String id = "tried-" + own;
        var deployed = journeys.deploy("""
                <?xml version="1.0" encoding="UTF-8"?>
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="all" targetNamespace="test">
                  <process id="%s" name="Tried" isExecutable="true">
                    <startEvent id="begun"><outgoing>f1</outgoing></startEvent>
                    <sequenceFlow id="f1" sourceRef="begun" targetRef="waits"/>
                    <intermediateCatchEvent id="waits"><incoming>f1</incoming><outgoing>f2</outgoing>
                      <timerEventDefinition id="t"><timeDuration>P1D</timeDuration></timerEventDefinition></intermediateCatchEvent>
                    <sequenceFlow id="f2" sourceRef="waits" targetRef="ended"/>
                    <endEvent id="ended"><incoming>f2</incoming></endEvent>
                  </process>
                </definitions>
                """.formatted(id));
        assertThat(deployed.problems()).isEmpty();
        return id;
    }

    private List<JsonNode> executions(String query) throws Exception {
        return api().all("/api/v1/triggers/" + key + "/executions" + query);
    }

    /** Silence finds everybody whom other tests left. */
    private List<JsonNode> ofOurs(String query) throws Exception {
        return executions(query).stream().filter(one -> one.path("customerId").asString("").startsWith(own)).toList();
    }

    private void awaitExecutions(String status, int count) {
        Api.await(count + " times " + status, PATIENCE, () -> executions("?status=" + status).size() == count);
    }
}
