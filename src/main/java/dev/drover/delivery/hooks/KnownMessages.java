package dev.drover.delivery.hooks;

import dev.drover.kernel.Channel;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds the message that an event is about. A number alone proves nothing: another installation may send by the same account. So the event must
 * also name the moment the message was asked for, or the id the provider gave it; and it must be about the address that was written to.
 */
@Component
class KnownMessages {

    private static final Pattern MARK = Pattern.compile("m([0-9]{1,18})\\.([0-9a-z]{1,12})");
    private static final String COLUMNS = "SELECT m.id, m.customer_id, m.channel, m.address, m.template, m.origin_type, m.origin_id, m.provider_message_id, m.queued_at";
    private static final RowMapper<Known> KNOWN = (row, n) -> new Known(row.getLong("id"), row.getObject("customer_id", Long.class), Channel.of(row.getString("channel")),
            row.getString("address"), row.getString("template"), row.getString("origin_type"), row.getString("origin_id"), row.getString("provider_message_id"),
            row.getTimestamp("queued_at").toInstant());

    private final JdbcClient jdbc;

    KnownMessages(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Known> find(Told told) {
        var marked = told.mark() == null ? null : MARK.matcher(told.mark());
        boolean ours = marked != null && marked.matches();
        if (!ours && told.message() == null) {
            return byReference(told);
        }
        long id = ours ? Long.parseLong(marked.group(1)) : told.message();
        return jdbc.sql(COLUMNS + " FROM message m WHERE m.id = ? AND m.attempts > 0 FOR UPDATE").param(id).query(KNOWN).optional()
                .filter(message -> ours && message.queuedAt().toEpochMilli() == Long.parseLong(marked.group(2), 36) || sameReference(message, told))
                .filter(message -> message.address() == null || told.address() == null || same(message.address(), told.address()));
    }

    /** Why it found nothing, for people. */
    String why(Told told) {
        return told.mark() == null && told.message() == null && told.reference() == null ? "it names no message"
                : "no message of ours has this number, this provider's id and this address";
    }

    /** By way of the customer: there is an index on people's addresses, none on the ledger's. */
    private Optional<Known> byReference(Told told) {
        if (told.reference() == null || told.address() == null) {
            return Optional.empty();
        }
        String column = told.address().indexOf('@') >= 0 ? "email" : "phone";
        return jdbc.sql(COLUMNS + " FROM customer c JOIN message m ON m.customer_id = c.id WHERE c." + column + """
                 = ? AND m.attempts > 0 AND m.provider = ? AND m.provider_message_id IS NOT NULL AND starts_with(?, m.provider_message_id)
                 ORDER BY m.id DESC LIMIT 20 FOR UPDATE OF m""").param(told.address().toLowerCase(Locale.ROOT)).param(told.provider()).param(told.reference())
                .query(KNOWN).stream().filter(message -> sameReference(message, told) && message.address() != null && same(message.address(), told.address())).findFirst();
    }

    /** SendGrid's id of an event's mail begins with the one it gave us, and goes on behind a full stop. */
    private static boolean sameReference(Known message, Told told) {
        String given = message.reference();
        return given != null && told.reference() != null
                && (told.reference().equals(given) || told.provider().equals(SendGridHook.NAME) && told.reference().startsWith(given + "."));
    }

    private static boolean same(@Nullable String one, @Nullable String other) {
        return one != null && other != null && one.strip().toLowerCase(Locale.ROOT).equals(other.strip().toLowerCase(Locale.ROOT));
    }
}
