package dev.drover.segment.builder;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/** A date a condition compares with: a day, or so long before or after now. */
public sealed interface Day {

    /** How these are written, for complaints. */
    String EXAMPLES = "2026-01-31, -30d or -12h";

    /** @param date in UTC */
    record Fixed(LocalDate date) implements Day {

        @Override
        public String toString() {
            return date.toString();
        }
    }

    /** @param hours before now; negative: after */
    record Ago(int hours) implements Day {

        static final Ago NOW = new Ago(0);

        static Ago days(int days) {
            return new Ago(days * 24);
        }

        boolean whole() {
            return hours % 24 == 0;
        }

        /** As rules compare "days since"; hours rounded to a tenth of a second. */
        BigDecimal days() {
            return BigDecimal.valueOf(hours).divide(BigDecimal.valueOf(24), 6, RoundingMode.HALF_UP).stripTrailingZeros();
        }

        static Optional<Ago> ofDays(BigDecimal days) {
            var hours = days.multiply(BigDecimal.valueOf(24)).setScale(0, RoundingMode.HALF_UP);
            if (hours.abs().compareTo(BigDecimal.valueOf(MOST_HOURS)) > 0) {
                return Optional.empty();
            }
            var ago = new Ago(hours.intValueExact());
            return ago.days().compareTo(days) == 0 ? Optional.of(ago) : Optional.empty();
        }

        @Override
        public String toString() {
            return (hours > 0 ? "-" : "+") + (whole() ? Math.abs(hours / 24) + "d" : Math.abs(hours) + "h");
        }
    }

    int MOST_HOURS = 36_500 * 24;
    Pattern RELATIVE = Pattern.compile("([+-])(\\d{1,6})([dhwmy])");

    /** @return empty: it is no date */
    static Optional<Day> parse(String text) {
        var relative = RELATIVE.matcher(text);
        if (relative.matches()) {
            long hours = Long.parseLong(relative.group(2)) * switch (relative.group(3)) {
                case "h" -> 1;
                case "w" -> 7 * 24;
                case "m" -> 30 * 24;
                case "y" -> 365 * 24;
                default -> 24;
            };
            return hours > MOST_HOURS ? Optional.empty() : Optional.of(new Ago((int) (relative.group(1).equals("-") ? hours : -hours)));
        }
        try {
            if (text.length() == 10) {
                return Optional.of(LocalDate.parse(text)).filter(date -> date.getYear() > 0).map(Fixed::new);
            }
            var instant = Instant.parse(text).atOffset(ZoneOffset.UTC);
            // Facts compare whole days; a time of day would be lost without a word.
            return instant.toLocalTime().toNanoOfDay() == 0 && instant.getYear() > 0 && instant.getYear() < 10_000 ? Optional.of(new Fixed(instant.toLocalDate())) : Optional.empty();
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }
}
