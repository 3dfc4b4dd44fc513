package dev.drover.worker;

import dev.drover.audience.Customers;
import dev.drover.engine.JobWorker;
import dev.drover.segment.Decisions;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * {@code decide}: what the rules of a file in {@code rules/content} say about the customer. Inputs {@code ruleGroup}, {@code data?}; results
 * {@code decision} (none where no rule says anything), {@code decided}, {@code reasons}.
 */
@Component
class DecideWorker implements JobWorker {

    private final Decisions decisions;
    private final Customers customers;

    DecideWorker(Decisions decisions, Customers customers) {
        this.decisions = decisions;
        this.customers = customers;
    }

    @Override
    public String type() {
        return "decide";
    }

    @Override
    public Map<String, Object> handle(Job job) {
        var inputs = new Inputs(job);
        var said = decisions.decide(inputs.required("ruleGroup"), customers.require(inputs.required("customerId")).id(), inputs.map("data"));
        var results = new HashMap<String, Object>();
        results.put("decision", said.decision());
        results.put("decided", said.decision() != null);
        results.put("reasons", said.reasons());
        return results;
    }
}
