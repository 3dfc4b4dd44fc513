package dev.drover.delivery.bounce;

import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds which of our messages came back, and locks it. Whoever knows our Message-ID has seen the message: it holds the moment it was asked for, so
 * that nobody can count up the numbers of other people's. A Message-ID that isn't ours finds nothing, unless the provider gave the message that id.
 */
@Component
class MailedMessages {

    /** @param address where it went: this one is suppressed, never the one that a report names */
    record Mailed(long id, @Nullable Long customerId, Channel channel, String address, String status, String template, String originType, String originId) {}

    private static final Pattern OURS = Pattern.compile("<m([0-9]{1,18})\\.([0-9a-z]{1,12})@[^<>@\\s]{1,255}>");
    /** Whatever may have left us. */
    private static final String LEFT = "m.channel = 'email' AND m.address IS NOT NULL AND m.attempts > 0 AND m.status IN ('sending', 'sent', 'delivered', 'bounced', 'unknown', 'failed')";
    private static final String COLUMNS = "SELECT m.id, m.customer_id, m.channel, m.address, m.status, m.template, m.origin_type, m.origin_id";
    private static final RowMapper<Mailed> MAILED = (row, n) -> new Mailed(row.getLong("id"), row.getObject("customer_id", Long.class),
            Channel.of(row.getString("channel")), row.getString("address"),
            row.getString("status"), row.getString("template"), row.getString("origin_type"), row.getString("origin_id"));

    private final JdbcClient jdbc;
    private final PlatformClock clock;
    private final BounceSettings settings;

    MailedMessages(JdbcClient jdbc, PlatformClock clock, BounceSettings settings) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.settings = settings;
    }

    /** @param alone the mail speaks of no other recipient */
    Optional<Mailed> find(@Nullable String originalMessageId, String address, boolean alone) {
        if (originalMessageId == null) {
            return last(address);
        }
        var ours = OURS.matcher(originalMessageId);
        if (!ours.matches()) {
            return byProvider(originalMessageId, address);
        }
        // A mailbox that forwards is reported by the address it forwards to.
        return byNumber(Long.parseLong(ours.group(1)), Long.parseLong(ours.group(2), 36))
                .filter(message -> alone || Addresses.same(message.address(), address));
    }

    /** Whether the mail is about a message of somebody who was erased: then not even the report may bring the address back. */
    boolean erased(@Nullable String originalMessageId) {
        var ours = originalMessageId == null ? null : OURS.matcher(originalMessageId);
        return ours != null && ours.matches() && jdbc.sql("SELECT EXISTS (SELECT 1 FROM message WHERE id = ? AND address IS NULL AND customer_id IS NULL)")
                .param(Long.parseLong(ours.group(1))).query(Boolean.class).single();
    }

    private Optional<Mailed> byNumber(long id, long askedFor) {
        record Row(Mailed message, Instant queuedAt) {}
        return jdbc.sql(COLUMNS + ", m.queued_at FROM message m WHERE m.id = ? AND " + LEFT + " FOR UPDATE").param(id)
                .query((row, n) -> new Row(Objects.requireNonNull(MAILED.mapRow(row, n)), row.getTimestamp("queued_at").toInstant())).optional()
                .filter(row -> row.queuedAt().toEpochMilli() == askedFor).map(Row::message);
    }

    /** Whatever its channel, as whoever asks knows that it is this one. Empty for one whose customer was erased: nobody is left to write to. */
    Optional<Mailed> numbered(long id) {
        return jdbc.sql(COLUMNS + " FROM message m WHERE m.id = ? AND m.address IS NOT NULL FOR UPDATE").param(id).query(MAILED).optional();
    }

    /** By way of the customer: there is an index on people's addresses, none on the ledger's. */
    private Optional<Mailed> last(String address) {
        return settings.mailedWithin().isZero() ? Optional.empty() : recent(address, "", List.of(), clock.instant().minus(settings.mailedWithin()));
    }

    private Optional<Mailed> byProvider(String messageId, String address) {
        String bare = messageId.substring(1, messageId.length() - 1);
        return recent(address, " AND m.provider_message_id IN (?, ?, ?)", List.of(messageId, bare, bare.substring(0, bare.lastIndexOf('@'))),
                clock.instant().minus(settings.softWithin()));
    }

    private Optional<Mailed> recent(String address, String condition, List<String> values, Instant since) {
        String small = address.toLowerCase(Locale.ROOT);
        return jdbc.sql(COLUMNS + " FROM customer c JOIN message m ON m.customer_id = c.id WHERE c.email = ? AND lower(m.address) = ? AND m.queued_at >= ? AND " + LEFT + condition
                + " ORDER BY m.queued_at DESC, m.id DESC LIMIT 1 FOR UPDATE OF m").param(small).param(small).param(Timestamp.from(since)).params(values)
                .query(MAILED).optional();
    }
}
