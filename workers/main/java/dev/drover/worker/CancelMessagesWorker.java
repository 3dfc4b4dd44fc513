package dev.drover.worker;

import dev.drover.delivery.Deliveries;
import dev.drover.engine.Engine;
import dev.drover.engine.JobWorker;
import java.util.Map;
import org.springframework.stereotype.Component;

/** {@code cancel-messages}: takes back what this journey still has waiting for the customer. Input {@code reason?}; result {@code cancelled}. */
@Component
class CancelMessagesWorker implements JobWorker {

    private final Deliveries deliveries;
    private final Engine engine;

    CancelMessagesWorker(Deliveries deliveries, Engine engine) {
        this.deliveries = deliveries;
        this.engine = engine;
    }

    @Override
    public String type() {
        return "cancel-messages";
    }

    @Override
    public Map<String, Object> handle(Job job) {
        String reason = new Inputs(job).text("reason", "the journey went another way");
        return Map.of("cancelled", deliveries.cancelPending(Inputs.instance(engine, job), reason));
    }
}
