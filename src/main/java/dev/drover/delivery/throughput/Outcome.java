package dev.drover.delivery.throughput;

/** What handing a message over says about the provider. */
public enum Outcome {
    TAKEN,
    /** Not this message; the provider itself is well. */
    REFUSED,
    /** It is away, in trouble, refuses us, or broke off. */
    TROUBLE,
    /** We ask too much of it. */
    LIMIT
}
