package dev.drover.worker;

import dev.drover.audience.CustomerInput;
import dev.drover.audience.CustomerIntake;
import dev.drover.engine.JobWorker;
import dev.drover.eventlog.Event;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** {@code update-attribute}: inputs {@code name}, {@code value}. */
@Component
class UpdateAttributeWorker implements JobWorker {

    private final CustomerIntake intake;

    UpdateAttributeWorker(CustomerIntake intake) {
        this.intake = intake;
    }

    @Override
    public String type() {
        return "update-attribute";
    }

    @Override
    public Map<String, Object> handle(Job job) {
        var inputs = new Inputs(job);
        var attributes = new HashMap<String, Object>();
        attributes.put(inputs.required("name"), job.variables().get("value"));
        intake.take(new CustomerInput(inputs.required("customerId"), null, null, null, null, null, null, null, null, attributes, null), Event.Origin.LIVE);
        return Map.of();
    }
}
