package dev.drover.trigger;

import dev.drover.audience.DayChart;
import dev.drover.audience.Shown;
import dev.drover.kernel.Period;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What came of a trigger by day: as a chart, and the same in words for those who can't see it. @param words only of days on which something was */
record ExecutionDays(DayChart chart, List<String> words) {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    /** From the foot of a bar up. */
    private static final List<String> ORDER = List.of("success", "waiting", "running", "skipped", "rate_limited", "held", "failed");

    /** @param byDay the days of the period, in order */
    static ExecutionDays of(Period period, Map<LocalDate, Map<String, Long>> byDay) {
        var chart = DayChart.of(period, day -> ORDER.stream().map(status -> {
            long count = byDay.getOrDefault(day, Map.of()).getOrDefault(status, 0L);
            return new DayChart.Part(status, count, ": " + said(status, count));
        }).toList());
        return new ExecutionDays(chart, byDay.entrySet().stream().filter(day -> !day.getValue().isEmpty()).map(day -> DAY.format(day.getKey()) + ": "
                + ORDER.stream().filter(day.getValue()::containsKey).map(status -> said(status, day.getValue().get(status))).collect(Collectors.joining(", ")) + ".").toList());
    }

    private static String said(String status, long count) {
        return Shown.number(count) + " " + status.replace('_', ' ');
    }
}
