package dev.drover.worker;

import dev.drover.audience.Customers;
import dev.drover.cart.Discounts;
import dev.drover.engine.Engine;
import dev.drover.engine.JobWorker;
import dev.drover.kernel.Problem;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * {@code create-discount}: inputs {@code kind} (percentage or fixed), {@code value}, {@code prefix?}, {@code expiresIn?} (ISO 8601, P7D unless said),
 * {@code minValue?}; results {@code discountCode}, {@code discountExpiresAt}. A job that comes twice makes one code.
 */
@Component
class CreateDiscountWorker implements JobWorker {

    private final Discounts discounts;
    private final Customers customers;
    private final Engine engine;

    CreateDiscountWorker(Discounts discounts, Customers customers, Engine engine) {
        this.discounts = discounts;
        this.customers = customers;
        this.engine = engine;
    }

    @Override
    public String type() {
        return "create-discount";
    }

    @Override
    public Map<String, Object> handle(Job job) {
        var inputs = new Inputs(job);
        Long customer = customers.byExternalId(inputs.required("customerId")).map(dev.drover.audience.Customer::id).orElse(null);
        var discount = discounts.create(new Discounts.Wanted(Inputs.key(engine, job), Discounts.kind(inputs.text("kind", "percentage")),
                amount("value", inputs.required("value")), inputs.text("prefix", "").toUpperCase(java.util.Locale.ROOT),
                duration(inputs.text("expiresIn", "P7D")), amount("minValue", inputs.text("minValue")), customer));
        return Map.of("discountCode", discount.code(), "discountExpiresAt", discount.expiresAt().toString());
    }

    private static @Nullable BigDecimal amount(String name, @Nullable String text) {
        try {
            return text == null || text.isBlank() ? null : new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw Problem.invalid(name, "'%s' is no number (input '%s').".formatted(text, name));
        }
    }

    /** Days, weeks and hours; months and years, which differ in length, as 30 and 365 days. */
    private static Duration duration(String text) {
        try {
            if (text.contains("T")) {
                return Duration.parse(text);
            }
            var period = Period.parse(text);
            return Duration.ofDays(period.getDays() + 30L * period.getMonths() + 365L * period.getYears());
        } catch (DateTimeException | ArithmeticException e) {
            throw Problem.invalid("expiresIn", "'%s' is no duration, such as P7D.".formatted(text));
        }
    }
}
