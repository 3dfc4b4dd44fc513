package dev.drover.delivery;

import dev.drover.audience.Shown;
import dev.drover.delivery.Deliverability.Counts;
import dev.drover.delivery.Deliverability.Mailboxes;
import dev.drover.kernel.Period;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was sent by day, in bars of SVG that the page holds itself: no script draws them, and both themes colour them. The table says the same.
 *
 * @param labels along the bottom
 */
record DeliverabilityChart(int width, int height, List<Bar> bars, List<Label> labels, List<Line> lines) {

    static final int WIDTH = 800;
    static final int HEIGHT = 220;
    private static final int LEFT = 56;
    private static final int BOTTOM = 24;
    private static final int TOP = 10;
    private static final int LABELS = 6;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

    /** @param kind for its colour @param says when it is pointed at */
    record Bar(String kind, String x, String y, String width, String height, String says) {}

    record Label(String x, String text) {}

    /** A line across, with its number. */
    record Line(String y, String text) {}

    static DeliverabilityChart of(Period period, Deliverability.Report report) {
        var byDay = report.byDay();
        long most = byDay.values().stream().mapToLong(DeliverabilityChart::sent).max().orElse(0);
        long top = roundUp(most);
        double slot = (double) (WIDTH - LEFT) / period.days();
        double scale = (double) (HEIGHT - TOP - BOTTOM) / top;
        var bars = new ArrayList<Bar>();
        byDay.forEach((day, counts) -> {
            double x = LEFT + slot * ChronoUnit.DAYS.between(period.first(), day);
            double foot = HEIGHT - BOTTOM;
            for (Mailboxes mailboxes : Mailboxes.values()) {
                long sent = counts.getOrDefault(mailboxes, Counts.NONE).sent();
                if (sent > 0) {
                    foot -= sent * scale;
                    bars.add(new Bar(mailboxes.key(), number(x + slot * 0.1), number(foot), number(slot * 0.8), number(sent * scale),
                            "%s, %s: %s sent".formatted(DAY.format(day), mailboxes.words(), Shown.number(sent))));
                }
            }
        });
        return new DeliverabilityChart(WIDTH, HEIGHT, bars, labels(period, slot), List.of(new Line(number(TOP), Shown.number(top)),
                new Line(number(TOP + (HEIGHT - TOP - BOTTOM) / 2.0), Shown.number(top / 2)), new Line(number(HEIGHT - BOTTOM), "0")));
    }

    private static List<Label> labels(Period period, double slot) {
        int step = Math.max(1, period.days() / LABELS);
        var labels = new ArrayList<Label>();
        for (int n = 0; n < period.days(); n += step) {
            LocalDate day = period.first().plusDays(n);
            labels.add(new Label(number(LEFT + slot * (n + 0.5)), DAY.format(day)));
        }
        return labels;
    }

    private static long sent(Map<Mailboxes, Counts> counts) {
        return counts.values().stream().mapToLong(Counts::sent).sum();
    }

    /** The next 2, 4 or 10 of its magnitude, so that the middle line is a round number, too. */
    static long roundUp(long number) {
        long magnitude = 1;
        while (magnitude * 10 < number) {
            magnitude *= 10;
        }
        for (long step : new long[] {2, 4, 10}) {
            if (step * magnitude >= number) {
                return step * magnitude;
            }
        }
        return 10 * magnitude;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
