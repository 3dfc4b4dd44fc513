package dev.drover.delivery.hooks;

import dev.drover.kernel.Person;
import dev.drover.kernel.PersonalData;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What providers told and hasn't been applied, or fits nothing of ours: it holds addresses and numbers. Before the ledger forgets whose its messages were.
 * The event's id stays, so that it isn't taken for a new one. What was applied is told by the messages.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class ToldData implements PersonalData {

    private final JdbcClient jdbc;

    ToldData(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public @Nullable String field() {
        return null;
    }

    @Override
    public void erase(Person person) {
        jdbc.sql("""
                UPDATE provider_event SET state = 'applied', reason = NULL, told = NULL, raw = NULL
                 WHERE state IN ('waiting', 'aside') AND (message_id IN (SELECT id FROM message WHERE customer_id = :id)
                       OR strpos(lower(coalesce(told::text, '') || ' ' || coalesce(raw, '')), :email) > 0 OR strpos(coalesce(told::text, '') || ' ' || coalesce(raw, ''), :phone) > 0
                       OR strpos(coalesce(raw, ''), replace(:phone, '+', '%2B')) > 0 OR strpos(lower(coalesce(raw, '')), replace(:email, '@', '%40')) > 0)""")
                .param("id", person.id()).param("email", wanted(person.email())).param("phone", wanted(person.phone())).update();
    }

    /** What isn't known is found nowhere. */
    private static String wanted(@Nullable String known) {
        return known == null ? "\u0001" : known;
    }
}
