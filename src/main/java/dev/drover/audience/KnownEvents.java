package dev.drover.audience;

import dev.drover.kernel.Checks;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The events whose properties have a meaning here; every other name is welcome with whatever it carries. */
final class KnownEvents {

    static final String ORDER_PLACED = "order.placed";
    static final String CART_UPDATED = "cart.updated";

    private KnownEvents() {}

    static void check(EventInput event, Checks checks, Instant now) {
        if (event.name() == null) {
            return;
        }
        var properties = event.propertiesOrNone();
        switch (event.name()) {
            case CART_UPDATED -> {
                checks.required("properties.cartId", properties.get("cartId")).atMost("properties.cartId", text(properties, "cartId"), 200);
                checkLines(checks, "properties.items", properties.get("items"));
                Orders.checkCurrency(checks, "properties.currency", text(properties, "currency"));
                checks.email("properties.email", text(properties, "email")).phone("properties.phone", text(properties, "phone"));
                CartConsent.check(event, checks, now);
            }
            case ORDER_PLACED -> {
                checks.required("properties.orderId", properties.get("orderId")).atMost("properties.orderId", text(properties, "orderId"), 200)
                        .atMost("properties.cartId", text(properties, "cartId"), 200)
                        .atMost("properties.discountCode", text(properties, "discountCode"), 100);
                checkLines(checks, "properties.lines", properties.getOrDefault("lines", List.of()));
                checks.money("properties.total", number(checks, "properties.total", properties.get("total")));
                Orders.checkCurrency(checks, "properties.currency", text(properties, "currency"));
            }
            case "product.viewed" -> checks.required("properties.productId", properties.get("productId"));
            default -> { }
        }
    }

    /** The lines of an order event; what doesn't fit was refused by {@link #check}. */
    static List<OrderInput.Line> lines(Map<String, Object> properties) {
        var lines = new ArrayList<OrderInput.Line>();
        if (properties.get("lines") instanceof List<?> given) {
            for (Object one : given) {
                if (one instanceof Map<?, ?> line) {
                    Object name = line.get("name");
                    lines.add(new OrderInput.Line(String.valueOf(line.get("productId")), new BigDecimal(String.valueOf(line.get("quantity"))),
                            new BigDecimal(String.valueOf(line.get("unitPrice"))), name == null ? null : name.toString()));
                }
            }
        }
        return lines;
    }

    static @Nullable String text(Map<String, Object> properties, String name) {
        Object value = properties.get(name);
        return value == null ? null : value.toString();
    }

    static @Nullable BigDecimal total(Map<String, Object> properties) {
        String total = text(properties, "total");
        return total == null ? null : new BigDecimal(total);
    }

    private static void checkLines(Checks checks, String field, @Nullable Object lines) {
        if (!(lines instanceof List<?> given)) {
            checks.fail(field, field + " is a list of {productId, quantity, unitPrice}.");
            return;
        }
        if (given.size() > 1_000) {
            checks.fail(field, "At most 1000 lines.");
            return;
        }
        for (int n = 0; n < given.size(); n++) {
            String at = field + "[" + n + "]";
            if (given.get(n) instanceof Map<?, ?> line) {
                checks.required(at + ".productId", line.get("productId"))
                        .atMost(at + ".productId", line.get("productId") == null ? null : String.valueOf(line.get("productId")), 200);
                checks.quantity(at + ".quantity", number(checks, at + ".quantity", line.get("quantity")));
                checks.required(at + ".unitPrice", line.get("unitPrice"));
                checks.money(at + ".unitPrice", number(checks, at + ".unitPrice", line.get("unitPrice")));
            } else {
                checks.fail(at, "A line is {productId, quantity, unitPrice}.");
            }
        }
    }

    private static @Nullable BigDecimal number(Checks checks, String field, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        try {
            String text = value.toString();
            if (text.length() > 40) {
                throw new NumberFormatException();
            }
            var number = new BigDecimal(text);
            if (Math.abs((long) number.scale()) > 20) {
                throw new NumberFormatException();
            }
            return number;
        } catch (NumberFormatException e) {
            checks.fail(field, field + " is no number.");
            return BigDecimal.ONE;
        }
    }
}
