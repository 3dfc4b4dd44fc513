package dev.drover.cart;

import dev.drover.kernel.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A line of a cart. @param productId external id */
record CartItem(String productId, BigDecimal quantity, BigDecimal unitPrice) {

    BigDecimal total() {
        return quantity.multiply(unitPrice).setScale(2, RoundingMode.HALF_UP);
    }

    /** @param items as in {@code cart.updated}; the intake has checked them */
    static List<CartItem> of(@Nullable Object items) {
        var read = new ArrayList<CartItem>();
        if (items instanceof List<?> list) {
            for (Object one : list) {
                if (one instanceof Map<?, ?> item) {
                    read.add(new CartItem(String.valueOf(item.get("productId")), new BigDecimal(String.valueOf(item.get("quantity"))),
                            new BigDecimal(String.valueOf(item.get("unitPrice")))));
                }
            }
        }
        return read;
    }

    /** @param json of the column {@code items} */
    static List<CartItem> read(String json) {
        return List.of(Json.read(json, CartItem[].class));
    }

    static BigDecimal total(List<CartItem> items) {
        return items.stream().map(CartItem::total).reduce(BigDecimal.ZERO.setScale(2), BigDecimal::add);
    }

    /** Pieces; what is sold by weight counts as begun pieces. */
    static int count(List<CartItem> items) {
        return items.stream().map(CartItem::quantity).reduce(BigDecimal.ZERO, BigDecimal::add).min(BigDecimal.valueOf(Integer.MAX_VALUE))
                .setScale(0, RoundingMode.CEILING).intValue();
    }
}
