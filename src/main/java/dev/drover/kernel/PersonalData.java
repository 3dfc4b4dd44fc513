package dev.drover.kernel;

import org.jspecify.annotations.Nullable;

/**
 * What a package holds about people. Whoever keeps an address, a name, a number or what somebody did declares a bean, so that a person can be told all
 * of it and can be forgotten; {@code ErasureIntegrationTests} looks through every table for what was forgotten here.
 */
public interface PersonalData {

    /** The field in a person's export; {@code null}: what is held tells the person nothing beyond the other fields. */
    @Nullable String field();

    /** Maps, lists and values. Only asked where there is a field. */
    default @Nullable Object held(Person person) {
        return null;
    }

    /**
     * Forgets the person and leaves what is counted, in one transaction with all others. What hangs on the customer's row by a foreign key goes with it,
     * afterwards.
     */
    void erase(Person person);
}
