package dev.drover.kernel;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with an input, field by field, so that the caller hears all of it at once. */
public final class Checks {

    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Duration AHEAD = Duration.ofDays(1);
    private static final BigDecimal MOST_MONEY = new BigDecimal("1000000000");
    private static final int FINEST = 20;
    private static final Pattern PHONE = Pattern.compile("\\+[1-9][0-9]{6,14}");

    private final List<Problem.FieldError> errors = new ArrayList<>();

    public Checks fail(String field, String message) {
        errors.add(new Problem.FieldError(field, message));
        return this;
    }

    public Checks required(String field, @Nullable Object value) {
        return value == null || value.toString().isBlank() ? fail(field, field + " is missing.") : this;
    }

    public Checks atMost(String field, @Nullable String value, int length) {
        return value != null && value.length() > length ? fail(field, "%s is longer than %d characters.".formatted(field, length)) : printable(field, value);
    }

    /** PostgreSQL has no place for a NUL in text, nor for half a character. */
    public Checks printable(String field, @Nullable String value) {
        return value == null || storable(value) ? this : fail(field, field + " holds a NUL or half a character (a lone surrogate).");
    }

    /** Maps, lists and values as they came in JSON: not too large, and nothing in them that {@code jsonb} can't hold. */
    public Checks json(String field, @Nullable Map<String, Object> value, int most) {
        if (value == null) {
            return this;
        }
        if (!storable(value)) {
            return fail(field, field + " hold a NUL, half a character (a lone surrogate) or a number beyond all measure.");
        }
        return Json.write(value).length() > most ? fail(field, "%s are larger than %d KB.".formatted(field, most / 1_024)) : this;
    }

    private static boolean storable(String text) {
        // Nearly no text has a surrogate at all; only then the pairs are looked at.
        return text.indexOf('\0') < 0 && (text.chars().noneMatch(one -> Character.isSurrogate((char) one)) || StandardCharsets.UTF_8.newEncoder().canEncode(text));
    }

    private static boolean storable(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> map.entrySet().stream().allMatch(entry -> storable(entry.getKey()) && storable(entry.getValue()));
            case List<?> list -> list.stream().allMatch(Checks::storable);
            case String text -> storable(text);
            case BigDecimal number -> Math.abs((long) number.scale()) <= FINEST * 10 && number.precision() <= FINEST * 10;
            case BigInteger number -> number.bitLength() <= 600;
            case null, default -> true;
        };
    }

    public Checks email(String field, @Nullable String value) {
        String complaint = value == null ? null : EmailAddress.complaint(value);
        return complaint == null ? this : fail(field, "'%s' %s".formatted(shown(value), complaint));
    }

    public Checks phone(String field, @Nullable String value) {
        return value == null || PHONE.matcher(value).matches() ? this
                : fail(field, "'%s' is no phone number in international form, such as +31612345678.".formatted(shown(value)));
    }

    public Checks zone(String field, @Nullable String value) {
        try {
            if (value != null) {
                ZoneId.of(value);
            }
            return this;
        } catch (DateTimeException e) {
            return fail(field, "'%s' is no time zone, such as Europe/Amsterdam.".formatted(shown(value)));
        }
    }

    /** Refuses dates that can only be slips: before 1970, or more than a day ahead. */
    public Checks instant(String field, @Nullable Instant value, Instant now) {
        return value == null || !value.isBefore(EARLIEST) && !value.isAfter(now.plus(AHEAD)) ? this
                : fail(field, "%s is %s: a time between 1970 and now is expected.".formatted(field, value));
    }

    public Checks birthday(String field, @Nullable LocalDate value, LocalDate today) {
        return value == null || value.getYear() >= 1900 && !value.isAfter(today) ? this : fail(field, "%s is no day of birth.".formatted(value));
    }

    public Checks money(String field, @Nullable BigDecimal value) {
        return value == null || value.signum() >= 0 && value.compareTo(MOST_MONEY) <= 0 && reasonable(value) ? this
                : fail(field, "%s must be between 0 and a thousand million.".formatted(field));
    }

    public Checks quantity(String field, @Nullable BigDecimal value) {
        if (value == null) {
            return fail(field, field + " is missing.");
        }
        return value.signum() > 0 && value.compareTo(MOST_MONEY) <= 0 && reasonable(value) ? this
                : fail(field, "%s is %s: more than 0 is expected, and at most a thousand million.".formatted(field, shown(value.toString())));
    }

    /** A few characters such as 1e-999999999 would become a thousand million digits once they are added up or printed. */
    private static boolean reasonable(BigDecimal value) {
        return Math.abs((long) value.scale()) <= FINEST;
    }

    public boolean ok() {
        return errors.isEmpty();
    }

    public List<Problem.FieldError> errors() {
        return List.copyOf(errors);
    }

    /** @throws Problem rejected with everything that was found */
    public void orThrow() {
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    private static String shown(@Nullable String value) {
        return value == null ? "" : value.length() > 60 ? value.substring(0, 60) + "…" : value;
    }
}
