package dev.drover.campaign;

import dev.drover.audience.DayChart;
import dev.drover.audience.Shown;
import dev.drover.kernel.Period;
import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a campaign's report tells beside its sums: by day, by link, and why some got nothing. Machines are left out. */
@Component
class CampaignReport {

    private static final int MOST_LINKS = 20;
    private static final int MOST_DAYS = 60;
    private static final int LEAST_DAYS = 7;

    record LinkRow(String url, long clicks, long people) {}

    /** @param device {@code desktop}, {@code mobile}, {@code tablet} or {@code unknown} @param client the program's name @param opened people; who clicked opened, too */
    record DeviceRow(String device, String client, long opened, long clicked) {}

    /** @param reason {@code null}: none is known */
    record Fate(String status, @Nullable String rule, @Nullable String reason, long count) {}

    private record Daily(LocalDate day, long sent, long opened, long clicked) {}

    private final JdbcClient jdbc;

    CampaignReport(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The most clicked first. */
    List<LinkRow> links(long campaign) {
        return jdbc.sql("""
                SELECT l.url, count(*) AS clicks, count(DISTINCT m.customer_id) AS people FROM (""" + CampaignMessages.ITS + """
                       ) m JOIN engagement e ON e.message_id = m.id JOIN tracked_link l ON l.id = e.link_id
                 WHERE e.kind = 'click' AND e.decided AND e.machine IS NULL GROUP BY l.url ORDER BY clicks DESC, l.url LIMIT :most""")
                .param("campaign", Long.toString(campaign)).param("most", MOST_LINKS).query((row, n) -> new LinkRow(row.getString(1), row.getLong(2), row.getLong(3))).list();
    }

    /** What people read with: those who opened and clicked by device and mail program; of most first. */
    List<DeviceRow> devices(long campaign) {
        return jdbc.sql("""
                SELECT e.device, e.client, count(DISTINCT m.customer_id) AS opened, count(DISTINCT m.customer_id) FILTER (WHERE e.kind = 'click') AS clicked FROM (""" + CampaignMessages.ITS + """
                       ) m JOIN engagement e ON e.message_id = m.id
                 WHERE e.kind IN ('open', 'click') AND e.decided AND e.machine IS NULL GROUP BY e.device, e.client ORDER BY opened DESC, e.device, e.client LIMIT :most""")
                .param("campaign", Long.toString(campaign)).param("most", MOST_LINKS).query((row, n) -> new DeviceRow(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4))).list();
    }

    /** Why messages weren't sent, or not yet; those of most first. */
    List<Fate> unsent(long campaign) {
        return jdbc.sql("""
                SELECT status, rule, CASE WHEN rule = 'best-hour' THEN 'waits for the best hour of each, an estimate' ELSE min(reason) END AS reason, count(*) AS count FROM (""" + CampaignMessages.ITS + """
                       ) m WHERE status NOT IN ('sent', 'delivered', 'sending')
                   AND NOT (status = 'queued' AND reason IS NULL) GROUP BY status, rule ORDER BY count DESC, status, rule""").param("campaign", Long.toString(campaign))
                .query((row, n) -> new Fate(row.getString(1), row.getString(2), row.getString(3), row.getLong(4))).list();
    }

    /** What left, was opened and was clicked, by day (UTC). @param from the day it began */
    DayChart days(long campaign, Instant from, Instant now) {
        var first = from.atZone(ZoneOffset.UTC).toLocalDate();
        var last = now.atZone(ZoneOffset.UTC).toLocalDate();
        Map<LocalDate, Daily> byDay = new HashMap<>();
        jdbc.sql("""
                WITH its AS MATERIALIZED (SELECT id, sent_at FROM (""" + CampaignMessages.ITS + """
                     ) m)
                SELECT day, sum(sent) AS sent, sum(opened) AS opened, sum(clicked) AS clicked FROM (
                       SELECT (sent_at AT TIME ZONE 'UTC')::date AS day, count(*) AS sent, 0 AS opened, 0 AS clicked FROM its WHERE sent_at IS NOT NULL GROUP BY 1
                       UNION ALL
                       SELECT (e.at AT TIME ZONE 'UTC')::date, 0, count(*) FILTER (WHERE e.kind = 'open'), count(*) FILTER (WHERE e.kind = 'click') FROM its JOIN engagement e ON e.message_id = its.id
                        WHERE e.decided AND e.machine IS NULL GROUP BY 1) days GROUP BY day""").param("campaign", Long.toString(campaign))
                .query(row -> {
                    var day = row.getObject(1, Date.class).toLocalDate();
                    byDay.put(day, new Daily(day, row.getLong(2), row.getLong(3), row.getLong(4)));
                });
        // The first weeks tell it all; of one that comes again and again, the last.
        var begin = last.minusDays(MOST_DAYS - 1).isAfter(first) ? last.minusDays(MOST_DAYS - 1) : first;
        // A week at least, and the newest day last: that is where a phone looks first.
        return DayChart.of(new Period(begin.isAfter(last.minusDays(LEAST_DAYS - 1)) ? last.minusDays(LEAST_DAYS - 1) : begin, last), day -> {
            var it = byDay.getOrDefault(day, new Daily(day, 0, 0, 0));
            String says = ": %s sent, %s opened, %s clicked".formatted(Shown.number(it.sent()), Shown.number(it.opened()), Shown.number(it.clicked()));
            return List.of(new DayChart.Part("campaign-clicked", it.clicked(), says), new DayChart.Part("campaign-opened", Math.max(0, it.opened() - it.clicked()), says),
                    new DayChart.Part("campaign-sent", Math.max(0, it.sent() - Math.max(it.opened(), it.clicked())), says));
        });
    }
}
