package dev.drover.audience;

import java.util.Collection;

/** These products (internal numbers) are of another category than before; published in the transaction that made it so. */
public record ProductsRecategorised(Collection<Long> productIds) {}
