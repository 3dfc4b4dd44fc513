package dev.drover.delivery.hooks;

import dev.drover.consent.Consents;
import dev.drover.consent.Suppressions;
import dev.drover.kernel.Channel;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Consent by text message: everybody with the number, as nobody can tell whose hand held the phone. */
@Component
class SmsConsent {

    private final JdbcClient jdbc;
    private final Consents consents;
    private final Suppressions suppressions;

    SmsConsent(JdbcClient jdbc, Consents consents, Suppressions suppressions) {
        this.jdbc = jdbc;
        this.consents = consents;
        this.suppressions = suppressions;
    }

    /** @return why it is kept aside; {@code null}: it was done */
    @Nullable String take(Told told) {
        if (told.kind() == Told.Kind.SAID) {
            return "nobody reads text messages here but for STOP, START and HELP";
        }
        var customers = jdbc.sql("SELECT id FROM customer WHERE phone = ? ORDER BY id").param(String.valueOf(told.address())).query(Long.class).list();
        if (told.kind() == Told.Kind.START) {
            // Who writes from the number has it; and what STOP did, START undoes.
            suppressions.lift(Channel.SMS, String.valueOf(told.address()));
        }
        customers.forEach(customer -> consents.record(customer, Channel.SMS, told.kind() == Told.Kind.START, "text message", told.words()));
        return customers.isEmpty() ? "no customer has this number" : null;
    }
}
