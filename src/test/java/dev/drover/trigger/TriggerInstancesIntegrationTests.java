package dev.drover.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.eventlog.Event;
import dev.drover.kernel.PlatformClock;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Another instance reads events, with its own memory of the triggers: what was told after one was switched on is decided upon there, too, and at once. */
@IntegrationTest
class TriggerInstancesIntegrationTests {

    @LocalServerPort
    int port;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    Triggers triggers;
    @Autowired
    ExecutionLog log;
    @Autowired
    ApplicationEventPublisher news;
    @Autowired
    TriggerSettings settings;
    @Autowired
    PlatformClock clock;
    @Autowired
    TransactionTemplate transaction;

    private final String own = UUID.randomUUID().toString().substring(0, 8);
    private final String key = "instances-" + own;
    private final String event = "instances." + own;
    private EventTriggers elsewhere;

    @BeforeEach
    void anotherInstanceReadsAlready() throws Exception {
        api().postJson("/api/v1/customers", "{\"externalId\": \"%1$s\", \"email\": \"%1$s@instances.example\"}".formatted(own));
        elsewhere = new EventTriggers(new ActiveTriggers(triggers), log, news, settings, clock);
        assertThat(elsewhere.wanted()).doesNotContain(event);
    }

    @AfterEach
    void tidyUp() throws Exception {
        api().send("DELETE", "/api/v1/triggers/" + key, "application/json", "");
    }

    @Test
    void whatIsToldRightAfterATriggerWasMadeElsewhereIsDecidedUpon() throws Exception {
        make(true);
        assertThat(read(told())).isOne();
    }

    @Test
    void whatIsSwitchedOnOffChangedOrDeletedElsewhereHoldsAtOnce() throws Exception {
        make(false);
        assertThat(read(told())).isZero();
        triggers.switchTo(key, true);
        assertThat(read(told())).isOne();
        triggers.switchTo(key, false);
        assertThat(read(told())).isZero();
        jdbc.sql("UPDATE marketing_trigger SET is_active = true WHERE key = ?").param(key).update();
        assertThat(read(told())).as("whoever changed it").isOne();
        triggers.delete(key);
        assertThat(elsewhere.wanted()).doesNotContain(event);
    }

    @Test
    void whatActingWritesIsNoChangeThatOthersMustReadAgain() throws Exception {
        make(true);
        long before = triggers.generation();
        jdbc.sql("UPDATE marketing_trigger SET hour_count = hour_count + 1, total_triggered = total_triggered + 1, last_triggered_at = now(), swept_until = now() WHERE key = ?").param(key).update();
        assertThat(triggers.generation()).isEqualTo(before);
    }

    /** As the reader of the log does it: it asks what is wanted after it has read, in one transaction. @return how many occasions were written down */
    private int read(Event told) {
        transaction.executeWithoutResult(status -> {
            if (elsewhere.wanted().contains(told.name())) {
                elsewhere.consume(List.of(told));
            }
        });
        return jdbc.sql("SELECT count(*) FROM trigger_execution_log WHERE event_id = ?").param(told.id()).query(Integer.class).single();
    }

    private Event told() {
        var now = clock.instant();
        long customer = jdbc.sql("SELECT id FROM customer WHERE external_id = ?").param(own).query(Long.class).single();
        long position = jdbc.sql("SELECT max(position) + 1 FROM event_log").query(Long.class).single();
        return new Event(position, UUID.randomUUID().toString(), event, customer, null, now, now, Event.Origin.LIVE, Map.of());
    }

    private void make(boolean active) throws Exception {
        api().postJson("/api/v1/triggers", "{\"key\": \"%s\", \"type\": \"event\", \"event\": \"%s\", \"delay\": \"P1D\", \"action\": {\"type\": \"send_email\", \"template\": \"order-thanks\"}, \"active\": %s}"
                .formatted(key, event, active));
    }

    private Api api() {
        return new Api("http://localhost:" + port, "test-token");
    }
}
