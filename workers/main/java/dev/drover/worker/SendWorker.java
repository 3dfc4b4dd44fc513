package dev.drover.worker;

import dev.drover.audience.Customers;
import dev.drover.delivery.Deliveries;
import dev.drover.delivery.Deliveries.Answer;
import dev.drover.delivery.DeliveryOutcome;
import dev.drover.delivery.DeliveryRequest;
import dev.drover.delivery.MessageOrigin;
import dev.drover.engine.Engine;
import dev.drover.engine.JobWorker;
import dev.drover.kernel.Channel;
import dev.drover.kernel.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * {@code send-email}, {@code send-sms}, {@code send-push}. Inputs {@code template}, {@code data?}, {@code category?}, {@code subject?}; results
 * {@code outcome}, {@code messageId}, {@code reason?}. The job's element instance is the message's key, so a job that comes twice sends once.
 */
class SendWorker implements JobWorker.OfMany {

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
    public List<Supplier<Map<String, Object>>> handle(List<Job> jobs) {
        var ids = customers.idsOf(jobs.stream().map(job -> new Inputs(job).text("customerId")).filter(Objects::nonNull).toList());
        var requests = new ArrayList<DeliveryRequest>();
        var answers = new ArrayList<Answer>();
        var done = new ArrayList<Supplier<Map<String, Object>>>();
        for (Job job : jobs) {
            try {
                Long customer = ids.get(new Inputs(job).required("customerId"));
                int place = requests.size();
                if (customer == null) {
                    done.add(() -> Map.of("outcome", "skipped", "reason", "the customer is gone"));
                } else {
                    requests.add(request(job, customer));
                    done.add(() -> results(job, answers.get(place).orThrow()));
                }
            } catch (Problem wrong) {
                done.add(() -> {
                    throw wrong;
                });
            }
        }
        answers.addAll(deliveries.accept(requests));
        return done;
    }

    private DeliveryRequest request(Job job, long customer) {
        var inputs = new Inputs(job);
        return new DeliveryRequest(Inputs.key(engine, job), customer, channel, inputs.required("template"), inputs.map("data"), inputs.text("category"), inputs.text("subject"),
                new MessageOrigin("journey", job.processId(), Inputs.instance(engine, job), job.elementId()));
    }

    private static Map<String, Object> results(Job job, DeliveryOutcome outcome) {
        var results = new HashMap<String, Object>();
        results.put("outcome", outcome.outcome());
        results.put("messageId", outcome.messageId());
        // Each variable costs the engine: none for nothing, unless an earlier step's reason has to go.
        if (outcome.reason() != null || job.variables().get("reason") != null) {
            results.put("reason", outcome.reason());
        }
        return results;
    }
}
