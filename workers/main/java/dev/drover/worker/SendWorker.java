package dev.drover.worker;

import dev.drover.audience.Customers;
import dev.drover.delivery.Deliveries;
import dev.drover.delivery.DeliveryRequest;
import dev.drover.delivery.MessageOrigin;
import dev.drover.engine.Engine;
import dev.drover.engine.JobWorker;
import dev.drover.kernel.Channel;
import java.util.HashMap;
import java.util.Map;

/**
 * {@code send-email}, {@code send-sms}, {@code send-push}. Inputs {@code template}, {@code data?}, {@code category?}, {@code subject?}; results
 * {@code outcome}, {@code messageId}, {@code reason?}. The job's element instance is the message's key, so a job that comes twice sends once.
 */
class SendWorker implements JobWorker {

    private final Channel channel;
    private final Deliveries deliveries;
    private final Customers customers;
    private final Engine engine;

    SendWorker(Channel channel, Deliveries deliveries, Customers customers, Engine engine) {
        this.channel = channel;
        this.deliveries = deliveries;
        this.customers = customers;
        this.engine = engine;
    }

    @Override
    public String type() {
        return "send-" + channel.key();
    }

    @Override
    public Map<String, Object> handle(Job job) {
        var inputs = new Inputs(job);
        var customer = customers.byExternalId(inputs.required("customerId"));
        if (customer.isEmpty()) {
            return Map.of("outcome", "skipped", "reason", "the customer is gone");
        }
        var accepted = deliveries.accept(new DeliveryRequest(Inputs.key(engine, job), customer.get().id(), channel, inputs.required("template"),
                inputs.map("data"), inputs.text("category"), inputs.text("subject"),
                new MessageOrigin("journey", job.processId(), Inputs.instance(engine, job), job.elementId())));
        var results = new HashMap<String, Object>();
        results.put("outcome", accepted.outcome());
        results.put("messageId", accepted.messageId());
        results.put("reason", accepted.reason());
        return results;
    }
}
