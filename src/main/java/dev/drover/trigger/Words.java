package dev.drover.trigger;

import java.time.Duration;
import java.util.ArrayList;

/** How spans of time are told to people. */
final class Words {

    private Words() {}

    /** "2 days 3 h", "30 min". */
    static String span(Duration span) {
        var parts = new ArrayList<String>();
        if (span.toDaysPart() > 0) {
            parts.add(span.toDaysPart() == 1 ? "1 day" : span.toDaysPart() + " days");
        }
        if (span.toHoursPart() > 0) {
            parts.add(span.toHoursPart() + " h");
        }
        if (span.toMinutesPart() > 0) {
            parts.add(span.toMinutesPart() + " min");
        }
        if (span.toSecondsPart() > 0 || parts.isEmpty()) {
            parts.add(span.toSecondsPart() + " s");
        }
        return String.join(" ", parts);
    }
}
