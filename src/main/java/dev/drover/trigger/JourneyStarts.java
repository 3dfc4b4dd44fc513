package dev.drover.trigger;

import dev.drover.journey.Journeys;
import dev.drover.kernel.Problem;
import dev.drover.trigger.Deciding.Going;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * {@code start_journey}. The engine takes no part in our transactions: who died between the start and the line in the log is found out by the engine's
 * history, which tells whether the customer began the journey since. So one that was taken over starts only what didn't.
 */
@Component
class JourneyStarts {

    private static final Logger log = LoggerFactory.getLogger(JourneyStarts.class);
    /** The engine's clock and ours, and the moment between deciding and starting. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    private record Started(Going going, CompletableFuture<Long> instance) {}

    private final Journeys journeys;
    private final Entries entries;
    private final Executions executions;
    private final TransactionTemplate transaction;

    JourneyStarts(Journeys journeys, Entries entries, Executions executions, TransactionTemplate transaction) {
        this.journeys = journeys;
        this.entries = entries;
        this.executions = executions;
        this.transaction = transaction;
    }

    /** All together: the engine answers many sooner than one after another. */
    void start(List<Going> going, boolean takenOver) {
        if (going.isEmpty()) {
            return;
        }
        var started = new ArrayList<Started>();
        for (Going one : going) {
            var already = takenOver ? begun(one) : null;
            started.add(new Started(one, already != null ? CompletableFuture.completedFuture(already) : start(one)));
        }
        var ended = started.stream().map(JourneyStarts::ended).filter(Objects::nonNull).toList();
        transaction.executeWithoutResult(status -> ended.forEach(one -> executions.end(one.execution(), one.outcome())));
    }

    private record Ended(Execution execution, Outcome outcome) {}

    private static @org.jspecify.annotations.Nullable Ended ended(Started started) {
        var execution = started.going().execution();
        try {
            return new Ended(execution, Outcome.success(Map.of("journey", started.going().trigger().definition().action().required("journey"),
                    "instanceKey", Long.toString(started.instance().join()))));
        } catch (CompletionException | Problem e) {
            Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
            if (cause instanceof Problem problem && problem.kind() != Problem.Kind.UNAVAILABLE) {
                return new Ended(execution, Outcome.failed(String.valueOf(problem.getMessage())));
            }
            // Nobody knows whether it began: its lease runs out, and then the history is asked.
            log.warn("The trigger {} can't start its journey, trying again: {}", started.going().trigger().key(), cause.toString());
            return null;
        }
    }

    private CompletableFuture<Long> start(Going going) {
        try {
            var action = going.trigger().definition().action();
            var variables = new java.util.HashMap<String, Object>(action.map("variables"));
            variables.put("event", going.execution().event());
            return journeys.start(action.required("journey"), Objects.requireNonNull(going.execution().customer(), "customer"), variables);
        } catch (NullPointerException gone) {
            return CompletableFuture.failedFuture(Problem.notFound("The customer is gone."));
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private @org.jspecify.annotations.Nullable Long begun(Going going) {
        var since = Objects.requireNonNullElse(going.execution().decidedAt(), going.execution().createdAt()).minus(SLACK);
        return entries.instances(going.trigger().definition().action().required("journey"), going.execution().customer()).stream()
                .filter(instance -> !instance.startedAt().isBefore(since)).map(instance -> instance.key()).findFirst().orElse(null);
    }
}
