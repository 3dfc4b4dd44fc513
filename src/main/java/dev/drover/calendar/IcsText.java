package dev.drover.calendar;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Writes iCalendar, RFC 5545: content lines that end with CRLF and are folded at 75 octets, never within a character (3.1), text escaped (3.3.11). Nothing a value holds can
 * begin another line.
 */
final class IcsText {

    private static final int MOST_OCTETS = 75;
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter FLOATING = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT);

    private final StringBuilder written = new StringBuilder();

    /** @param name with its parameters @param value as it is to stand there; of texts {@link #text} */
    IcsText line(String name, String value) {
        int octets = 0;
        String line = name + ":" + value;
        for (int at = 0; at < line.length(); ) {
            int point = line.codePointAt(at);
            int its = Character.toString(point).getBytes(StandardCharsets.UTF_8).length;
            if (octets + its > MOST_OCTETS) {
                written.append("\r\n ");
                octets = 1;
            }
            written.appendCodePoint(point);
            octets += its;
            at += Character.charCount(point);
        }
        written.append("\r\n");
        return this;
    }

    IcsText text(String name, String value) {
        return line(name, escaped(value));
    }

    IcsText moment(String name, Instant at) {
        return line(name, UTC.format(at));
    }

    /** By whatever clock the reader has (form 1 of 3.3.5). */
    IcsText floating(String name, LocalDateTime at) {
        return line(name, FLOATING.format(at));
    }

    static String stamp(Instant at) {
        return UTC.format(at);
    }

    /** Control characters have no place in a text, but for line breaks, which have a sign of their own; half of a pair is no character at all. */
    static String escaped(String value) {
        var safe = new StringBuilder();
        value.replace("\r\n", "\n").replace('\r', '\n').codePoints().filter(point -> (point == '\n' || point == '\t' || !Character.isISOControl(point)) && !(point >= 0xD800 && point <= 0xDFFF)).forEach(point -> {
            switch (point) {
                case '\\' -> safe.append("\\\\");
                case ';' -> safe.append("\\;");
                case ',' -> safe.append("\\,");
                case '\n', 0x2028, 0x2029 -> safe.append("\\n");
                default -> safe.appendCodePoint(point);
            }
        });
        return safe.toString();
    }

    @Override
    public String toString() {
        return written.toString();
    }
}
