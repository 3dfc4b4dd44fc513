package dev.drover.journey;

import java.time.Duration;

/** How long, as one says it: the two largest units that matter. */
final class Waits {

    private Waits() {}

    static String words(Duration time) {
        if (time.compareTo(Duration.ofSeconds(1)) < 0) {
            return "under 1 s";
        }
        if (time.toMinutes() < 1) {
            return time.toSeconds() + " s";
        }
        if (time.toHours() < 1) {
            return time.toMinutes() + " min";
        }
        return time.toDays() < 1 ? both(time.toHours(), "h", time.toMinutesPart(), "min") : both(time.toDays(), "d", time.toHoursPart(), "h");
    }

    private static String both(long large, String unit, int small, String smaller) {
        return small == 0 ? large + " " + unit : "%d %s %d %s".formatted(large, unit, small, smaller);
    }
}
