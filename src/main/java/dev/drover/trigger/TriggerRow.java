package dev.drover.trigger;

import dev.drover.kernel.Json;
import dev.drover.trigger.Definition.Cap;
import dev.drover.trigger.Definition.Reentry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/** Between the table's columns and a trigger. */
final class TriggerRow implements RowMapper<Trigger> {

    private static final String LATE_AFTER = "lateAfter";

    @Override
    public Trigger mapRow(ResultSet row, int n) throws SQLException {
        var config = Json.map(row.getString("trigger_config"));
        var kind = Action.Kind.valueOf(row.getString("action_type").toUpperCase(Locale.ROOT));
        String conditions = row.getString("conditions");
        var definition = new Definition(row.getString("key"), row.getString("name"), row.getString("description"),
                Occasion.of(row.getString("trigger_type"), row.getString("event_name"), config), conditions == null ? null : Json.map(conditions),
                Duration.ofSeconds(row.getLong("delay_seconds")), new Action(kind, Json.map(row.getString("action_config"))), reentry(row.getString("reentry")),
                row.getObject("frequency_cap") == null ? null : new Cap(row.getInt("frequency_cap"), row.getInt("frequency_period_days")),
                Duration.parse(String.valueOf(config.get(LATE_AFTER))), row.getInt("hourly_limit"), row.getBoolean("is_active"));
        return new Trigger(row.getLong("id"), definition, row.getTimestamp("active_since").toInstant(), row.getLong("active_from"), instant(row, "swept_until"),
                new Trigger.Hour(row.getTimestamp("hour_began").toInstant(), row.getInt("hour_count")), instant(row, "storm_since"), instant(row, "storm_fed_at"),
                row.getLong("total_triggered"), instant(row, "last_triggered_at"), row.getTimestamp("created_at").toInstant(), row.getTimestamp("updated_at").toInstant());
    }

    static String config(Definition definition) {
        var config = new LinkedHashMap<>(definition.occasion().config());
        config.put(LATE_AFTER, definition.lateAfter().toString());
        return Json.write(config);
    }

    private static @Nullable Reentry reentry(@Nullable String json) {
        if (json == null) {
            return null;
        }
        Map<String, Object> read = Json.map(json);
        return new Reentry(Reentry.Policy.valueOf(String.valueOf(read.get("policy")).toUpperCase(Locale.ROOT)), read.get("days") instanceof Number days ? days.intValue() : 0);
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
