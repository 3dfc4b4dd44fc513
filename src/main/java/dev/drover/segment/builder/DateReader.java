package dev.drover.segment.builder;

import dev.drover.kernel.Checks;
import dev.drover.segment.builder.Criteria.Condition;
import dev.drover.segment.builder.Criteria.Logic;
import dev.drover.segment.builder.Day.Ago;
import dev.drover.segment.builder.Day.Fixed;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions on dates: {@code lastOrderDate gte -30d}, {@code birthday lt 2000-01-01}. */
final class DateReader {

    private final Checks checks;

    DateReader(Checks checks) {
        this.checks = checks;
    }

    @Nullable Criteria read(Field field, Relation relation, Object value, String path) {
        if (relation == Relation.CONTAINS || relation == Relation.IN) {
            return fail(path + ".operator", "%s is a date: it is compared with eq, neq, gt, gte, lt, lte, between, within_last or not_within_last.".formatted(field.name()));
        }
        if (relation == Relation.WITHIN_LAST || relation == Relation.NOT_WITHIN_LAST) {
            return within(field, relation, value, path);
        }
        var days = new ArrayList<Day>();
        for (Object one : value instanceof List<?> list ? list : List.of(value)) {
            var day = one instanceof String text ? Day.parse(text.strip()).orElse(null) : null;
            if (day == null) {
                return fail(path + ".value", "%s is a date: write %s (days are in UTC).".formatted(field.name(), Day.EXAMPLES));
            }
            if (day instanceof Fixed && field.kind().since == null) {
                return fail(path + ".value", "%s is compared with days ago: write -30d.".formatted(field.name()));
            }
            days.add(day);
        }
        if (field.kind() == Kind.BIRTHDAY && days.stream().anyMatch(Ago.class::isInstance)) {
            return nextBirthday(relation, days, path);
        }
        return relation == Relation.BETWEEN ? between(field, days, path) : one(field, relation, days.getFirst(), path);
    }

    private @Nullable Criteria within(Field field, Relation relation, Object value, String path) {
        String text = value.toString().strip();
        var day = Day.parse(text.matches("\\d{1,5}") ? "-" + text + "d" : text.matches("\\d.*") ? "-" + text : text).orElse(null);
        if (!(day instanceof Ago ago) || ago.hours() <= 0) {
            return fail(path + ".value", "%s takes a number of days: 30.".formatted(relation.jsonName()));
        }
        if (field.kind() == Kind.BIRTHDAY) {
            return fail(path + ".operator", "birthday looks ahead: write birthday lte +7d, or daysToBirthday.");
        }
        if (relation == Relation.NOT_WITHIN_LAST && field.kind().guard.isEmpty()) {
            // All have such a date: there is no "never" to tell it apart from "before".
            return new Condition(field, Relation.LT, ago);
        }
        if (ago.whole()) {
            return new Condition(field, relation, BigDecimal.valueOf(ago.hours() / 24));
        }
        return relation == Relation.WITHIN_LAST && field.kind().isPast() ? new Condition(field, Relation.GTE, ago)
                : fail(path + ".value", "%s takes whole days here.".formatted(relation.jsonName()));
    }

    private @Nullable Criteria one(Field field, Relation relation, Day day, String path) {
        return switch (day) {
            case Ago ago when relation == Relation.GTE && field.kind().isPast() && ago.whole() && ago.hours() > 0 ->
                new Condition(field, Relation.WITHIN_LAST, BigDecimal.valueOf(ago.hours() / 24));
            case Ago ago when !ago.whole() && (relation == Relation.EQ || relation == Relation.NEQ) -> fail(path + ".value", "eq and neq take whole days: -30d.");
            case Ago ago -> new Condition(field, relation, ago);
            // Days are whole: after the 31st is from the 1st on.
            case Fixed fixed when relation == Relation.GT -> new Condition(field, Relation.GTE, new Fixed(fixed.date().plusDays(1)));
            case Fixed fixed when relation == Relation.LTE -> new Condition(field, Relation.LT, new Fixed(fixed.date().plusDays(1)));
            case Fixed fixed -> new Condition(field, relation, fixed);
        };
    }

    private @Nullable Criteria between(Field field, List<Day> days, String path) {
        Day from = days.getFirst();
        Day to = days.getLast();
        if (from instanceof Ago first && to instanceof Ago last) {
            if (first.hours() < last.hours()) {
                return fail(path + ".value", "The earlier date comes first: [\"%s\", \"%s\"].".formatted(last, first));
            }
            return field.kind() == Kind.ATTRIBUTE_DATE && last.equals(Ago.NOW) && first.whole() && first.hours() > 0
                    ? new Condition(field, Relation.WITHIN_LAST, BigDecimal.valueOf(first.hours() / 24)) : new Condition(field, Relation.BETWEEN, List.of(from, to));
        }
        if (from instanceof Fixed first && to instanceof Fixed last) {
            if (first.date().isAfter(last.date())) {
                return fail(path + ".value", "The earlier date comes first: [\"%s\", \"%s\"].".formatted(last, first));
            }
            return first.equals(last) ? new Condition(field, Relation.EQ, first) : new Condition(field, Relation.BETWEEN, List.of(from, to));
        }
        var lower = one(field, Relation.GTE, from, path);
        var upper = one(field, Relation.LTE, to, path);
        return lower == null || upper == null ? null : Criteria.group(Logic.AND, List.of(lower, upper));
    }

    /** Days ahead of a birthday are a number that rules know. */
    private @Nullable Criteria nextBirthday(Relation relation, List<Day> days, String path) {
        var ahead = new ArrayList<Object>();
        for (Day day : days) {
            if (!(day instanceof Ago ago) || !ago.whole() || ago.hours() > 0) {
                return fail(path + ".value", "The next birthday is ahead: write +7d, or a date of birth such as 1990-05-01.");
            }
            ahead.add(BigDecimal.valueOf(-ago.hours() / 24));
        }
        if (relation == Relation.BETWEEN && ((BigDecimal) ahead.getFirst()).compareTo((BigDecimal) ahead.getLast()) > 0) {
            return fail(path + ".value", "The earlier date comes first: [\"%s\", \"%s\"].".formatted(days.getLast(), days.getFirst()));
        }
        var field = new Field(Kind.DAYS_TO_BIRTHDAY, "", 0);
        return relation == Relation.BETWEEN && ahead.getFirst().equals(ahead.getLast()) ? new Condition(field, Relation.EQ, ahead.getFirst())
                : new Condition(field, relation, List.copyOf(ahead));
    }

    private @Nullable Criteria fail(String field, String message) {
        checks.fail(field, message);
        return null;
    }
}
