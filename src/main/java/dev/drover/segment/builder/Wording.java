package dev.drover.segment.builder;

import dev.drover.segment.builder.Criteria.Condition;
import dev.drover.segment.builder.Criteria.Logic;
import dev.drover.segment.builder.Day.Ago;
import dev.drover.segment.builder.Day.Fixed;
import java.math.BigDecimal;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Criteria in words for marketers. */
public final class Wording {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);

    private Wording() {}

    /** One sentence without its full stop, such as "Number of orders is at least 5, and country is NL or BE". */
    public static String sentence(Criteria criteria) {
        String words = words(criteria, true);
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    static String words(Criteria criteria, boolean outermost) {
        return switch (criteria) {
            case Condition condition -> condition(condition);
            case Criteria.Group group -> {
                String joined = group.parts().stream().map(part -> words(part, false)).collect(Collectors.joining(group.logic() == Logic.AND ? ", and " : ", or "));
                yield outermost ? joined : (group.logic() == Logic.AND ? "(" : "(either ") + joined + ")";
            }
        };
    }

    static String condition(Condition condition) {
        String field = condition.field().words();
        return switch (condition.field().kind().type) {
            case SEGMENT -> (condition.relation() == Relation.NEQ ? "isn’t in the segment " : "is in the segment ") + condition.values().getFirst();
            case FLAG -> field + (Boolean.TRUE.equals(condition.values().getFirst()) ? " is yes" : " is no");
            case DATE -> field + " " + date(condition);
            case COUNT, NUMBER, SCORE, TEXT, CHOICE -> field + " " + plain(condition);
        };
    }

    private static String plain(Condition condition) {
        var values = condition.values().stream().map(Wording::value).toList();
        return switch (condition.relation()) {
            case EQ -> "is " + values.getFirst();
            case NEQ -> (condition.field().kind().type == Kind.Type.TEXT ? "is known and isn’t " : "isn’t ") + values.getFirst();
            case GT -> "is more than " + values.getFirst();
            case GTE -> "is at least " + values.getFirst();
            case LT -> "is less than " + values.getFirst();
            case LTE -> "is at most " + values.getFirst();
            case CONTAINS -> "contains “" + values.getFirst() + "”";
            case IN -> "is " + listed(values);
            case BETWEEN -> "is between " + values.getFirst() + " and " + values.getLast();
            case KNOWN -> "is known";
            case UNKNOWN -> "isn’t known";
            case WITHIN_LAST, NOT_WITHIN_LAST -> throw new IllegalStateException(condition.toString());
        };
    }

    private static String listed(List<String> values) {
        var shown = values.size() > 6 ? values.subList(0, 5) : values;
        String rest = values.size() > shown.size() ? " or one of %d more".formatted(values.size() - shown.size()) : "";
        return rest.isEmpty() ? String.join(", ", shown.subList(0, shown.size() - 1)) + " or " + shown.getLast() : String.join(", ", shown) + rest;
    }

    private static String value(Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    private static String date(Condition condition) {
        Object first = condition.values().getFirst();
        Object last = condition.values().getLast();
        return switch (condition.relation()) {
            case WITHIN_LAST -> "is within the last " + days((BigDecimal) first);
            case NOT_WITHIN_LAST -> "isn’t within the last %s (or never was)".formatted(days((BigDecimal) first));
            case GTE -> first instanceof Fixed ? "is on or after " + day(first) : isPast(first) ? "is at most " + day(first) : "is " + day(first) + " or later";
            case GT -> (isPast(first) ? "is less than " : "is later than ") + day(first);
            case LT -> (isPast(first) ? "is more than " : "is before ") + day(first);
            case LTE -> isPast(first) ? "is at least " + day(first) : "is " + day(first) + " or earlier";
            case EQ -> first instanceof Fixed ? "is on " + day(first) : "is " + day(first);
            case NEQ -> "is known and isn’t " + day(first);
            case BETWEEN -> "is between " + day(first) + " and " + day(last);
            default -> throw new IllegalStateException(condition.toString());
        };
    }

    private static boolean isPast(Object day) {
        return day instanceof Ago ago && ago.hours() > 0;
    }

    private static String days(BigDecimal days) {
        return days.compareTo(BigDecimal.ONE) == 0 ? "day" : days.toPlainString() + " days";
    }

    static String day(Object day) {
        if (day instanceof Fixed fixed) {
            return DAY.format(fixed.date());
        }
        var ago = (Ago) day;
        if (ago.hours() == 0) {
            return "now";
        }
        int amount = ago.whole() ? Math.abs(ago.hours() / 24) : Math.abs(ago.hours());
        return amount + (ago.whole() ? " day" : " hour") + (amount == 1 ? "" : "s") + (ago.hours() > 0 ? " ago" : " ahead");
    }
}
