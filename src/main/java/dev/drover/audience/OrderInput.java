package dev.drover.audience;

import dev.drover.kernel.Checks;
import dev.drover.kernel.Problem;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order as the shop tells it; ids are external ids.
 *
 * @param customerId {@code null}: an anonymous order
 * @param placedAt   {@code null}: now
 * @param currency   ISO 4217; {@code null}: EUR
 */
public record OrderInput(@Nullable String externalId, @Nullable String customerId, @Nullable Instant placedAt, @Nullable String currency,
        @Nullable List<Line> lines, @Nullable String cartId, @Nullable String discountCode) {

    private static final int MOST_LINES = 1_000;

    /** @param productName only used for a product that isn't known yet */
    public record Line(@Nullable String productId, @Nullable BigDecimal quantity, @Nullable BigDecimal unitPrice, @Nullable String productName) {

        BigDecimal amount() {
            return quantity.multiply(unitPrice);
        }
    }

    public List<Problem.FieldError> problems(Instant now) {
        var checks = new Checks()
                .required("externalId", externalId).atMost("externalId", externalId, 200)
                .atMost("customerId", customerId, 200)
                .instant("placedAt", placedAt, now)
                .atMost("cartId", cartId, 200).atMost("discountCode", discountCode, 100);
        Orders.checkCurrency(checks, "currency", currency);
        checkLines(checks, "lines", lines);
        return checks.errors();
    }

    static void checkLines(Checks checks, String field, @Nullable List<Line> lines) {
        if (lines == null || lines.isEmpty()) {
            checks.fail(field, field + " are missing: an order has at least one line.");
            return;
        }
        if (lines.size() > MOST_LINES) {
            checks.fail(field, "An order has at most 1000 lines.");
            return;
        }
        for (int n = 0; n < lines.size(); n++) {
            String at = field + "[" + n + "].";
            var line = lines.get(n);
            if (line == null) {
                checks.fail(field + "[" + n + "]", "This line is null.");
                continue;
            }
            checks.required(at + "productId", line.productId()).atMost(at + "productId", line.productId(), 200)
                    .quantity(at + "quantity", line.quantity()).required(at + "unitPrice", line.unitPrice()).money(at + "unitPrice", line.unitPrice());
        }
    }
}
