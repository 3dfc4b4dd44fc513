package dev.drover.trigger;

import dev.drover.kernel.Checks;
import dev.drover.segment.builder.Criteria;
import dev.drover.segment.builder.Criteria.Logic;
import dev.drover.segment.builder.CriteriaReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A trigger's conditions as they come in JSON: the criteria of segments, and beside them {@code event.NAME} for what the event tells. A list alone is
 * a group all of which must hold. Everything that is wrong is told at once, each with its place.
 */
final class ConditionsReader {

    private static final int DEEPEST = 6;
    private static final int MOST = 100;
    private static final int MOST_VALUES = 100;
    private static final int LONGEST = 200;
    private static final int LONGEST_PATH = 100;
    private static final List<String> PREFIXES = List.of("event.properties.", "event.", "properties.");
    private static final Set<String> PARTS_OF_GROUP = Set.of("logic", "conditions");
    private static final Set<String> PARTS_OF_CONDITION = Set.of("field", "operator", "value");

    private final Checks checks;
    private final CriteriaReader.Known known;
    private final boolean tells;
    private int count;

    private ConditionsReader(Checks checks, CriteriaReader.Known known, boolean tells) {
        this.checks = checks;
        this.known = known;
        this.tells = tells;
    }

    /** @param tells whether there is an event that tells something @return empty when something is wrong, which the checks then hold */
    static Optional<TriggerCondition> read(Object json, Checks checks, Set<String> segments, boolean tells) {
        int before = checks.errors().size();
        var reader = new ConditionsReader(checks, new CriteriaReader.Known(segments, ""), tells);
        var read = reader.part(json instanceof List<?> list ? Map.of("logic", "AND", "conditions", list) : json, "conditions", 1);
        return checks.errors().size() > before ? Optional.empty() : Optional.ofNullable(read);
    }

    private @Nullable TriggerCondition part(@Nullable Object json, String path, int depth) {
        if (!(json instanceof Map<?, ?> map)) {
            checks.fail(path, "A condition is {field, operator, value}, a group {logic, conditions}.");
            return null;
        }
        return map.containsKey("field") ? condition(map, path) : group(map, path, depth);
    }

    private @Nullable TriggerCondition group(Map<?, ?> json, String path, int depth) {
        refuseOthers(json, PARTS_OF_GROUP, path);
        String logic = Objects.toString(json.get("logic"), "AND").strip().toUpperCase(Locale.ROOT);
        if (!logic.equals("AND") && !logic.equals("OR")) {
            checks.fail(path + ".logic", "logic is AND or OR.");
        }
        if (!(json.get("conditions") instanceof List<?> parts) || parts.isEmpty()) {
            checks.fail(path + ".conditions", "A group is empty: add a condition, or leave the conditions out.");
            return null;
        }
        if (depth > DEEPEST) {
            checks.fail(path, "Groups go %d deep at most.".formatted(DEEPEST));
            return null;
        }
        var read = new ArrayList<TriggerCondition>();
        for (int n = 0; n < parts.size() && count <= MOST; n++) {
            Optional.ofNullable(part(parts.get(n), path + ".conditions[" + n + "]", depth + 1)).ifPresent(read::add);
        }
        return read.size() < parts.size() ? null : new TriggerCondition.Group(logic.equals("OR") ? Logic.OR : Logic.AND, List.copyOf(read));
    }

    private @Nullable TriggerCondition condition(Map<?, ?> json, String path) {
        if (++count > MOST) {
            checks.fail(path, "More than %d conditions: make a segment of some, and ask for it.".formatted(MOST));
            return null;
        }
        String field = json.get("field") instanceof String text ? text : "";
        var prefix = PREFIXES.stream().filter(field::startsWith).findFirst();
        if (prefix.isEmpty()) {
            Optional<Criteria> criteria = CriteriaReader.read(json, path, checks, known);
            return criteria.map(TriggerCondition.OfCustomer::of).orElse(null);
        }
        refuseOthers(json, PARTS_OF_CONDITION, path);
        if (!tells) {
            checks.fail(path + ".field", "No event tells anything here: ask for the customer, such as totalOrders.");
            return null;
        }
        return ofEvent(json, field.substring(prefix.get().length()), path);
    }

    private @Nullable TriggerCondition ofEvent(Map<?, ?> json, String name, String path) {
        if (name.length() > LONGEST_PATH || !EventCondition.PATH.matcher(name).matches()) {
            checks.fail(path + ".field", "What the event tells is named by letters, digits, '_' and '-', with dots between, such as event.plan_type.");
            return null;
        }
        var how = json.get("operator") instanceof String operator ? EventCondition.How.named(operator).orElse(null) : null;
        if (how == null) {
            checks.fail(path + ".operator", "The operators are eq, neq, gt, gte, lt, lte, contains, in, between, and = != > >= < <=.");
            return null;
        }
        Object value = json.get("value");
        if (how.takesNothing() || value == null && (how == EventCondition.How.EQ || how == EventCondition.How.NEQ)) {
            boolean known = how == EventCondition.How.KNOWN || how == EventCondition.How.NEQ;
            return new TriggerCondition.OfEvent(new EventCondition(name, known ? EventCondition.How.KNOWN : EventCondition.How.UNKNOWN, List.of()));
        }
        var values = values(how, value, path + ".value");
        return values.isEmpty() ? null : new TriggerCondition.OfEvent(new EventCondition(name, how, values));
    }

    private List<Object> values(EventCondition.How how, @Nullable Object value, String path) {
        List<?> given = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
        if (how.takesList() != value instanceof List<?> || given.isEmpty() || given.size() > MOST_VALUES || how == EventCondition.How.BETWEEN && given.size() != 2) {
            checks.fail(path, how == EventCondition.How.BETWEEN ? "between takes a list of two values, the lower one first."
                    : how.takesList() ? "in takes a list of 1 to %d values.".formatted(MOST_VALUES) : "One value is expected here.");
            return List.of();
        }
        var values = new ArrayList<Object>();
        for (Object one : given) {
            switch (one) {
                case Number number when number.toString().length() <= 40 && !number.toString().contains("N") && !number.toString().contains("I") -> values.add(new BigDecimal(number.toString()));
                case Boolean flag -> values.add(flag);
                case String text when !text.isBlank() && text.length() <= LONGEST && new Checks().printable("value", text).ok() -> values.add(text);
                case null, default -> {
                    checks.fail(path, "A value is a text of at most %d characters, a number, true or false.".formatted(LONGEST));
                    return List.of();
                }
            }
        }
        return values;
    }

    /** A slip in a name must not turn a condition into another one. */
    private void refuseOthers(Map<?, ?> json, Set<String> parts, String path) {
        json.keySet().stream().map(String::valueOf).filter(key -> !parts.contains(key)).limit(3)
                .forEach(key -> checks.fail(path, "'%s' isn't known here: %s.".formatted(key.length() > 60 ? key.substring(0, 60) + "…" : key, String.join(", ", parts.stream().sorted().toList()))));
    }
}
