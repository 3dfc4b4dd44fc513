package dev.drover.audience.imports;

import dev.drover.kernel.Person;
import dev.drover.kernel.PersonalData;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Rows of files that name the person: those that were refused, the first ones of each file that are shown before it is taken, and lines that wait
 * for their order. The file itself is kept only until its import is done.
 */
@Component
class ImportData implements PersonalData {

    private final JdbcClient jdbc;

    ImportData(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public @Nullable String field() {
        return null;
    }

    @Override
    public void erase(Person person) {
        String[] told = Stream.of(person.externalId(), person.email(), person.phone()).filter(Objects::nonNull)
                .map(text -> text.toLowerCase(Locale.ROOT)).toArray(String[]::new);
        jdbc.sql("""
                UPDATE import_reject SET cells = array_fill(''::text, ARRAY[cardinality(cells)]), reason = 'erased'
                 WHERE EXISTS (SELECT 1 FROM unnest(cells) AS cell WHERE lower(btrim(cell)) = ANY(?))""").param(told).update();
        jdbc.sql("""
                UPDATE import_job SET shape = jsonb_set(shape, '{first}', (SELECT coalesce(jsonb_agg(one), '[]') FROM jsonb_array_elements(shape -> 'first') AS one
                       WHERE NOT EXISTS (SELECT 1 FROM jsonb_array_elements_text(one) AS cell WHERE lower(btrim(cell)) = ANY(:told))))
                 WHERE EXISTS (SELECT 1 FROM jsonb_array_elements(shape -> 'first') AS one, jsonb_array_elements_text(one) AS cell WHERE lower(btrim(cell)) = ANY(:told))""")
                .param("told", told).update();
        jdbc.sql("DELETE FROM import_line WHERE lower(customer_id) = ANY(?)").param(told).update();
    }
}
