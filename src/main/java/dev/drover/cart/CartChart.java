package dev.drover.cart;

import dev.drover.audience.Shown;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Carts left by day, what was ordered of them below, in bars of SVG that the page holds itself. The export says the same. */
record CartChart(int width, int height, List<Bar> bars, List<Label> labels, List<Line> lines) {

    private static final int WIDTH = 800;
    private static final int HEIGHT = 220;
    private static final int LEFT = 56;
    private static final int BOTTOM = 24;
    private static final int TOP = 10;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

    /** @param says when it is pointed at */
    record Bar(String kind, String x, String y, String width, String height, String says) {}

    record Label(String x, String text) {}

    record Line(String y, String text) {}

    static CartChart of(List<CartFigures.Day> days) {
        long top = roundUp(days.stream().mapToLong(CartFigures.Day::left).max().orElse(0));
        double slot = (double) (WIDTH - LEFT) / days.size();
        double scale = (double) (HEIGHT - TOP - BOTTOM) / top;
        var bars = new ArrayList<Bar>();
        var labels = new ArrayList<Label>();
        int step = Math.max(1, days.size() / 6);
        for (int n = 0; n < days.size(); n++) {
            var day = days.get(n);
            double x = LEFT + slot * n;
            String says = "%s: %s left, %s of them ordered".formatted(DAY.format(day.day()), Shown.number(day.left()), Shown.number(day.ordered()));
            double foot = HEIGHT - BOTTOM - day.ordered() * scale;
            if (day.ordered() > 0) {
                bars.add(new Bar("ordered", number(x + slot * 0.1), number(foot), number(slot * 0.8), number(day.ordered() * scale), says));
            }
            if (day.left() > day.ordered()) {
                double height = (day.left() - day.ordered()) * scale;
                bars.add(new Bar("left", number(x + slot * 0.1), number(foot - height), number(slot * 0.8), number(height), says));
            }
            if (n % step == 0) {
                labels.add(new Label(number(x + slot * 0.5), DAY.format(day.day())));
            }
        }
        return new CartChart(WIDTH, HEIGHT, bars, labels, List.of(new Line(number(TOP), Shown.number(top)), new Line(number(TOP + (HEIGHT - TOP - BOTTOM) / 2.0), Shown.number(top / 2)),
                new Line(number(HEIGHT - BOTTOM), "0")));
    }

    /** The next 2, 4 or 10 of its magnitude, so that the middle line is a round number, too. */
    private static long roundUp(long number) {
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
