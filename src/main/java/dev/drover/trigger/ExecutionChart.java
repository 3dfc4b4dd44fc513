package dev.drover.trigger;

import dev.drover.audience.Shown;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What came of a trigger by day, in bars of SVG that the page holds itself. @param days the same for those who can't see it: only days on which something was */
record ExecutionChart(int width, int height, List<Bar> bars, List<Label> labels, String most, List<Day> days) {

    private static final int WIDTH = 800;
    private static final int HEIGHT = 180;
    private static final int LEFT = 56;
    private static final int BOTTOM = 24;
    private static final int TOP = 10;
    private static final int LABELS = 6;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    /** From the foot of a bar up. */
    private static final List<String> ORDER = List.of("success", "waiting", "running", "skipped", "rate_limited", "held", "failed");

    /** @param status for its colour @param says when it is pointed at */
    record Bar(String status, String x, String y, String width, String height, String says) {}

    record Label(String x, String text) {}

    record Day(String day, String says) {}

    static ExecutionChart of(Map<LocalDate, Map<String, Long>> byDay) {
        long most = Math.max(1, byDay.values().stream().mapToLong(ExecutionChart::sum).max().orElse(0));
        double slot = (double) (WIDTH - LEFT) / Math.max(1, byDay.size());
        double scale = (double) (HEIGHT - TOP - BOTTOM) / most;
        var bars = new ArrayList<Bar>();
        var labels = new ArrayList<Label>();
        var days = new ArrayList<Day>();
        int n = 0;
        for (var day : byDay.entrySet()) {
            double x = LEFT + slot * n;
            double foot = HEIGHT - BOTTOM;
            for (String status : ORDER) {
                long count = day.getValue().getOrDefault(status, 0L);
                if (count > 0) {
                    foot -= count * scale;
                    bars.add(new Bar(status, number(x + slot * 0.1), number(foot), number(slot * 0.8), number(Math.max(1, count * scale)), "%s: %s %s".formatted(DAY.format(day.getKey()), Shown.number(count), status.replace('_', ' '))));
                }
            }
            if (n % Math.max(1, byDay.size() / LABELS) == 0) {
                labels.add(new Label(number(x + slot / 2), DAY.format(day.getKey())));
            }
            if (sum(day.getValue()) > 0) {
                days.add(new Day(DAY.format(day.getKey()), String.join(", ", ORDER.stream().filter(day.getValue()::containsKey)
                        .map(status -> Shown.number(day.getValue().get(status)) + " " + status.replace('_', ' ')).toList())));
            }
            n++;
        }
        return new ExecutionChart(WIDTH, HEIGHT, bars, labels, Shown.number(most), days);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
