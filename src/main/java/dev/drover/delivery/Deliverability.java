package dev.drover.delivery;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How mail fares with those who run the mailboxes: what the reference calls email_deliverability_stats, read from the ledger. */
@Component
class Deliverability {

    /** @param words for people */
    enum Mailboxes {
        GMAIL("Gmail"), MICROSOFT("Microsoft"), YAHOO("Yahoo"), APPLE("Apple"), OTHER("Others");

        private final String words;

        Mailboxes(String words) {
            this.words = words;
        }

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        public String words() {
            return words;
        }
    }

    /**
     * @param sent      left us, whatever became of it
     * @param delivered the other side said that it took it: only some providers tell
     * @param bounced   came back for good
     * @param opened    by people, as far as anybody can tell; a click counts as one
     */
    record Counts(long sent, long delivered, long bounced, long complained, long opened) {
        static final Counts NONE = new Counts(0, 0, 0, 0, 0);

        Counts plus(Counts other) {
            return new Counts(sent + other.sent, delivered + other.delivered, bounced + other.bounced, complained + other.complained, opened + other.opened);
        }

        /** Of what was sent, in hundredths; 0 where nothing was. */
        double bounceRate() {
            return rate(bounced);
        }

        double complaintRate() {
            return rate(complained);
        }

        double openRate() {
            return rate(opened);
        }

        private double rate(long some) {
            return sent == 0 ? 0 : 100.0 * some / sent;
        }
    }

    record Day(LocalDate day, Mailboxes mailboxes, Counts counts) {}

    /** @param days those on which something was sent, oldest first */
    record Report(List<Day> days) {

        Map<Mailboxes, Counts> byMailboxes() {
            var sums = new EnumMap<Mailboxes, Counts>(Mailboxes.class);
            days.forEach(day -> sums.merge(day.mailboxes(), day.counts(), Counts::plus));
            return sums;
        }

        TreeMap<LocalDate, Map<Mailboxes, Counts>> byDay() {
            var found = new TreeMap<LocalDate, Map<Mailboxes, Counts>>();
            days.forEach(day -> found.computeIfAbsent(day.day(), none -> new EnumMap<>(Mailboxes.class)).put(day.mailboxes(), day.counts()));
            return found;
        }

        Counts all() {
            return days.stream().map(Day::counts).reduce(Counts.NONE, Counts::plus);
        }
    }

    private final JdbcClient jdbc;

    Deliverability(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Days are UTC. What becomes of a message later counts on the day it was sent. */
    @Transactional(readOnly = true)
    Report between(Instant from, Instant to) {
        var days = new ArrayList<Day>();
        // A year's opened messages are compared in memory instead of on the disk.
        jdbc.sql("SET LOCAL work_mem = '64MB'").update();
        jdbc.sql("""
                SELECT (m.sent_at AT TIME ZONE 'UTC')::date AS day, coalesce(m.mailbox, 'other') AS mailbox, count(*) AS sent,
                       count(*) FILTER (WHERE m.delivered_at IS NOT NULL AND m.status <> 'bounced') AS delivered,
                       count(*) FILTER (WHERE m.status = 'bounced') AS bounced, count(m.complained_at) AS complained, count(o.message_id) AS opened
                  FROM message m
                  LEFT JOIN (SELECT DISTINCT message_id FROM engagement WHERE decided AND machine IS NULL AND kind IN ('open', 'click') AND at >= :from) o ON o.message_id = m.id
                 WHERE m.sent_at >= :from AND m.sent_at < :to AND m.channel = 'email' AND m.origin_type <> 'test'
                 GROUP BY 1, 2 ORDER BY 1, 2""").param("from", Timestamp.from(from)).param("to", Timestamp.from(to)).query(row -> {
                    days.add(new Day(row.getObject("day", LocalDate.class), Mailboxes.valueOf(row.getString("mailbox").toUpperCase(Locale.ROOT)),
                            new Counts(row.getLong("sent"), row.getLong("delivered"), row.getLong("bounced"), row.getLong("complained"), row.getLong("opened"))));
                });
        return new Report(List.copyOf(days));
    }
}
