package dev.drover.campaign;

import dev.drover.audience.Shown;
import dev.drover.campaign.BestHours.Chosen;
import dev.drover.campaign.Runs.Run;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How a campaign sent at each one's best hour is spread over the hours of the customers' own clocks, and on whose reactions that rests. */
@Component
class HourSpread {

    /** @param own whose hour rests on reactions of their own, too @param everybodys on everybody's alone */
    record Hour(int hour, long own, long everybodys) {

        public long count() {
            return own + everybodys;
        }
    }

    /** An hour as pages show it. @param share of the fullest hour, 0 to 100 */
    record Shows(String hour, String count, String own, String share) {}

    private final JdbcClient jdbc;

    HourSpread(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    static List<Hour> of(Collection<Chosen> chosen) {
        var hours = new TreeMap<Integer, Hour>();
        chosen.forEach(one -> hours.merge(one.hour(), new Hour(one.hour(), one.reactions() > 0 ? 1 : 0, one.reactions() > 0 ? 0 : 1), (a, b) -> new Hour(a.hour(), a.own() + b.own(), a.everybodys() + b.everybodys())));
        return List.copyOf(hours.values());
    }

    /** A sample's, as it would be of all. */
    static List<Hour> projected(List<Hour> hours, double times) {
        return hours.stream().map(hour -> new Hour(hour.hour(), Math.round(hour.own() * times), Math.round(hour.everybodys() * times))).toList();
    }

    /** In the transaction that queues them. */
    void add(Run run, List<Hour> hours) {
        for (Hour hour : hours) {
            jdbc.sql("""
                    INSERT INTO campaign_hour (campaign_id, run, hour, own, everybodys) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (campaign_id, run, hour) DO UPDATE SET own = campaign_hour.own + excluded.own, everybodys = campaign_hour.everybodys + excluded.everybodys""")
                    .params(run.campaign(), run.number(), hour.hour(), hour.own(), hour.everybodys()).update();
        }
    }

    /** Of a run, as far as it is queued; empty where it isn't sent so. */
    List<Hour> of(long campaign, int run) {
        return jdbc.sql("SELECT hour, own, everybodys FROM campaign_hour WHERE campaign_id = ? AND run = ? ORDER BY hour").params(campaign, run)
                .query((row, n) -> new Hour(row.getInt(1), row.getLong(2), row.getLong(3))).list();
    }

    static List<Shows> shown(List<Hour> hours) {
        long most = hours.stream().mapToLong(Hour::count).max().orElse(1);
        return hours.stream().map(hour -> new Shows("%02d:00".formatted(hour.hour()), Shown.number(hour.count()), Shown.number(hour.own()), String.format(Locale.ROOT, "%.2f", 100.0 * hour.count() / Math.max(1, most)))).toList();
    }

    /** For people to read: what it rests on. */
    static String words(List<Hour> hours) {
        long own = hours.stream().mapToLong(Hour::own).sum();
        long everybodys = hours.stream().mapToLong(Hour::everybodys).sum();
        if (own == 0) {
            return "An estimate, by everybody’s habits alone.";
        }
        if (everybodys == 0) {
            return "An estimate, by when each of them opened or clicked before.";
        }
        return "An estimate: for %s by when they opened or clicked before, for %s by everybody’s habits alone.".formatted(Shown.number(own), Shown.number(everybodys));
    }

    static List<Map<String, Object>> told(List<Hour> hours) {
        return hours.stream().map(hour -> Map.<String, Object>of("hour", hour.hour(), "own", hour.own(), "everybodys", hour.everybodys())).collect(Collectors.toList());
    }
}
