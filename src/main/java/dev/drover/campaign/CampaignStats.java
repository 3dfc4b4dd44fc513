package dev.drover.campaign;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.drover.kernel.PlatformClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What became of a campaign's messages, counted in the ledger. Machines' opens and clicks are left out. */
@Component
class CampaignStats {

    /**
     * @param recipients   messages that were queued, whatever became of them
     * @param waiting      of those, not left yet
     * @param sent         left us, whatever became of it
     * @param delivered    the other side said that it took it: only some providers tell
     * @param bounced      came back for good
     * @param opened       how often; {@code uniqueOpens}: how many messages, a click counts as one
     * @param unsubscribed took consent for the channel back within the days that orders count, too
     * @param orders       placed so soon after a click
     * @param revenue      of those, in the shop's currency
     */
    record Stats(long recipients, long waiting, long sent, long delivered, long bounced, long failed, long skipped, long complained, long opened, long uniqueOpens, long clicked,
            long uniqueClicks, long unsubscribed, long orders, BigDecimal revenue, Instant at) {

        double rate(long some) {
            return sent == 0 ? 0 : 100.0 * some / sent;
        }

        double openRate() {
            return rate(uniqueOpens);
        }

        double clickRate() {
            return rate(uniqueClicks);
        }

        double bounceRate() {
            return rate(bounced);
        }

        double unsubscribeRate() {
            return rate(unsubscribed);
        }
    }

    /** What takes longer to count is kept for a while, so that counting takes a twentieth of the time at most: a report asks every second while half a million leave. */
    private static final long LONG_NANOS = Duration.ofMillis(150).toNanos();
    private static final int KEPT_TIMES = 20;

    private final JdbcClient jdbc;
    private final CampaignSettings settings;
    private final PlatformClock clock;
    private final Cache<Long, Kept> kept = Caffeine.newBuilder().maximumSize(200).expireAfter(Expiry.<Long, Kept>creating((campaign, one) -> Duration.ofNanos(KEPT_TIMES * one.nanos))).build();

    CampaignStats(JdbcClient jdbc, CampaignSettings settings, PlatformClock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
    }

    Stats of(long campaign) {
        var known = kept.getIfPresent(campaign);
        if (known != null) {
            return known.stats;
        }
        long begun = System.nanoTime();
        var stats = count(campaign);
        long took = System.nanoTime() - begun;
        if (took > LONG_NANOS) {
            kept.put(campaign, new Kept(stats, took));
        }
        return stats;
    }

    private record Kept(Stats stats, long nanos) {}

    private Stats count(long campaign) {
        return jdbc.sql("""
                WITH its AS MATERIALIZED (SELECT id, customer_id, channel, status, sent_at, complained_at FROM (""" + CampaignMessages.ITS + """
                     ) m),
                     ledger AS (SELECT count(*) AS recipients, count(*) FILTER (WHERE status IN ('queued', 'deferred', 'sending')) AS waiting, count(sent_at) AS sent,
                                       count(*) FILTER (WHERE status = 'delivered') AS delivered, count(*) FILTER (WHERE status = 'bounced') AS bounced,
                                       count(*) FILTER (WHERE status = 'failed') AS failed, count(*) FILTER (WHERE status = 'skipped') AS skipped, count(complained_at) AS complained FROM its),
                     reacted AS (SELECT e.message_id, its.customer_id, e.kind, e.at FROM its JOIN engagement e ON e.message_id = its.id
                                  WHERE e.decided AND e.machine IS NULL AND e.kind IN ('open', 'click')),
                     reactions AS (SELECT count(*) FILTER (WHERE kind = 'open') AS opened, count(DISTINCT message_id) AS unique_opens, count(*) FILTER (WHERE kind = 'click') AS clicked,
                                          count(DISTINCT message_id) FILTER (WHERE kind = 'click') AS unique_clicks FROM reacted),
                     bought AS (SELECT count(*) AS orders, coalesce(sum(o.total), 0) AS revenue FROM customer_order o
                                 WHERE o.kind = 'order' AND EXISTS (SELECT FROM reacted r WHERE r.kind = 'click' AND r.customer_id = o.customer_id
                                                                       AND o.placed_at BETWEEN r.at AND r.at + make_interval(days => :days))),
                     gone AS (SELECT count(DISTINCT its.id) AS unsubscribed FROM its JOIN consent_change c ON c.customer_id = its.customer_id AND c.channel = its.channel AND NOT c.granted
                               WHERE its.sent_at IS NOT NULL AND c.given_at BETWEEN its.sent_at AND its.sent_at + make_interval(days => :days))
                SELECT * FROM ledger, reactions, bought, gone""")
                .param("campaign", Long.toString(campaign)).param("days", settings.attributionDays())
                .query((row, n) -> new Stats(row.getLong("recipients"), row.getLong("waiting"), row.getLong("sent"), row.getLong("delivered"), row.getLong("bounced"), row.getLong("failed"),
                        row.getLong("skipped"), row.getLong("complained"), row.getLong("opened"), row.getLong("unique_opens"), row.getLong("clicked"), row.getLong("unique_clicks"),
                        row.getLong("unsubscribed"), row.getLong("orders"), row.getBigDecimal("revenue"), clock.instant())).single();
    }
}
