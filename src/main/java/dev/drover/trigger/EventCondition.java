package dev.drover.trigger;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A condition on what an event tells. Of a list, some element must fit. A comparison never holds of what the event doesn't tell, as with customers.
 *
 * @param path   names with dots between: {@code address.country}
 * @param values texts, numbers and {@code true} or {@code false}; none of {@code KNOWN} and {@code UNKNOWN}
 */
record EventCondition(String path, How how, List<Object> values) {

    static final Pattern PATH = Pattern.compile("[\\p{L}\\p{N}_$-]+(\\.[\\p{L}\\p{N}_$-]+)*");
    private static final int LONGEST_NUMBER = 40;
    private static final int SHOWN = 60;

    enum How {
        EQ("=", "is"), NEQ("!=", "is told and isn’t"), GT(">", "is more than"), GTE(">=", "is at least"), LT("<", "is less than"), LTE("<=", "is at most"),
        CONTAINS("", "contains"), IN("", "is one of"), BETWEEN("", "is between"), KNOWN("", "is told"), UNKNOWN("", "isn’t told");

        private final String sign;
        private final String words;

        How(String sign, String words) {
            this.sign = sign;
            this.words = words;
        }

        static Optional<How> named(String name) {
            String plain = name.strip().toLowerCase(Locale.ROOT).replace("==", "=").replace("<>", "!=");
            return Arrays.stream(values()).filter(one -> one.sign.equals(plain) && !plain.isEmpty() || one.name().toLowerCase(Locale.ROOT).equals(plain)).findFirst();
        }

        boolean takesNothing() {
            return this == KNOWN || this == UNKNOWN;
        }

        boolean takesList() {
            return this == IN || this == BETWEEN;
        }
    }

    boolean holds(Map<String, Object> event) {
        var told = told(event);
        return switch (how) {
            case KNOWN -> !told.isEmpty();
            case UNKNOWN -> told.isEmpty();
            case EQ, IN -> told.stream().anyMatch(one -> values.stream().anyMatch(value -> same(one, value)));
            case NEQ -> !told.isEmpty() && told.stream().noneMatch(one -> same(one, values.getFirst()));
            case CONTAINS -> told.stream().anyMatch(one -> one instanceof String text && text.contains(values.getFirst().toString()));
            case GT -> any(told, order -> order > 0);
            case GTE -> any(told, order -> order >= 0);
            case LT -> any(told, order -> order < 0);
            case LTE -> any(told, order -> order <= 0);
            case BETWEEN -> told.stream().anyMatch(one -> ordered(one, values.getFirst(), order -> order >= 0) && ordered(one, values.getLast(), order -> order <= 0));
        };
    }

    /** For people: what the event tells there. */
    String actual(Map<String, Object> event) {
        var told = told(event);
        String shown = told.isEmpty() ? "nothing" : told.stream().limit(3).map(one -> one instanceof String text ? "\"" + text + "\"" : one.toString()).collect(Collectors.joining(", "))
                + (told.size() > 3 ? ", …" : "");
        return shown.length() > SHOWN ? shown.substring(0, SHOWN) + "…" : shown;
    }

    String words() {
        String value = switch (how) {
            case KNOWN, UNKNOWN -> "";
            case BETWEEN -> " " + values.getFirst() + " and " + values.getLast();
            default -> " " + values.stream().map(Object::toString).collect(Collectors.joining(", "));
        };
        return "the event’s " + path + " " + how.words + value;
    }

    private List<Object> told(Map<String, Object> event) {
        List<Object> found = List.of(event);
        for (String name : path.split("\\.")) {
            var deeper = new ArrayList<Object>();
            found.forEach(one -> add(deeper, one instanceof Map<?, ?> map ? map.get(name) : null));
            found = deeper;
        }
        return found;
    }

    private static void add(List<Object> found, @Nullable Object value) {
        if (value instanceof Collection<?> many) {
            many.forEach(one -> add(found, one));
        } else if (value != null) {
            found.add(value);
        }
    }

    private boolean any(List<Object> told, IntPredicate fits) {
        return told.stream().anyMatch(one -> ordered(one, values.getFirst(), fits));
    }

    private static boolean ordered(Object one, Object value, IntPredicate fits) {
        var numbers = number(one).flatMap(left -> number(value).map(right -> left.compareTo(right)));
        return numbers.or(() -> moment(one).flatMap(left -> moment(value).map(right -> left.compareTo(right)))).filter(order -> fits.test(order)).isPresent();
    }

    /** Shops write amounts as numbers or as texts: where a number is asked for, both are one. */
    private static boolean same(Object one, Object value) {
        return switch (value) {
            case BigDecimal number -> number(one).filter(told -> told.compareTo(number) == 0).isPresent();
            case Boolean flag -> one.equals(flag) || one.equals(flag.toString());
            default -> one.toString().equals(value.toString());
        };
    }

    private static Optional<BigDecimal> number(Object value) {
        String text = value instanceof Number || value instanceof String ? value.toString() : "";
        try {
            return text.isEmpty() || text.length() > LONGEST_NUMBER ? Optional.empty() : Optional.of(new BigDecimal(text.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> moment(Object value) {
        if (!(value instanceof String text) || text.length() < 10 || text.length() > LONGEST_NUMBER) {
            return Optional.empty();
        }
        try {
            return Optional.of(text.length() == 10 ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant() : OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
