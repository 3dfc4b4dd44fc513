package dev.drover.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drover.kernel.PlatformClock;
import java.sql.Timestamp;
import java.time.Duration;
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
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

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

    /** @param days those on which something was sent, oldest first @param at when they were summed up */
    record Report(List<Day> days, Instant at) {

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

    private record Asked(Instant from, Instant to) {}

    /** What takes longer to sum up is kept for a while: a million messages are, and change little within a minute. */
    private static final Duration LONG = Duration.ofMillis(500);
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final int MOST_KEPT = 50;

    private final JdbcClient jdbc;
    private final TransactionTemplate reading;
    private final PlatformClock clock;
    private final Cache<Asked, Report> kept = Caffeine.newBuilder().maximumSize(MOST_KEPT).build();

    Deliverability(JdbcClient jdbc, PlatformTransactionManager transactions, PlatformClock clock) {
        this.jdbc = jdbc;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
        this.clock = clock;
    }

    /** Days are UTC. What becomes of a message later counts on the day it was sent. */
    Report between(Instant from, Instant to) {
        var asked = new Asked(from, to);
        var known = kept.getIfPresent(asked);
        if (known != null && Duration.between(known.at(), clock.instant()).compareTo(KEPT) < 0) {
            return known;
        }
        long begun = System.nanoTime();
        var report = new Report(reading.execute(status -> days(from, to)), clock.instant());
        if (System.nanoTime() - begun > LONG.toNanos()) {
            kept.put(asked, report);
        } else {
            kept.invalidate(asked);
        }
        return report;
    }

    private List<Day> days(Instant from, Instant to) {
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
        return List.copyOf(days);
    }
}
