package dev.drover.segment;

import dev.drover.facts.AttributeTypes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Words that are offered while somebody types: what this shop's data holds. Of large tables a sample is enough for that. */
@Component
public class BuilderSuggestions {

    private static final int SAMPLE = 50_000;
    private static final int MOST = 300;

    private final JdbcClient jdbc;
    private final AttributeTypes attributes;

    BuilderSuggestions(JdbcClient jdbc, AttributeTypes attributes) {
        this.jdbc = jdbc;
        this.attributes = attributes;
    }

    public Map<String, Object> all() {
        var all = new LinkedHashMap<String, Object>();
        all.put("countries", sampled("customer", "country"));
        all.put("timeZones", sampled("customer", "time_zone"));
        all.put("categories", jdbc.sql("SELECT DISTINCT category FROM product WHERE category <> '' ORDER BY 1 LIMIT ?").param(MOST).query(String.class).list());
        all.put("events", sampled("customer_event", "name"));
        all.put("attributes", attributes.all().stream().map(one -> Map.of("name", one.name(), "types", List.copyOf(one.types().keySet()))).toList());
        all.put("segments", jdbc.sql("SELECT key, name FROM customer_segment WHERE is_active ORDER BY name, key")
                .query((row, n) -> Map.of("key", row.getString(1), "name", row.getString(2))).list());
        return all;
    }

    private List<String> sampled(String table, String column) {
        double rows = jdbc.sql("SELECT greatest(reltuples, 1) FROM pg_class WHERE oid = ?::regclass").param(table).query(Double.class).single();
        return jdbc.sql("SELECT %1$s FROM %2$s TABLESAMPLE SYSTEM (?) WHERE %1$s <> '' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ?".formatted(column, table))
                .param(Math.min(100, 100 * SAMPLE / rows)).param(MOST).query(String.class).list();
    }
}
