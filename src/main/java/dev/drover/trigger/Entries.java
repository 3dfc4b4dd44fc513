package dev.drover.trigger;

import dev.drover.audience.Customers;
import dev.drover.engine.EngineHistory;
import dev.drover.engine.EngineHistory.Instance;
import dev.drover.engine.EngineHistory.State;
import dev.drover.trigger.Definition.Reentry;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whether somebody may begin a journey again. The engine's history says who was on it, whoever began it; it is a moment behind, so what this trigger
 * itself began lately counts beside it. Without a history (a cluster without our exporter) only that is known.
 */
@Component
class Entries {

    private static final int MOST = 500;
    private static final Duration BEHIND = Duration.ofMinutes(1);

    private final EngineHistory history;
    private final Customers customers;
    private final JdbcClient jdbc;

    Entries(EngineHistory history, Customers customers, JdbcClient jdbc) {
        this.history = history;
        this.customers = customers;
        this.jdbc = jdbc;
    }

    /** @param entering another execution of the same customer goes in this moment @return why not; empty: the customer may */
    Optional<String> refusal(Trigger trigger, Execution execution, boolean entering, Instant now) {
        var reentry = Objects.requireNonNull(trigger.definition().reentry());
        if (reentry.policy() == Reentry.Policy.ALWAYS) {
            return Optional.empty();
        }
        if (entering) {
            return Optional.of("begins the journey in this moment already");
        }
        String journey = trigger.definition().action().required("journey");
        var been = instances(journey, execution.customer());
        var begun = lastBegun(trigger.id(), Objects.requireNonNull(execution.customerId()));
        return switch (reentry.policy()) {
            case ONCE -> begun != null || !been.isEmpty() ? Optional.of("was on the journey before, and it is for once") : Optional.empty();
            case AFTER -> {
                var last = been.stream().map(Instance::startedAt).max(Instant::compareTo).orElse(null);
                var latest = last == null || begun != null && begun.isAfter(last) ? begun : last;
                yield isInside(been, begun, now) ? Optional.of("is on the journey")
                        : latest != null && latest.isAfter(now.minus(Duration.ofDays(reentry.days())))
                                ? Optional.of("began the journey less than %s ago".formatted(reentry.days() == 1 ? "a day" : reentry.days() + " days")) : Optional.empty();
            }
            default -> isInside(been, begun, now) ? Optional.of("is on the journey") : Optional.empty();
        };
    }

    private static boolean isInside(List<Instance> been, @Nullable Instant begun, Instant now) {
        // What was begun a moment ago and isn't in the history yet counts as inside.
        boolean unseen = begun != null && begun.isAfter(now.minus(BEHIND)) && been.stream().noneMatch(instance -> !instance.startedAt().isBefore(begun.minusSeconds(5)));
        return unseen || been.stream().anyMatch(instance -> instance.state() == State.ACTIVE);
    }

    List<Instance> instances(String journey, @Nullable String customer) {
        return customer == null ? List.of() : history.instancesOf(customers.knownAs(customer), MOST).stream().filter(instance -> instance.processId().equals(journey)).toList();
    }

    private @Nullable Instant lastBegun(long trigger, long customer) {
        return jdbc.sql("""
                SELECT max(decided_at) FROM trigger_execution_log WHERE customer_id = ? AND trigger_id = ? AND stage = 2 AND execution_status IN ('success', 'running', 'waiting')""")
                .param(customer).param(trigger).query(Timestamp.class).optional().map(Timestamp::toInstant).orElse(null);
    }
}
