package dev.drover.cart;

import dev.drover.kernel.Period;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How carts that were left go on. What becomes of one later counts on the day (UTC) it was left. */
@Component
class CartFigures {

    private static final int BATCH = 10_000;

    /** @param reminded whom the nth reminder reached @param ordered after it and before the next; of the step 0, which is none: before the first */
    record Step(int number, long reminded, long ordered) {

        /** In hundredths of whom it reached; 0 where it reached nobody. */
        double rate() {
            return percent(ordered, reminded);
        }
    }

    /** @param left what lay in the carts when they were left @param recovered of it, what was ordered */
    record Value(String currency, BigDecimal left, BigDecimal recovered) {}

    record Day(LocalDate day, long left, long ordered) {}

    /**
     * @param left     with somebody to be reminded; the excluded ones aside
     * @param reminded at least once
     * @param cameBack by the link of a mail, as far as a person can be told from a machine
     * @param excluded left, not reminded, by reason, the most frequent first
     */
    record Report(long left, long reminded, long cameBack, long ordered, List<Step> steps, List<Value> values, Map<String, Long> excluded, List<Day> days) {

        double rate() {
            return percent(ordered, left);
        }
    }

    private record Row(long id, @Nullable Long customer, Instant at, Instant until, List<String> templates, boolean ordered, boolean cameBack, String currency, BigDecimal total) {}

    private final JdbcClient jdbc;
    private final SentReminders reminders;

    CartFigures(JdbcClient jdbc, SentReminders reminders) {
        this.jdbc = jdbc;
        this.reminders = reminders;
    }

    Report between(Period period) {
        var tally = new Tally();
        var rows = new ArrayList<Row>();
        // The same customer's next recovery ends this one: what is sent then is its reminder.
        jdbc.sql("""
                SELECT a.id, a.customer_id, a.abandoned_at, a.recovery_status = 'recovered' AS ordered, a.came_back_at IS NOT NULL AS came_back, c.currency, a.cart_total,
                       least(coalesce(a.recovered_at, a.expires_at), (SELECT min(b.abandoned_at) FROM abandoned_cart b
                             WHERE b.customer_id = a.customer_id AND b.abandoned_at > a.abandoned_at AND b.plan IS NOT NULL)) AS until,
                       (SELECT string_agg(DISTINCT step ->> 'template', ',') FROM jsonb_array_elements(a.plan) AS step) AS templates
                  FROM abandoned_cart a JOIN cart c ON c.id = a.cart_id
                 WHERE a.abandoned_at >= ? AND a.abandoned_at < ? AND a.recovery_status <> 'excluded'""")
                .param(Timestamp.from(period.from())).param(Timestamp.from(period.to())).query(row -> {
                    String templates = row.getString("templates");
                    rows.add(new Row(row.getLong("id"), row.getObject("customer_id", Long.class), row.getTimestamp("abandoned_at").toInstant(), row.getTimestamp("until").toInstant(),
                            templates == null ? List.of() : List.of(templates.split(",")), row.getBoolean("ordered"), row.getBoolean("came_back"), row.getString("currency"),
                            row.getBigDecimal("cart_total")));
                    if (rows.size() == BATCH) {
                        tally.add(rows, sent(rows));
                        rows.clear();
                    }
                });
        tally.add(rows, sent(rows));
        return tally.report(excluded(period), period);
    }

    private Map<Long, Integer> sent(List<Row> rows) {
        var begun = rows.stream().filter(row -> row.customer() != null && !row.templates().isEmpty())
                .map(row -> new SentReminders.Recovery(row.id(), row.customer(), row.at(), row.until(), row.templates())).toList();
        return begun.isEmpty() ? Map.of() : reminders.counts(begun);
    }

    private Map<String, Long> excluded(Period period) {
        var excluded = new LinkedHashMap<String, Long>();
        jdbc.sql("""
                SELECT coalesce(reason, 'no reason was noted'), count(*) FROM abandoned_cart
                 WHERE abandoned_at >= ? AND abandoned_at < ? AND recovery_status = 'excluded' GROUP BY 1 ORDER BY 2 DESC, 1""")
                .param(Timestamp.from(period.from())).param(Timestamp.from(period.to())).query(row -> {
                    excluded.put(row.getString(1), row.getLong(2));
                });
        return excluded;
    }

    static double percent(long part, long whole) {
        return whole == 0 ? 0 : 100.0 * part / whole;
    }

    /** Adds rows up as they are read: there may be hundreds of thousands. */
    private static final class Tally {
        private long left;
        private long reminded;
        private long cameBack;
        private long ordered;
        private final Map<Integer, Long> reached = new HashMap<>();
        private final Map<Integer, Long> orderedAfter = new HashMap<>();
        private final Map<String, Value> values = new TreeMap<>();
        private final Map<LocalDate, Day> days = new TreeMap<>();

        void add(List<Row> rows, Map<Long, Integer> sent) {
            for (Row row : rows) {
                int reminders = sent.getOrDefault(row.id(), 0);
                left++;
                reminded += reminders > 0 ? 1 : 0;
                cameBack += row.cameBack() ? 1 : 0;
                ordered += row.ordered() ? 1 : 0;
                for (int step = 0; step <= reminders; step++) {
                    reached.merge(step, 1L, Long::sum);
                }
                if (row.ordered()) {
                    orderedAfter.merge(reminders, 1L, Long::sum);
                }
                values.merge(row.currency(), new Value(row.currency(), row.total(), row.ordered() ? row.total() : BigDecimal.ZERO),
                        (one, two) -> new Value(one.currency(), one.left().add(two.left()), one.recovered().add(two.recovered())));
                var day = row.at().atZone(ZoneOffset.UTC).toLocalDate();
                days.merge(day, new Day(day, 1, row.ordered() ? 1 : 0), (one, two) -> new Day(day, one.left() + two.left(), one.ordered() + two.ordered()));
            }
        }

        Report report(Map<String, Long> excluded, Period period) {
            var steps = new ArrayList<Step>();
            reached.keySet().stream().sorted().forEach(step -> steps.add(new Step(step, reached.get(step), orderedAfter.getOrDefault(step, 0L))));
            var all = new ArrayList<Day>();
            for (var day = period.first(); !day.isAfter(period.last()); day = day.plusDays(1)) {
                all.add(days.getOrDefault(day, new Day(day, 0, 0)));
            }
            return new Report(left, reminded, cameBack, ordered, steps, List.copyOf(values.values()), excluded, all);
        }
    }
}
