package dev.drover.worker;

import dev.drover.audience.Customers;
import dev.drover.delivery.Recommended;
import dev.drover.engine.JobWorker;
import dev.drover.kernel.Problem;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * {@code recommend}: products for the customer, as a template's recommendations are chosen; a mail behind this step shows these. Inputs
 * {@code context?}, {@code limit?} (4 unless said); result {@code recommendations}, product ids.
 */
@Component
class RecommendWorker implements JobWorker {

    private final Recommended recommended;
    private final Customers customers;

    RecommendWorker(Recommended recommended, Customers customers) {
        this.recommended = recommended;
        this.customers = customers;
    }

    @Override
    public String type() {
        return "recommend";
    }

    @Override
    public Map<String, Object> handle(Job job) {
        var inputs = new Inputs(job);
        return Map.of("recommendations", recommended.choose(customers.require(inputs.required("customerId")).id(), limit(inputs.text("limit", "4"))));
    }

    private static int limit(String text) {
        try {
            int limit = Integer.parseInt(text.strip());
            if (limit >= 1 && limit <= Recommended.MOST) {
                return limit;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, like one that is too large.
        }
        throw Problem.invalid("limit", "'%s': a step recommends 1 to %d products.".formatted(text, Recommended.MOST));
    }
}
