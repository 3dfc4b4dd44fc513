package dev.drover.web;

import dev.drover.kernel.Person;
import dev.drover.kernel.PersonalData;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** First answers that are kept for a repeat may tell of a person: a customer's profile does. Who repeats the call after an erasure makes it anew. */
@Component
class KeptAnswers implements PersonalData {

    private final JdbcClient jdbc;

    KeptAnswers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public @Nullable String field() {
        return null;
    }

    @Override
    public void erase(Person person) {
        for (String told : new String[] {'"' + person.externalId() + '"', person.email(), person.phone()}) {
            if (told != null) {
                jdbc.sql("DELETE FROM idempotency_key WHERE position(?::bytea IN body) > 0").param(told.getBytes(StandardCharsets.UTF_8)).update();
            }
        }
    }
}
