package dev.drover.facts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which attributes customers have, and of which type they come: a rule that asks for a number finds none where the shop wrote a text. */
@Component
public class AttributeTypes {

    /**
     * @param types how many customers of the sample have it as {@code text}, {@code date} (a text that is one), {@code number}, {@code flag},
     *              {@code list}, {@code object} or {@code null}; the most frequent first
     */
    public record Attribute(String name, Map<String, Long> types) {

        /** Whether it is a text here and a number there; a date is a text, too, and nothing is of no type. */
        public boolean mixed() {
            return types.keySet().stream().filter(type -> !type.equals("null")).map(type -> type.equals("date") ? "text" : type).distinct().count() > 1;
        }
    }

    private static final int SAMPLE = 20_000;
    private static final int MOST = 200;

    private final JdbcClient jdbc;

    AttributeTypes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** By name, the most frequent 200; of everybody, or of about 20,000 customers where there are many more. */
    public List<Attribute> all() {
        double known = jdbc.sql("SELECT greatest(reltuples, 1) FROM pg_class WHERE oid = 'customer'::regclass").query(Double.class).single();
        Map<String, Map<String, Long>> types = new LinkedHashMap<>();
        jdbc.sql("""
                SELECT name, type, n FROM (
                    SELECT name, type, count(*) AS n, sum(count(*)) OVER (PARTITION BY name) AS of_name
                      FROM (SELECT key AS name, CASE jsonb_typeof(value) WHEN 'string' THEN CASE WHEN value #>> '{}' ~ '^\\d{4}-\\d\\d-\\d\\d(T|$)' THEN 'date' ELSE 'text' END
                                                WHEN 'boolean' THEN 'flag' WHEN 'array' THEN 'list' ELSE jsonb_typeof(value) END AS type
                              FROM customer TABLESAMPLE SYSTEM (?) CROSS JOIN LATERAL jsonb_each(attributes)) AS values
                     GROUP BY name, type) AS counted
                 ORDER BY of_name DESC, name, n DESC""").param(Math.min(100, 100 * SAMPLE / known))
                .query(row -> {
                    types.computeIfAbsent(row.getString("name"), name -> new LinkedHashMap<>()).put(row.getString("type"), row.getLong("n"));
                });
        var attributes = new ArrayList<Attribute>();
        types.forEach((name, byType) -> attributes.add(new Attribute(name, byType)));
        return attributes.size() > MOST ? List.copyOf(attributes.subList(0, MOST)) : attributes;
    }
}
