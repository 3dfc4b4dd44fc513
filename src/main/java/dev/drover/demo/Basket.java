package dev.drover.demo;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a visitor of the shop has in hand, kept in the session. */
record Basket(String cartId, LinkedHashMap<String, Integer> quantities, @Nullable String customerId, @Nullable String firstName) implements Serializable {

    static final int MOST = 99;

    static Basket empty(String cartId, @Nullable Basket before) {
        return new Basket(cartId, new LinkedHashMap<>(), before == null ? null : before.customerId(), before == null ? null : before.firstName());
    }

    /** @param quantity 0 takes it out */
    Basket with(String product, int quantity) {
        var changed = new LinkedHashMap<>(quantities);
        if (quantity == 0) {
            changed.remove(product);
        } else {
            changed.put(product, quantity);
        }
        return new Basket(cartId, changed, customerId, firstName);
    }

    Basket of(String customer, String name) {
        return new Basket(cartId, quantities, customer, name);
    }

    Basket holding(Map<String, Integer> what) {
        return new Basket(cartId, new LinkedHashMap<>(what), customerId, firstName);
    }

    int pieces() {
        return quantities.values().stream().mapToInt(Integer::intValue).sum();
    }
}
