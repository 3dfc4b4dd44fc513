package dev.drover.segment.builder;

import dev.drover.ruleset.language.Path;
import dev.drover.segment.builder.Criteria.Condition;
import dev.drover.segment.builder.Day.Ago;
import dev.drover.segment.builder.Day.Fixed;
import dev.drover.segment.builder.Kind.Takes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a stretch of a rule is about, and all the conditions that could be. */
final class Mentioned {

    private final Set<Field> fields = new LinkedHashSet<>();
    private final Set<Object> values = new LinkedHashSet<>();
    private final Set<List<Object>> lists = new LinkedHashSet<>();

    void add(Mentioned other) {
        fields.addAll(other.fields);
        values.addAll(other.values);
        lists.addAll(other.lists);
    }

    void add(Path path) {
        String name = path.term().name();
        for (Kind kind : Kind.values()) {
            boolean isDay = name.equals(kind.since) || name.equals(kind.before);
            if (name.equals(kind.fact) || isDay || name.equals("has") && kind == Kind.ATTRIBUTE_TEXT) {
                fields.add(field(kind, path));
            }
            if (isDay) {
                Day.parse(path.text(path.arguments().size() - 1)).map(Fixed.class::cast).ifPresent(day -> values.addAll(List.of(day, new Fixed(day.date().minusDays(1)))));
            }
        }
        if (name.equals(Kind.SEGMENT.fact)) {
            values.add(path.text(0));
        }
    }

    private static Field field(Kind kind, Path path) {
        boolean named = kind.takes == Takes.NAME || kind.takes == Takes.NAME_AND_DAYS;
        int days = kind.takes == Takes.DAYS ? path.whole(0) : kind.takes == Takes.NAME_AND_DAYS && path.arguments().size() > 1 ? path.whole(1) : 0;
        return new Field(kind, named ? path.text(0) : "", days);
    }

    void add(List<Object> literals) {
        var read = new ArrayList<Object>();
        for (Object literal : literals) {
            if (literal instanceof BigDecimal number) {
                read.add(java.util.Objects.requireNonNull(ConditionReader.decimal(number)));
                Ago.ofDays(number).ifPresent(values::add);
            } else {
                read.add(literal);
            }
        }
        values.addAll(read);
        lists.add(List.copyOf(read));
    }

    /** What is said in two ways comes first in the way it is to be read. */
    Stream<Condition> candidates() {
        return fields.stream().flatMap(field -> Arrays.stream(Relation.values()).sorted(java.util.Comparator.comparing(relation -> relation != Relation.WITHIN_LAST))
                .flatMap(relation -> values(field, relation).map(chosen -> new Condition(field, relation, chosen))));
    }

    private Stream<List<Object>> values(Field field, Relation relation) {
        return switch (field.kind().type) {
            case COUNT, NUMBER, SCORE -> switch (relation) {
                case EQ, NEQ, GT, GTE, LT, LTE -> each(BigDecimal.class);
                case BETWEEN -> pairs(BigDecimal.class);
                case IN -> lists.stream().filter(list -> list.size() > 1 && list.stream().allMatch(BigDecimal.class::isInstance));
                default -> Stream.empty();
            };
            case DATE -> switch (relation) {
                case WITHIN_LAST, NOT_WITHIN_LAST -> field.kind().fact.isEmpty() ? Stream.empty() : each(BigDecimal.class);
                case EQ, NEQ, GTE, LT -> Stream.concat(each(Ago.class), each(Fixed.class)).filter(one -> suits(field, one.getFirst()));
                case GT, LTE -> each(Ago.class).filter(one -> suits(field, one.getFirst()));
                case BETWEEN -> Stream.concat(pairs(Ago.class), pairs(Fixed.class)).filter(one -> suits(field, one.getFirst()));
                default -> Stream.empty();
            };
            case TEXT, CHOICE -> switch (relation) {
                case EQ, NEQ, CONTAINS -> each(String.class);
                case IN -> lists.stream().filter(list -> list.size() > 1 && list.stream().allMatch(String.class::isInstance));
                case KNOWN, UNKNOWN -> Stream.of(List.of());
                default -> Stream.empty();
            };
            case FLAG -> relation == Relation.EQ ? Stream.of(List.of(true), List.of(false)) : Stream.empty();
            case SEGMENT -> relation == Relation.EQ || relation == Relation.NEQ ? each(String.class) : Stream.empty();
        };
    }

    private static boolean suits(Field field, Object day) {
        return day instanceof Fixed ? field.kind().since != null : !field.kind().fact.isEmpty();
    }

    private Stream<List<Object>> each(Class<?> type) {
        return values.stream().filter(type::isInstance).map(List::of);
    }

    private Stream<List<Object>> pairs(Class<?> type) {
        return values.stream().filter(type::isInstance).flatMap(first -> values.stream().filter(type::isInstance).map(last -> List.of(first, last)));
    }
}
