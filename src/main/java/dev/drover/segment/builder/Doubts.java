package dev.drover.segment.builder;

import dev.drover.segment.builder.Criteria.Condition;
import dev.drover.segment.builder.Criteria.Group;
import dev.drover.segment.builder.Criteria.Logic;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is allowed and hardly meant: conditions that nobody can meet, and such that everybody does. Careful: what isn't sure isn't said. */
public final class Doubts {

    private Doubts() {}

    public static List<String> of(Criteria criteria) {
        if (never(criteria)) {
            return List.of("These conditions contradict each other: nobody can meet them.");
        }
        if (always(criteria)) {
            return List.of("Everybody meets these conditions.");
        }
        var doubts = new ArrayList<String>();
        parts(criteria).forEach(part -> {
            if (never(part)) {
                doubts.add("Nobody can meet this part: " + Wording.words(part, true) + ".");
            } else if (always(part)) {
                doubts.add("Everybody meets this part, so it changes nothing" + (criteria instanceof Group group && group.logic() == Logic.OR ? " but make everybody a member" : "")
                        + ": " + Wording.words(part, true) + ".");
            }
        });
        return List.copyOf(doubts);
    }

    /** All groups and conditions inside. */
    private static List<Criteria> parts(Criteria criteria) {
        var parts = new ArrayList<Criteria>();
        if (criteria instanceof Group group) {
            group.parts().forEach(part -> {
                parts.add(part);
                parts.addAll(parts(part));
            });
        }
        return parts;
    }

    static boolean never(Criteria criteria) {
        return switch (criteria) {
            case Condition condition -> new Span().narrow(condition).isEmpty();
            case Group group when group.logic() == Logic.OR -> group.parts().stream().allMatch(Doubts::never);
            case Group group -> group.parts().stream().anyMatch(Doubts::never) || contradicts(group);
        };
    }

    private static boolean contradicts(Group all) {
        Map<Field, Span> spans = new LinkedHashMap<>();
        Map<Field, Set<Object>> texts = new LinkedHashMap<>();
        Set<Condition> said = new HashSet<>();
        for (Criteria part : all.parts()) {
            if (!(part instanceof Condition condition)) {
                continue;
            }
            said.add(condition);
            if (spans.computeIfAbsent(condition.field(), field -> new Span()).narrow(condition).isEmpty() || opposite(condition, said)) {
                return true;
            }
            boolean listed = condition.relation() == Relation.EQ || condition.relation() == Relation.IN;
            if (listed && !condition.field().kind().isNumber() && condition.field().kind().type != Kind.Type.DATE && condition.field().kind().type != Kind.Type.SEGMENT) {
                var possible = texts.computeIfAbsent(condition.field(), field -> new HashSet<>(condition.values()));
                possible.retainAll(condition.values());
                if (possible.isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether its exact opposite was said, too. */
    private static boolean opposite(Condition condition, Set<Condition> said) {
        var relation = switch (condition.relation()) {
            case EQ -> Relation.NEQ;
            case NEQ -> Relation.EQ;
            case WITHIN_LAST -> Relation.NOT_WITHIN_LAST;
            case NOT_WITHIN_LAST -> Relation.WITHIN_LAST;
            case KNOWN -> Relation.UNKNOWN;
            case UNKNOWN -> Relation.KNOWN;
            default -> condition.relation();
        };
        return relation != condition.relation() && said.contains(new Condition(condition.field(), relation, condition.values()));
    }

    static boolean always(Criteria criteria) {
        return switch (criteria) {
            case Condition condition -> alone(condition);
            case Group group when group.logic() == Logic.AND -> group.parts().stream().allMatch(Doubts::always);
            case Group group -> group.parts().stream().anyMatch(Doubts::always) || covers(group);
        };
    }

    private static boolean alone(Condition condition) {
        var kind = condition.field().kind();
        if (!kind.isFromZero() || !kind.guard.isEmpty()) {
            return false;
        }
        int sign = ((BigDecimal) condition.values().getFirst()).signum();
        return condition.relation() == Relation.GTE && sign <= 0 || condition.relation() == Relation.GT && sign < 0 || condition.relation() == Relation.NEQ && sign < 0;
    }

    /** Opposites that leave nobody out: those where nobody is without the value. */
    private static boolean covers(Group any) {
        Set<Condition> said = new HashSet<>();
        for (Criteria part : any.parts()) {
            if (part instanceof Condition condition) {
                var type = condition.field().kind().type;
                boolean whole = type == Kind.Type.SEGMENT || type == Kind.Type.CHOICE || type == Kind.Type.DATE && condition.relation() != Relation.EQ && condition.relation() != Relation.NEQ
                        || condition.relation() == Relation.KNOWN || condition.relation() == Relation.UNKNOWN
                        || condition.field().kind().isNumber() && !condition.field().kind().isAttribute() && condition.field().kind().guard.isEmpty();
                said.add(condition);
                if (whole && (opposite(condition, said) || meets(condition, said))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether numbers from above and from below meet: less than 5, or 3 and more. */
    private static boolean meets(Condition condition, Set<Condition> said) {
        return condition.field().kind().isNumber() && said.stream().filter(other -> other.field().equals(condition.field()))
                .anyMatch(other -> isBelow(other) && isAbove(condition) && closed(other, condition) || isBelow(condition) && isAbove(other) && closed(condition, other));
    }

    private static boolean isBelow(Condition condition) {
        return condition.relation() == Relation.LT || condition.relation() == Relation.LTE;
    }

    private static boolean isAbove(Condition condition) {
        return condition.relation() == Relation.GT || condition.relation() == Relation.GTE;
    }

    private static boolean closed(Condition below, Condition above) {
        int order = ((BigDecimal) above.values().getFirst()).compareTo((BigDecimal) below.values().getFirst());
        return order < 0 || order == 0 && (below.relation() == Relation.LTE || above.relation() == Relation.GTE);
    }
}
