package dev.drover.worker;

import dev.drover.audience.Customers;
import dev.drover.engine.JobWorker;
import dev.drover.experiment.Assignment;
import dev.drover.experiment.Experiments;
import dev.drover.kernel.Problem;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * {@code split}: the same customer always takes the same path of the same experiment, which is written down so that its ways can be compared. Inputs
 * {@code shares}, weights by variant, and {@code experiment?}, the journey and step by default; result {@code variant}.
 */
@Component
class SplitWorker implements JobWorker {

    private final Customers customers;
    private final Experiments experiments;

    SplitWorker(Customers customers, Experiments experiments) {
        this.customers = customers;
        this.experiments = experiments;
    }

    @Override
    public String type() {
        return "split";
    }

    @Override
    public Map<String, Object> handle(Job job) {
        var inputs = new Inputs(job);
        var customer = customers.require(inputs.required("customerId"));
        var assignment = Assignment.of(inputs.text("experiment", job.processId() + "/" + job.elementId()), weights(inputs.map("shares")));
        return Map.of("variant", experiments.assign(assignment, customer.id(), customer.externalId()));
    }

    private static Map<String, Double> weights(Map<String, Object> shares) {
        var weights = new HashMap<String, Double>();
        shares.forEach((variant, share) -> weights.put(variant, weight(share)));
        return weights;
    }

    private static double weight(Object share) {
        try {
            return Double.parseDouble(String.valueOf(share));
        } catch (NumberFormatException notANumber) {
            throw Problem.invalid("shares", "'" + share + "' is no share: use a number of 0 or more.");
        }
    }
}
