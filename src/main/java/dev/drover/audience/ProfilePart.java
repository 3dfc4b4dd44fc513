package dev.drover.audience;

/**
 * A part of {@code GET /api/v1/customers/{externalId}} that a higher floor knows ({@code segments}, {@code consent}). Declare a bean.
 */
public interface ProfilePart {

    /** The field's name in the answer. */
    String name();

    /** The field's value: maps, lists and plain values. */
    Object of(Customer customer);
}
