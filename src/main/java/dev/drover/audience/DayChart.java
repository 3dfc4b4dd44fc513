package dev.drover.audience;

import dev.drover.kernel.Period;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Counts by day, in stacked bars of SVG that the page holds itself: no script draws them, and both themes colour them. A page shows it by the fragment
 * {@code web/days :: chart}, beside a table or an export that says the same.
 *
 * @param labels along the bottom
 */
public record DayChart(int width, int height, List<Bar> bars, List<Label> labels, List<Line> lines) {

    private static final int WIDTH = 800;
    private static final int HEIGHT = 220;
    private static final int LEFT = 56;
    private static final int BOTTOM = 24;
    private static final int TOP = 10;
    private static final int LABELS = 6;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

    /** A part of a day's bar. @param kind for its colour @param says behind the day, when it is pointed at */
    public record Part(String kind, long count, String says) {}

    public record Bar(String kind, String x, String y, String width, String height, String says) {}

    public record Label(String x, String text) {}

    /** A line across, with its number. */
    public record Line(String y, String text) {}

    /** @param parts of a day, from the foot of its bar up; those of nothing aren't drawn */
    public static DayChart of(Period period, Function<LocalDate, List<Part>> parts) {
        var days = period.first().datesUntil(period.last().plusDays(1)).toList();
        var byDay = days.stream().map(parts).toList();
        long top = roundUp(byDay.stream().mapToLong(day -> day.stream().mapToLong(Part::count).sum()).max().orElse(0));
        double slot = (double) (WIDTH - LEFT) / days.size();
        double scale = (double) (HEIGHT - TOP - BOTTOM) / top;
        int step = Math.max(1, days.size() / LABELS);
        var bars = new ArrayList<Bar>();
        var labels = new ArrayList<Label>();
        for (int n = 0; n < days.size(); n++) {
            double x = LEFT + slot * n;
            double foot = HEIGHT - BOTTOM;
            for (Part part : byDay.get(n)) {
                if (part.count() > 0) {
                    foot -= part.count() * scale;
                    bars.add(new Bar(part.kind(), number(x + slot * 0.1), number(foot), number(slot * 0.8), number(part.count() * scale), DAY.format(days.get(n)) + part.says()));
                }
            }
            if (n % step == 0) {
                labels.add(new Label(number(LEFT + slot * (n + 0.5)), DAY.format(days.get(n))));
            }
        }
        return new DayChart(WIDTH, HEIGHT, bars, labels, List.of(new Line(number(TOP), Shown.number(top)), new Line(number(TOP + (HEIGHT - TOP - BOTTOM) / 2.0), Shown.number(top / 2)),
                new Line(number(HEIGHT - BOTTOM), "0")));
    }

    /** The next 2, 4 or 10 of its magnitude, so that the middle line is a round number, too. */
    static long roundUp(long number) {
        long magnitude = 1;
        while (magnitude * 10 < number) {
            magnitude *= 10;
        }
        return number <= 2 * magnitude ? 2 * magnitude : number <= 4 * magnitude ? 4 * magnitude : 10 * magnitude;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
