package dev.drover.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.eventlog.Event;
import dev.drover.eventlog.EventLog;
import dev.drover.eventlog.NewEvent;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.TimeMachine;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Triggers upon events, by the API: made, acting once, held back for a reason, tried without doing anything. */
@IntegrationTest
class TriggerIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

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
    Triggers triggers;
    @Autowired
    EventTriggers consumer;
    @Autowired
    Executions executions;
    @Autowired
    org.springframework.transaction.support.TransactionTemplate transaction;

    private final String own = UUID.randomUUID().toString().substring(0, 8);
    private final String key = "try-" + own;
    private final String event = "tried." + own;

    @AfterEach
    void tidyUp() throws Exception {
        api().send("DELETE", "/api/v1/triggers/" + key, "application/json", "");
    }

    @Test
    void anEventSendsOneMailHoweverOftenItIsTold() throws Exception {
        customer("marie");
        make("\"conditions\": [{\"field\": \"event.total\", \"operator\": \"gte\", \"value\": 50}, {\"field\": \"attributes.tier\", \"operator\": \"eq\", \"value\": \"gold\"}]");
        happens("marie", "a", "{\"total\": \"49.99\"}");
        happens("marie", "b", "{\"total\": \"50.00\", \"orderId\": \"o-1\"}");
        happens("marie", "b", "{\"total\": \"50.00\", \"orderId\": \"o-1\"}");
        awaitExecutions("success", 1);
        var execution = executions("").getFirst();
        assertThat(execution.at("/customerId").asString()).isEqualTo(own + "-marie");
        assertThat(execution.at("/result/outcome").asString()).isEqualTo("queued");
        assertThat(executions("")).as("what the event tells against it is none of its occasions").hasSize(1);
        var message = api().get("/api/v1/messages/" + execution.at("/result/messageId").asString());
        assertThat(message.at("/origin/type").asString()).isEqualTo("trigger");
        assertThat(message.toString()).contains("o-1");
        var seen = api().get("/api/v1/triggers/" + key);
        assertThat(seen.get("total").asInt()).isOne();
        assertThat(seen.get("lastTriggeredAt").asString()).isNotEmpty();
        consumer.consume(List.of(log.byId(own + "-b").orElseThrow()));
        settle();
        assertThat(executions("")).as("read twice").hasSize(1);
    }

    @Test
    void aCustomerOfWhomTheConditionsDoNotHoldIsSkippedWithTheReason() throws Exception {
        customer("piet", "silver");
        make("\"conditions\": {\"field\": \"attributes.tier\", \"operator\": \"eq\", \"value\": \"gold\"}");
        happens("piet", "a", "{}");
        awaitExecutions("skipped", 1);
        assertThat(executions("").getFirst().get("reason").asString()).contains("tier", "gold", "silver");
    }

    @Test
    void theCapAndTheHourHoldBackOneCustomersFlood() throws Exception {
        customer("marie");
        make("\"cap\": {\"count\": 2, \"days\": 7}");
        for (int n = 0; n < 30; n++) {
            happens("marie", "flood" + n, "{}");
        }
        settle();
        assertThat(executions("?status=success")).hasSize(2);
        var limited = executions("?status=rate_limited");
        assertThat(limited).extracting(one -> one.get("reason").asString()).anyMatch(reason -> reason.contains("at most 2 times in 7 days")).anyMatch(reason -> reason.contains("within an hour"));
        assertThat(limited.stream().mapToInt(one -> one.get("times").asInt()).sum()).isEqualTo(28);
        assertThat(limited.size()).as("the flood shares a line").isLessThan(15);
    }

    @Test
    void aStormIsHeldUntilAPersonDecides() throws Exception {
        make("\"hourlyLimit\": 3");
        for (int n = 0; n < 8; n++) {
            customer("c" + n);
            happens("c" + n, "e" + n, "{}");
        }
        settle();
        var seen = api().get("/api/v1/triggers/" + key);
        assertThat(seen.get("state").asString()).isEqualTo("storm");
        assertThat(seen.get("held").asInt()).isEqualTo(5);
        assertThat(seen.get("total").asInt()).isEqualTo(3);
        assertThat(api().postJson("/api/v1/triggers/" + key + "/storm", "{\"held\": \"fire\"}").get("held").asInt()).isEqualTo(5);
        awaitExecutions("success", 8);
        assertThat(api().get("/api/v1/triggers/" + key).get("state").asString()).isEqualTo("active");
    }

    /** In one transaction that is rolled back: nothing of it is acted upon. */
    @Test
    void whatIsDueIsTakenFromEachTriggerInTurn() throws Exception {
        customer("marie");
        make("\"name\": \"Wild\"");
        String calm = "calm-" + own;
        trigger(body("\"name\": \"Calm\"").replace(key, calm).replace(event, "other." + event));
        transaction.executeWithoutResult(status -> {
            status.setRollbackOnly();
            jdbc.sql("""
                    INSERT INTO trigger_execution_log (trigger_id, customer_id, occasion, execution_status, happened_at, due_at, created_at)
                    SELECT t.id, :marie, t.key || n, 'waiting', :now, :now::timestamptz - interval '1 hour' * (CASE t.key WHEN :key THEN 2 ELSE 1 END) + interval '1 ms' * n, :now
                      FROM marketing_trigger t, generate_series(1, CASE t.key WHEN :key THEN 500 ELSE 2 END) AS n WHERE t.key IN (:key, :calm)""")
                    .param("marie", id("marie")).param("now", java.sql.Timestamp.from(clock.instant())).param("key", key).param("calm", calm).update();
            var due = executions.due(Deciding.BATCH).stream().filter(one -> one.occasion().startsWith(key) || one.occasion().startsWith(calm)).map(Execution::occasion).toList();
            assertThat(due).as("those of the wild one, and both of the calm one, though they came last").contains(calm + "1", calm + "2").hasSizeGreaterThan(100);
            assertThat(due.stream().filter(one -> one.startsWith(key)).toList()).as("the oldest first").startsWith(key + "1", key + "2", key + "3");
        });
        api().send("DELETE", "/api/v1/triggers/" + calm, "application/json", "");
    }

    @Test
    void historyWhatIsToldTooLateAndNobodyTriggerNothingAndSaySo() throws Exception {
        customer("marie");
        make("\"lateAfter\": \"PT2H\"");
        long marie = id("marie");
        log.append(new NewEvent(own + "-import", event, marie, null, clock.instant(), Event.Origin.IMPORT, Map.of()));
        log.append(NewEvent.live(own + "-late", event, marie, clock.instant().minus(Duration.ofHours(3)), Map.of()));
        log.append(new NewEvent(own + "-nobody", event, null, "session-" + own, clock.instant(), Event.Origin.LIVE, Map.of()));
        awaitExecutions("skipped", 3);
        assertThat(executions("")).extracting(one -> one.get("reason").asString()).anyMatch(reason -> reason.contains("imported")).anyMatch(reason -> reason.contains("2 h"))
                .anyMatch(reason -> reason.contains("nobody known"));
    }

    @Test
    void whatIsSaidToHappenLaterIsActedUponThenAndADelayRunsFromThere() throws Exception {
        customer("marie");
        make("\"delay\": \"PT1H\"");
        log.append(NewEvent.live(own + "-ahead", event, id("marie"), clock.instant().plus(Duration.ofHours(2)), Map.of()));
        awaitExecutions("waiting", 1);
        time.advance(Duration.ofMinutes(150));
        settle();
        assertThat(executions("?status=waiting")).hasSize(1);
        time.advance(Duration.ofMinutes(31));
        awaitExecutions("success", 1);
    }

    @Test
    void whoNoLongerFulfilsTheConditionsAfterTheDelayIsLeftAlone() throws Exception {
        customer("marie");
        make("\"delay\": \"PT1H\", \"conditions\": {\"field\": \"attributes.tier\", \"operator\": \"eq\", \"value\": \"gold\"}");
        happens("marie", "a", "{}");
        awaitExecutions("waiting", 1);
        settle();
        customer("marie", "silver");
        time.advance(Duration.ofMinutes(61));
        awaitExecutions("skipped", 1);
        assertThat(executions("").getFirst().get("reason").asString()).startsWith("no longer so after the delay");
    }

    @Test
    void aConditionOnOrdersCountsTheOrderThatTriggersIt() throws Exception {
        customer("marie");
        trigger("{\"key\": \"%s\", \"type\": \"event\", \"event\": \"order.placed\", \"conditions\": [{\"field\": \"totalOrders\", \"operator\": \"eq\", \"value\": 1}, {\"field\": \"event.orderId\", \"operator\": \"contains\", \"value\": \"%s\"}], \"action\": {\"type\": \"send_email\", \"template\": \"order-thanks\"}, \"active\": true}"
                .formatted(key, own));
        api().postJson("/api/v1/products", "{\"externalId\": \"milk-%1$s\", \"name\": \"Milk\", \"category\": \"Milk\", \"price\": 2}".formatted(own));
        for (int n = 1; n <= 2; n++) {
            api().postJson("/api/v1/orders", "{\"externalId\": \"%1$s-o%2$d\", \"customerId\": \"%1$s-marie\", \"lines\": [{\"productId\": \"milk-%1$s\", \"quantity\": 1, \"unitPrice\": 2}]}".formatted(own, n));
            awaitExecutions(n == 1 ? "success" : "skipped", 1);
        }
    }

    @Test
    void aTrialSaysWhatWouldHappenAndDoesNothing() throws Exception {
        customer("marie");
        customer("piet", "silver");
        make("\"delay\": \"PT1H\", \"conditions\": {\"logic\": \"OR\", \"conditions\": [{\"field\": \"attributes.tier\", \"operator\": \"eq\", \"value\": \"gold\"}, {\"field\": \"event.total\", \"operator\": \">\", \"value\": 100}]}");
        happens("piet", "past", "{\"total\": 120, \"orderId\": \"o-77\"}");
        awaitExecutions("waiting", 1);
        var tried = api().postJson("/api/v1/triggers/" + key + "/test", "{}");
        assertThat(tried.get("acts").asBoolean()).as(tried.toString()).isTrue();
        assertThat(tried.get("customerId").asString()).as("the newest event is taken").isEqualTo(own + "-piet");
        assertThat(tried.at("/conditions").size()).isEqualTo(3);
        assertThat(tried.at("/conditions/1/holds").asBoolean()).isFalse();
        assertThat(tried.at("/conditions/2/actual").asString()).isEqualTo("120");
        assertThat(tried.at("/message/html").asString()).contains("o-77");
        assertThat(tried.at("/message/outcome").asString()).isEqualTo("queued");
        var other = api().postJson("/api/v1/triggers/" + key + "/test", "{\"customerId\": \"%s-piet\", \"event\": {\"properties\": {\"total\": 3}}}".formatted(own));
        assertThat(other.get("acts").asBoolean()).isFalse();
        assertThat(other.get("says").asString()).contains("not what is asked");
        assertThat(api().send("POST", "/api/v1/triggers/" + key + "/test", "application/json", "{\"customerId\": \"nobody-" + own + "\"}").statusCode()).isEqualTo(404);
        assertThat(executions("")).hasSize(1);
    }

    @Test
    void whatIsWrongIsToldWithItsPlace() throws Exception {
        var refused = api().send("POST", "/api/v1/triggers", "application/json", """
                {"key": "Not a key", "type": "event", "event": "", "conditions": [{"field": "totalOrders", "operator": "eq", "value": "x"}, {"field": "event.a b", "operator": "eq", "value": 1}],
                 "delay": "soon", "action": {"type": "send_email"}, "cap": {"count": 0}, "active": true}""");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("\"key\"", "\"event\"", "conditions.conditions[0].value", "conditions.conditions[1].field", "\"delay\"", "action.template", "cap.count", "cap.days");
        for (String action : List.of("{\"type\": \"send_email\", \"template\": \"none-such\"}", "{\"type\": \"start_journey\", \"journey\": \"none-such\"}",
                "{\"type\": \"add_to_segment\", \"segment\": \"vip\"}", "{\"type\": \"webhook\", \"url\": \"http://2130706433/\"}", "{\"type\": \"webhook\", \"url\": \"file:///etc/passwd\"}")) {
            assertThat(api().send("POST", "/api/v1/triggers", "application/json", "{\"key\": \"%s\", \"type\": \"event\", \"event\": \"a.b\", \"action\": %s, \"active\": true}".formatted(key, action)).statusCode())
                    .as(action).isEqualTo(422);
        }
        make("\"name\": \"One\"");
        assertThat(api().send("POST", "/api/v1/triggers", "application/json", body("\"name\": \"Two\"")).statusCode()).isEqualTo(409);
        assertThat(api().send("PUT", "/api/v1/triggers/none-" + own, "application/json", body("\"name\": \"Two\"")).statusCode()).as("the key is another").isEqualTo(422);
        assertThat(api().send("PUT", "/api/v1/triggers/none-" + own, "application/json", body("\"name\": \"Two\"").replace(key, "none-" + own)).statusCode()).isEqualTo(404);
        assertThat(api().send("PUT", "/api/v1/triggers/" + key, "application/json", body("\"name\": \"Two\"")).statusCode()).isEqualTo(200);
        assertThat(api().get("/api/v1/triggers/" + key).get("name").asString()).isEqualTo("Two");
    }

    private Api api() {
        return new Api("http://localhost:" + port, "test-token");
    }

    private void make(String more) throws Exception {
        trigger(body(more));
    }

    private void trigger(String body) throws Exception {
        api().postJson("/api/v1/triggers", body);
    }

    private String body(String more) {
        return "{\"key\": \"%s\", \"type\": \"event\", \"event\": \"%s\", %s, \"action\": {\"type\": \"send_email\", \"template\": \"order-thanks\"}, \"active\": true}".formatted(key, event, more);
    }

    private void customer(String name) throws Exception {
        customer(name, "gold");
    }

    private void customer(String name, String tier) throws Exception {
        api().postJson("/api/v1/customers", """
                {"externalId": "%1$s-%2$s", "email": "%2$s-%1$s@customer.example", "firstName": "%2$s", "attributes": {"tier": "%3$s"}, "consent": {"email": true}}""".formatted(own, name, tier));
    }

    private long id(String name) {
        return jdbc.sql("SELECT id FROM customer WHERE external_id = ?").param(own + "-" + name).query(Long.class).single();
    }

    private void happens(String name, String id, String properties) throws Exception {
        api().postJson("/api/v1/events", """
                {"eventId": "%1$s-%2$s", "name": "%3$s", "customerId": "%1$s-%4$s", "properties": %5$s}""".formatted(own, id, event, name, properties));
    }

    private List<JsonNode> executions(String query) throws Exception {
        return api().all("/api/v1/triggers/" + key + "/executions" + query);
    }

    private void awaitExecutions(String status, int count) {
        Api.await(count + " times " + status, PATIENCE, () -> executions("?status=" + status).size() == count);
    }

    /** Everything appended so far is read, and nothing is due. */
    private void settle() {
        Api.await("all is read and decided", PATIENCE, () -> jdbc.sql("""
                SELECT NOT EXISTS (SELECT 1 FROM event_log e JOIN event_cursor c ON c.consumer = 'triggers' AND c.partition = e.partition
                                    WHERE e.name = :event AND (e.transaction, e.position) > (c.transaction, c.position))
                   AND NOT EXISTS (SELECT 1 FROM trigger_execution_log l JOIN marketing_trigger t ON t.id = l.trigger_id
                                    WHERE t.key = :key AND (l.execution_status = 'running' OR l.execution_status = 'waiting' AND l.due_at <= :now))""")
                .param("event", event).param("key", key).param("now", java.sql.Timestamp.from(clock.instant())).query(Boolean.class).single());
    }
}
