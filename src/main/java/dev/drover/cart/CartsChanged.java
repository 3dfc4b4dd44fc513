package dev.drover.cart;

import java.util.Collection;

/** Carts of these customers (internal numbers) hold something else now; published in the transaction that made it so. */
public record CartsChanged(Collection<Long> customerIds) {}
