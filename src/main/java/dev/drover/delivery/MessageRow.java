package dev.drover.delivery;

import dev.drover.kernel.Channel;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/** Reads {@link #FROM}. */
class MessageRow implements RowMapper<Message> {

    static final String FROM = "SELECT m.*, c.external_id AS customer FROM message m LEFT JOIN customer c ON c.id = m.customer_id";

    @Override
    public Message mapRow(ResultSet row, int number) throws SQLException {
        return new Message(row.getLong("id"), row.getString("key"), row.getObject("customer_id", Long.class), row.getString("customer"),
                Channel.of(row.getString("channel")), row.getString("address"),
                new MessageOrigin(row.getString("origin_type"), row.getString("origin_id"), row.getString("origin_instance"), row.getString("origin_element")),
                row.getString("template"), row.getString("category"), row.getString("type"), row.getString("status"), row.getString("rule"),
                row.getString("reason"), row.getTimestamp("not_before").toInstant(), row.getInt("attempts"), row.getString("provider"),
                row.getString("provider_message_id"), row.getTimestamp("queued_at").toInstant(), instant(row.getTimestamp("sent_at")),
                instant(row.getTimestamp("delivered_at")));
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
