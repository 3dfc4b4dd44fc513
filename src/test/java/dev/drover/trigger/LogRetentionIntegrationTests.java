package dev.drover.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.kernel.PlatformClock;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The log gets shorter, and nobody is let through by that who was held back by it. */
@IntegrationTest
class LogRetentionIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @LocalServerPort
    int port;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    Triggers triggers;
    @Autowired
    LogRetention retention;
    @Autowired
    PlatformClock clock;

    private final String own = UUID.randomUUID().toString().substring(0, 8);
    private final String key = "kept-" + own;
    private final String event = "kept." + own;
    private static final String MAIL = "{\"type\": \"send_email\", \"template\": \"order-thanks\"}";
    private static final String JOURNEY = "{\"type\": \"start_journey\", \"journey\": \"welcome\"}, \"reentry\": {\"policy\": \"once\"}";
    private long customer;

    @BeforeEach
    void somebody() throws Exception {
        api().postJson("/api/v1/customers", "{\"externalId\": \"%1$s\", \"email\": \"%1$s@kept.example\", \"consent\": {\"email\": true}}".formatted(own));
        customer = jdbc.sql("SELECT id FROM customer WHERE external_id = ?").param(own).query(Long.class).single();
    }

    @AfterEach
    void tidyUp() throws Exception {
        api().send("DELETE", "/api/v1/triggers/" + key, "application/json", "");
    }

    @Test
    void whatEndedLongAgoGoesAndWhatIsYoungOrWaitsStays() throws Exception {
        make(MAIL, "");
        row("success", 2, 100);
        row("skipped", 0, 100);
        row("failed", 2, 100);
        row("rate_limited", 0, 100);
        row("waiting", 1, 100);
        row("held", 0, 100);
        row("success", 2, 80);
        row("skipped", 0, 1);
        assertThat(retention.shorten(triggers.require(key))).isEqualTo(4);
        assertThat(left()).containsExactlyInAnyOrder("waiting", "held", "success", "skipped");
        assertThat(retention.shorten(triggers.require(key))).as("once more").isZero();
    }

    @Test
    void manyRowsGoInBatches() throws Exception {
        make(MAIL, "");
        jdbc.sql("""
                INSERT INTO trigger_execution_log (trigger_id, customer_id, occasion, execution_status, stage, happened_at, due_at, executed_at, created_at)
                SELECT ?, ?, 'many:' || n, CASE WHEN n % 3 = 0 THEN 'held' ELSE 'skipped' END, 0, at, at, at, at FROM generate_series(1, 6000) AS n, (SELECT ?::timestamptz - interval '200 days' AS at) t""")
                .param(triggers.require(key).id()).param(customer).param(Timestamp.from(clock.instant())).update();
        assertThat(retention.shorten(triggers.require(key))).isEqualTo(4_000);
        assertThat(left()).hasSize(2_000).containsOnly("held");
    }

    @Test
    void aCapOverALongerTimeStillCounts() throws Exception {
        make(MAIL, ", \"cap\": {\"count\": 1, \"days\": 365}");
        happens();
        awaitExecutions("success", 1);
        age(200);
        assertThat(retention.shorten(triggers.require(key))).isZero();
        assertThat(jdbc.sql("SELECT event_data IS NULL FROM trigger_execution_log WHERE trigger_id = ?").param(triggers.require(key).id()).query(Boolean.class).single()).as("what the event told is not needed").isTrue();
        happens();
        awaitExecutions("rate_limited", 1);
        age(200);
        assertThat(retention.shorten(triggers.require(key))).as("the refused one, and the one that acted 400 days ago").isEqualTo(2);
        happens();
        awaitExecutions("success", 1);
    }

    @Test
    void whoBeganAJourneyForOnceDoesNotBeginItAgain() throws Exception {
        make(JOURNEY, "");
        row("success", 2, 500);
        row("success", 2, 400);
        row("success", 2, 300);
        assertThat(retention.shorten(triggers.require(key))).as("all but the last").isEqualTo(2);
        happens();
        awaitExecutions("skipped", 1);
        assertThat(executions("?status=skipped").getFirst().get("reason").asString()).contains("for once");
    }

    @Test
    void anOccasionThatCouldBeFoundAgainKeepsItsRow() throws Exception {
        make(MAIL, ", \"lateAfter\": \"P200D\"");
        row("success", 2, 150);
        row("success", 2, 202);
        assertThat(retention.shorten(triggers.require(key))).isOne();
    }

    @Test
    void aSettingThatWouldForgetTodayIsRefused() {
        assertThatThrownBy(() -> new TriggerSettings(Duration.ofHours(24), 1, 1, Duration.ofHours(1), null, Duration.ofHours(3), 1)).hasMessageContaining("DROVER_TRIGGER_KEEP_LOG").hasMessageContaining("P90D");
    }

    private void row(String status, int stage, int daysAgo) {
        var at = Timestamp.from(clock.instant().minus(Duration.ofDays(daysAgo)));
        var future = Timestamp.from(clock.instant().plus(Duration.ofDays(400)));
        @Nullable Timestamp ended = List.of("waiting", "held").contains(status) ? null : at;
        jdbc.sql("""
                INSERT INTO trigger_execution_log (trigger_id, customer_id, occasion, event_data, execution_status, stage, happened_at, due_at, decided_at, executed_at, created_at)
                VALUES (?, ?, ?, '{"a": 1}', ?, ?, ?, ?, ?, ?, ?)""").param(triggers.require(key).id()).param(customer).param(UUID.randomUUID().toString()).param(status).param(stage)
                .param(at).param(status.equals("waiting") ? future : at).param(stage == 2 ? at : null).param(ended).param(at).update();
    }

    /** As if so many days had passed. */
    private void age(int days) {
        jdbc.sql("""
                UPDATE trigger_execution_log SET created_at = created_at - :by, happened_at = happened_at - :by, due_at = due_at - :by, decided_at = decided_at - :by, executed_at = executed_at - :by
                 WHERE trigger_id = :trigger""".replace(":by", ":days * interval '1 day'")).param("days", days).param("trigger", triggers.require(key).id()).update();
    }

    private List<String> left() {
        return jdbc.sql("SELECT execution_status FROM trigger_execution_log WHERE trigger_id = ?").param(triggers.require(key).id()).query(String.class).list();
    }

    private void make(String action, String more) throws Exception {
        api().postJson("/api/v1/triggers", "{\"key\": \"%s\", \"type\": \"event\", \"event\": \"%s\", \"action\": %s%s, \"active\": true}".formatted(key, event, action, more));
    }

    private void happens() throws Exception {
        api().postJson("/api/v1/events", "{\"eventId\": \"%s\", \"name\": \"%s\", \"customerId\": \"%s\"}".formatted(UUID.randomUUID(), event, own));
    }

    private List<JsonNode> executions(String query) throws Exception {
        return api().all("/api/v1/triggers/" + key + "/executions" + query);
    }

    private void awaitExecutions(String status, int count) {
        Api.await(count + " times " + status, PATIENCE, () -> executions("?status=" + status).size() == count);
    }

    private Api api() {
        return new Api("http://localhost:" + port, "test-token");
    }
}
