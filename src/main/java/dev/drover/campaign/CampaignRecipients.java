package dev.drover.campaign;

import dev.drover.delivery.Message;
import dev.drover.delivery.MessageLedger;
import dev.drover.kernel.CsvText;
import dev.drover.kernel.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who got a campaign's messages, who didn't and why: a line for each message. */
@Component
class CampaignRecipients {

    private static final int COLUMNS = 13;
    private static final int FIRST_INSTANT = 9;
    private static final int LAST_INSTANT = 11;

    private final JdbcClient jdbc;
    private final MessageLedger ledger;

    CampaignRecipients(JdbcClient jdbc, MessageLedger ledger) {
        this.jdbc = jdbc;
        this.ledger = ledger;
    }

    /** Newest first. @param status {@code null}: whatever @param after {@code next} of the page before */
    Page<Message> list(long campaign, @Nullable String status, @Nullable String after, int limit) {
        var ids = jdbc.sql("SELECT id FROM (" + CampaignMessages.ITS + ") m WHERE id < :before AND (:status::text IS NULL OR status = :status) ORDER BY id DESC LIMIT :most")
                .param("campaign", Long.toString(campaign)).param("before", Objects.requireNonNullElse(Page.number(after), Long.MAX_VALUE)).param("status", status).param("most", limit + 1).query(Long.class).list();
        return Page.of(ledger.of(ids), limit, message -> Long.toString(message.id()));
    }

    /** Oldest first, a row at a time: half a million are never in memory. Instants are ISO 8601 in UTC. */
    @Transactional(readOnly = true)
    void write(long campaign, @Nullable String status, Writer to) {
        try (Stream<String> rows = jdbc.sql("SELECT m.id, c.external_id, m.channel, m.address, m.template, m.status, m.rule, m.reason, m.queued_at, m.sent_at, m.delivered_at, "
                + "EXISTS (SELECT FROM engagement e WHERE e.message_id = m.id AND e.decided AND e.machine IS NULL AND e.kind IN ('open', 'click')), "
                + "EXISTS (SELECT FROM engagement e WHERE e.message_id = m.id AND e.decided AND e.machine IS NULL AND e.kind = 'click') "
                + "FROM (" + CampaignMessages.ITS + ") m LEFT JOIN customer c ON c.id = m.customer_id WHERE :status::text IS NULL OR m.status = :status ORDER BY m.id")
                // In a transaction and by sets, else the driver reads all of it first.
                .param("campaign", Long.toString(campaign)).param("status", status).withFetchSize(1_000).query((row, n) -> line(row)).stream()) {
            to.write("message,customer,channel,address,template,status,rule,reason,queuedAt,sentAt,deliveredAt,opened,clicked\r\n");
            for (var lines = rows.iterator(); lines.hasNext();) {
                to.write(lines.next());
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static String line(ResultSet row) throws SQLException {
        var cells = new ArrayList<String>();
        for (int column = 1; column <= COLUMNS; column++) {
            boolean instant = column >= FIRST_INSTANT && column <= LAST_INSTANT;
            Object value = instant ? instant(row, column) : column > LAST_INSTANT ? (Object) row.getBoolean(column) : row.getString(column);
            cells.add(value == null ? "" : CsvText.cell(value.toString()));
        }
        return String.join(",", cells) + "\r\n";
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        var at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
