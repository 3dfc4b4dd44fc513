package dev.drover.worker;

import dev.drover.cart.RecoverySequences;
import dev.drover.engine.JobWorker;
import dev.drover.kernel.Problem;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * {@code load-recovery-sequence}: input {@code sequence?}, otherwise the default one; result {@code steps}. The cart is the one of the event
 * that started the journey.
 */
@Component
class LoadRecoverySequenceWorker implements JobWorker {

    private final RecoverySequences sequences;

    LoadRecoverySequenceWorker(RecoverySequences sequences) {
        this.sequences = sequences;
    }

    @Override
    public String type() {
        return "load-recovery-sequence";
    }

    @Override
    public Map<String, Object> handle(Job job) {
        var inputs = new Inputs(job);
        if (!(inputs.map("event").get("cartId") instanceof String cartId)) {
            throw Problem.invalid("event.cartId", "The step '%s' needs a journey that a cart started (cart.abandoned).".formatted(job.elementId()));
        }
        return Map.of("steps", sequences.begin(cartId, inputs.text("sequence")));
    }
}
