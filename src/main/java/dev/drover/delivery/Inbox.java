package dev.drover.delivery;

import dev.drover.kernel.Channel;
import dev.drover.kernel.Page;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the capture provider took, newest first. */
@Component
class Inbox {

    /** @param glance the first words beside the subject */
    record Item(long id, Channel channel, String address, @Nullable String customer, String name, @Nullable String subject, String glance, Instant at) {}

    private static final RowMapper<Item> ITEM = (row, n) -> new Item(row.getLong("id"), Channel.of(row.getString("channel")), row.getString("address"),
            row.getString("external_id"), row.getString("name"), row.getString("subject"), row.getString("glance"), row.getTimestamp("captured_at").toInstant());

    private static final String SELECT = """
            SELECT m.id, m.channel, m.address, c.external_id, coalesce(nullif(concat_ws(' ', c.first_name, c.last_name), ''), m.address) AS name, t.captured_at,
                   b.subject, left(coalesce(nullif(b.preheader, ''), b.text, ''), 140) AS glance
              FROM captured_message t JOIN message m ON m.id = t.message_id JOIN message_content b ON b.message_id = m.id
              LEFT JOIN customer c ON c.id = m.customer_id
             WHERE (t.captured_at, t.message_id) < (?, ?)""";

    private final JdbcClient jdbc;

    Inbox(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param who a customer's external id or the address written to; {@code null}: everybody */
    Page<Item> list(@Nullable String who, @Nullable String after, int limit) {
        if (who != null && who.indexOf('\0') >= 0) {
            return new Page<>(java.util.List.of(), null);
        }
        var from = position(Page.key(after));
        boolean all = who == null || who.isBlank();
        var query = jdbc.sql(SELECT + (all ? "" : " AND m.customer_id IN (SELECT id FROM customer WHERE external_id = ? OR email = lower(?) OR phone = ?)")
                + " ORDER BY t.captured_at DESC, t.message_id DESC LIMIT " + (limit + 1)).param(Timestamp.from(from.at())).param(from.id());
        if (!all) {
            query = query.param(who.strip()).param(who.strip()).param(who.strip());
        }
        return Page.of(query.query(ITEM).list(), limit, item -> ChronoUnit.MICROS.between(Instant.EPOCH, item.at()) + ":" + item.id());
    }

    Optional<Instant> capturedAt(long id) {
        return jdbc.sql("SELECT captured_at FROM captured_message WHERE message_id = ?").param(id).query(Timestamp.class).optional().map(Timestamp::toInstant);
    }

    private record Position(Instant at, long id) {}

    private static Position position(@Nullable String key) {
        if (key == null) {
            return new Position(Instant.parse("9999-12-31T00:00:00Z"), Long.MAX_VALUE);
        }
        try {
            int colon = key.indexOf(':');
            return new Position(Instant.EPOCH.plus(Long.parseLong(key.substring(0, colon)), ChronoUnit.MICROS), Long.parseLong(key.substring(colon + 1)));
        } catch (RuntimeException e) {
            throw Page.notOurs();
        }
    }
}
