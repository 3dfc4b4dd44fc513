package dev.drover.trigger;

import dev.drover.kernel.Json;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.outgoing.Answer;
import dev.drover.outgoing.OutgoingRequests;
import dev.drover.outgoing.Signature;
import dev.drover.trigger.Deciding.Going;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * {@code webhook}: a signed POST to a public address, tried again while nobody answers. Who died over it calls again with the same {@code webhook-id}, by
 * which the other side knows a repeat. Calls have threads of their own, so that one who doesn't answer keeps no message waiting.
 */
@Component
class WebhookCalls {

    private static final Logger log = LoggerFactory.getLogger(WebhookCalls.class);
    private static final int AT_ONCE = 32;
    private static final Duration NO_ROOM = Duration.ofSeconds(1);
    private static final int SHOWN = 500;

    private final OutgoingRequests outgoing;
    private final Triggers triggers;
    private final Executions executions;
    private final TriggerSettings settings;
    private final PlatformClock clock;
    private final Semaphore room = new Semaphore(AT_ONCE);

    WebhookCalls(OutgoingRequests outgoing, Triggers triggers, Executions executions, TriggerSettings settings, PlatformClock clock) {
        this.outgoing = outgoing;
        this.triggers = triggers;
        this.executions = executions;
        this.settings = settings;
        this.clock = clock;
    }

    void call(Going going) {
        if (!room.tryAcquire()) {
            executions.step(java.util.List.of(new Executions.Step(going.execution().id(), "waiting", Execution.GOES, null, clock.instant().plus(NO_ROOM))));
            return;
        }
        Thread.ofVirtual().name("trigger-webhook").start(() -> {
            try {
                ask(going);
            } catch (RuntimeException e) {
                // Its lease runs out, and it is called again.
                log.warn("What came of a webhook of the trigger {} can't be written down: {}", going.trigger().key(), e.toString());
            } finally {
                room.release();
            }
        });
    }

    private void ask(Going going) {
        var execution = going.execution();
        try {
            var answer = post(going.trigger(), execution);
            Map<String, Object> result = result(answer);
            if (answer.ok()) {
                executions.end(execution, Outcome.success(result));
            } else if (answer.status() == 408 || answer.status() == 425 || answer.status() == 429 || answer.status() >= 500) {
                later(execution, "the other side answered " + answer.status(), after(answer));
            } else {
                executions.end(execution, new Outcome("failed", "the other side answered " + answer.status(), result));
            }
        } catch (Problem problem) {
            if (problem.kind() == Problem.Kind.UNAVAILABLE) {
                later(execution, String.valueOf(problem.getMessage()), Duration.ZERO);
            } else {
                executions.end(execution, Outcome.failed(String.valueOf(problem.getMessage())));
            }
        }
    }

    private Answer post(Trigger trigger, Execution execution) {
        var action = trigger.definition().action();
        byte[] body = Json.write(body(trigger.definition(), execution)).getBytes(StandardCharsets.UTF_8);
        String id = "drover-trigger-" + execution.id();
        String secret = triggers.secret(trigger.id()).orElseThrow(() -> Problem.rejected("This trigger has no secret to sign with: make one."));
        return outgoing.post(action.required("url"), "application/json", body, Signature.headers(secret, id, clock.instant(), body));
    }

    /** What the other side is told. */
    static Map<String, Object> body(Definition definition, Execution execution) {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", "trigger." + definition.occasion().type());
        body.put("trigger", definition.key());
        body.put("customerId", execution.customer());
        body.put("occurredAt", execution.happenedAt());
        if (execution.eventId() != null) {
            body.put("eventId", execution.eventId());
        }
        body.put("event", execution.event());
        if (!definition.action().map("body").isEmpty()) {
            body.put("data", definition.action().map("body"));
        }
        return body;
    }

    private void later(Execution execution, String reason, Duration atLeast) {
        if (execution.attempts() + 1 >= settings.webhookTries()) {
            executions.end(execution, Outcome.failed("given up after %d tries: %s".formatted(settings.webhookTries(), reason)));
        } else {
            var rest = Doing.rest(execution.attempts());
            executions.again(execution, reason, clock.instant().plus(rest.compareTo(atLeast) > 0 ? rest : atLeast));
        }
    }

    /** As the other side wishes, within a day. */
    private static Duration after(Answer answer) {
        String seconds = answer.header("retry-after");
        return seconds != null && seconds.matches("\\d{1,5}") ? Duration.ofSeconds(Math.min(Long.parseLong(seconds), 86_400)) : Duration.ZERO;
    }

    private static Map<String, Object> result(Answer answer) {
        String body = answer.body().length() > SHOWN ? answer.body().substring(0, SHOWN) + "…" : answer.body();
        return body.isBlank() ? Map.of("status", answer.status()) : Map.of("status", answer.status(), "response", body);
    }
}
