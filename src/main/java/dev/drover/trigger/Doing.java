package dev.drover.trigger;

import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.trigger.Deciding.Going;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Does what was decided. What happens in our database (a message in the ledger, a member of a segment) and its line in the log are one transaction, so it
 * happens once. What happens outside is asked for first and written down after; {@link JourneyStarts} and {@link WebhookCalls} say what a crash in between means.
 */
@Component
class Doing {

    private static final Logger log = LoggerFactory.getLogger(Doing.class);
    private static final Duration FIRST_REST = Duration.ofSeconds(5);
    private static final Duration LONGEST_REST = Duration.ofHours(6);
    private static final int MOST_TRIES = 10;

    private final Executions executions;
    private final Sending sending;
    private final Joining joining;
    private final JourneyStarts starts;
    private final WebhookCalls webhooks;
    private final TransactionTemplate transaction;
    private final PlatformClock clock;

    Doing(Executions executions, Sending sending, Joining joining, JourneyStarts starts, WebhookCalls webhooks, TransactionTemplate transaction, PlatformClock clock) {
        this.executions = executions;
        this.sending = sending;
        this.joining = joining;
        this.starts = starts;
        this.webhooks = webhooks;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** @param takenOver whether somebody died over them, and may have done it already */
    void act(List<Going> going, boolean takenOver) {
        starts.start(going.stream().filter(one -> one.trigger().definition().action().kind() == Action.Kind.START_JOURNEY).toList(), takenOver);
        for (Going one : going) {
            switch (one.trigger().definition().action().kind()) {
                case START_JOURNEY -> { }
                case WEBHOOK -> webhooks.call(one);
                case ADD_TO_SEGMENT -> inside(one, () -> joining.join(one.trigger(), one.execution()));
                case SEND_EMAIL, SEND_SMS, SEND_PUSH -> inside(one, () -> sending.send(one.trigger(), one.execution()));
            }
        }
    }

    private interface Act {
        Outcome done();
    }

    private void inside(Going going, Act act) {
        var execution = going.execution();
        try {
            transaction.executeWithoutResult(status -> {
                if (executions.hold(execution.id())) {
                    executions.end(execution, act.done());
                }
            });
        } catch (Problem problem) {
            if (problem.kind() == Problem.Kind.UNAVAILABLE) {
                later(execution, String.valueOf(problem.getMessage()));
            } else {
                executions.end(execution, Outcome.failed(String.valueOf(problem.getMessage())));
            }
        } catch (TransientDataAccessException passing) {
            later(execution, "the database was busy");
        } catch (RuntimeException mistake) {
            log.error("The trigger {} fails on customer number {}", going.trigger().key(), execution.customerId(), mistake);
            executions.end(execution, Outcome.failed("a mistake of ours: see the server's log"));
        }
    }

    private void later(Execution execution, String reason) {
        if (execution.attempts() + 1 >= MOST_TRIES) {
            executions.end(execution, Outcome.failed("given up after %d tries: %s".formatted(MOST_TRIES, reason)));
        } else {
            executions.again(execution, reason, clock.instant().plus(rest(execution.attempts())));
        }
    }

    /** 5 s, 20 s, 80 s, … at most 6 h. */
    static Duration rest(int attempts) {
        var rest = FIRST_REST.multipliedBy(1L << Math.min(2 * attempts, 20));
        return rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
    }
}
