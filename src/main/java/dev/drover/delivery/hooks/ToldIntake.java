package dev.drover.delivery.hooks;

import dev.drover.kernel.Json;
import dev.drover.kernel.PlatformClock;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Writes down what was told, and leaves it at that: a provider that waits for its answer tells less and less. */
@Component
class ToldIntake {

    private static final int MOST_RAW = 16 * 1_024;
    private static final int MOST_ID = 300;

    private final JdbcTemplate jdbc;
    private final PlatformClock clock;
    private final EventLoop loop;

    ToldIntake(JdbcTemplate jdbc, PlatformClock clock, EventLoop loop) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.loop = loop;
    }

    /** @return how many weren't there yet */
    int take(List<Told.Incoming> incoming) {
        // By its id, also within one request: a provider that repeats itself does so in the same breath, too.
        var each = new LinkedHashMap<String, Told.Incoming>();
        incoming.forEach(one -> each.putIfAbsent(id(one.told()), one));
        if (each.isEmpty()) {
            return 0;
        }
        Timestamp now = Timestamp.from(clock.instant());
        int fresh = jdbc.update(connection -> {
            var statement = connection.prepareStatement("""
                    INSERT INTO provider_event (provider, event_id, kind, occurred_at, received_at, told, raw)
                    SELECT provider, id, kind, occurred, ?, told::jsonb, raw
                      FROM unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::text[], ?::text[]) AS t (provider, id, kind, occurred, told, raw)
                    ON CONFLICT (provider, event_id) DO NOTHING""");
            statement.setTimestamp(1, now);
            statement.setArray(2, connection.createArrayOf("text", each.values().stream().map(one -> one.told().provider()).toArray()));
            statement.setArray(3, connection.createArrayOf("text", each.keySet().toArray()));
            statement.setArray(4, connection.createArrayOf("text", each.values().stream().map(one -> one.told().kind().key()).toArray()));
            statement.setArray(5, connection.createArrayOf("timestamptz", each.values().stream().map(one -> atOurs(one.told().at()).toString()).toArray()));
            statement.setArray(6, connection.createArrayOf("text", each.values().stream().map(one -> storable(Json.write(one.told()))).toArray()));
            statement.setArray(7, connection.createArrayOf("text", each.values().stream().map(one -> storable(cut(one.raw(), MOST_RAW))).toArray()));
            return statement;
        });
        if (fresh > 0) {
            loop.hurry();
        }
        return fresh;
    }

    /** The provider's clock is the machine's; ours may have been moved. Nothing happens in the future, or before there was e-mail. */
    private Instant atOurs(Instant at) {
        Instant now = clock.instant();
        return at.isBefore(Instant.EPOCH) || at.isAfter(Told.NOW) || at.plus(clock.offset()).isAfter(now) ? now : at.plus(clock.offset());
    }

    private static String id(Told told) {
        return storable(told.eventId().length() <= MOST_ID ? told.eventId() : Digest.of(told.eventId()));
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }

    /** PostgreSQL's text has no NUL and no half character, its JSON no {@code \\u0000}. */
    private static String storable(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace("\0", "").replace("\\u0000", "");
    }
}
