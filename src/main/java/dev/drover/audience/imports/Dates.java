package dev.drover.audience.imports;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dates as files write them. A time without a zone is UTC. */
final class Dates {

    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("uuuu-M-d[['T'][' ']H:mm[:ss[[.SSSSSSSSS][.SSSSSS][.SSS]]][XXX][X]]")
            .withResolverStyle(ResolverStyle.STRICT);
    private static final Pattern SLASHED = Pattern.compile("(\\d{1,2})[/.\\-](\\d{1,2})[/.\\-](\\d{4})(?:[ T](\\d{1,2}):(\\d{2})(?::(\\d{2}))?)?");

    private Dates() {}

    /**
     * @param dayFirst how 5/12/2010 is meant
     * @throws DateTimeException when it is no date, or one that can be read in two ways and nobody said which
     */
    static Instant instant(String text, @Nullable Boolean dayFirst) {
        Matcher slashed = SLASHED.matcher(text);
        if (slashed.matches()) {
            return slashed(slashed, dayFirst);
        }
        var read = ISO.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
        return switch (read) {
            case OffsetDateTime zoned -> zoned.toInstant();
            case LocalDateTime local -> local.toInstant(ZoneOffset.UTC);
            default -> LocalDate.from(read).atStartOfDay().toInstant(ZoneOffset.UTC);
        };
    }

    private static Instant slashed(Matcher date, @Nullable Boolean dayFirst) {
        int first = Integer.parseInt(date.group(1));
        int second = Integer.parseInt(date.group(2));
        if (dayFirst == null && first <= 12 && second <= 12 && first != second) {
            throw new DateTimeException("It isn't clear whether the day or the month comes first");
        }
        boolean day = dayFirst != null ? dayFirst : first > 12;
        return LocalDateTime.of(Integer.parseInt(date.group(3)), day ? second : first, day ? first : second, number(date.group(4)), number(date.group(5)),
                number(date.group(6))).toInstant(ZoneOffset.UTC);
    }

    /** What the dates of many rows say: one day above 12 decides for all. {@code null}: nothing says it. */
    static @Nullable Boolean dayFirst(List<List<String>> rows) {
        for (List<String> row : rows) {
            for (String cell : row) {
                Matcher date = SLASHED.matcher(cell.strip());
                if (date.matches()) {
                    if (Integer.parseInt(date.group(1)) > 12) {
                        return true;
                    }
                    if (Integer.parseInt(date.group(2)) > 12) {
                        return false;
                    }
                }
            }
        }
        return null;
    }

    /** Whether the date can be read in two ways. */
    static boolean unclear(String text) {
        Matcher date = SLASHED.matcher(text.strip());
        return date.matches() && Integer.parseInt(date.group(1)) <= 12 && Integer.parseInt(date.group(2)) <= 12 && !date.group(1).equals(date.group(2));
    }

    static boolean slashed(String text) {
        return SLASHED.matcher(text.strip()).matches();
    }

    private static int number(@Nullable String text) {
        return text == null ? 0 : Integer.parseInt(text);
    }
}
