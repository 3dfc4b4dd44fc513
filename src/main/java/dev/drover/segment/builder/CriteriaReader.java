package dev.drover.segment.builder;

import dev.drover.kernel.Checks;
import dev.drover.segment.builder.Criteria.Logic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Criteria as they come in JSON. Everything that is wrong is told at once, each with its place: {@code criteria.conditions[2].value}. */
public final class CriteriaReader {

    /** @param segments keys that may be asked for @param self the segment's own key; empty: not known yet */
    public record Known(Set<String> segments, String self) {}

    private static final int DEEPEST = 6;
    private static final int MOST = 100;
    private static final int MOST_VALUES = 500;
    private static final Set<String> PARTS_OF_GROUP = Set.of("logic", "conditions");
    private static final Set<String> PARTS_OF_CONDITION = Set.of("field", "operator", "value");

    private final Checks checks;
    private final ConditionReader conditions;
    private int count;

    private CriteriaReader(Checks checks, Known known) {
        this.checks = checks;
        this.conditions = new ConditionReader(checks, known);
    }

    /** @param path of the criteria in the input @return empty when something is wrong, which the checks then hold */
    public static Optional<Criteria> read(@Nullable Object json, String path, Checks checks, Known known) {
        int before = checks.errors().size();
        if (!(json instanceof Map<?, ?> map)) {
            checks.fail(path, json == null ? path + " is missing." : "%s is an object: {\"logic\": \"AND\", \"conditions\": [{\"field\", \"operator\", \"value\"}]}.".formatted(path));
            return Optional.empty();
        }
        var reader = new CriteriaReader(checks, known);
        // A single condition is taken for a group of one.
        var read = map.containsKey("field") ? reader.condition(map, path) : reader.group(map, path, 1);
        var values = new AtomicInteger();
        if (read != null) {
            read.conditions(condition -> values.addAndGet(condition.values().size()));
        }
        if (values.get() > MOST_VALUES) {
            checks.fail(path, "More than %d values in all: make a segment by hand for long lists, and ask for it.".formatted(MOST_VALUES));
        }
        return checks.errors().size() > before ? Optional.empty() : Optional.ofNullable(read);
    }

    private @Nullable Criteria group(Map<?, ?> json, String path, int depth) {
        refuseOthers(json, PARTS_OF_GROUP, path);
        var logic = logic(json.get("logic"), path);
        if (!(json.get("conditions") instanceof List<?> parts)) {
            checks.fail(path + ".conditions", "conditions is a list of {field, operator, value} or of further groups.");
            return null;
        }
        if (parts.isEmpty()) {
            checks.fail(path + ".conditions", depth == 1 ? "Without a condition everybody would belong to it: add one." : "This group is empty: add a condition or take it away.");
            return null;
        }
        var read = new ArrayList<Criteria>();
        for (int n = 0; n < parts.size() && count <= MOST; n++) {
            String place = path + ".conditions[" + n + "]";
            if (!(parts.get(n) instanceof Map<?, ?> part)) {
                checks.fail(place, "A condition is {field, operator, value}, a group {logic, conditions}.");
            } else if (part.containsKey("conditions") || part.containsKey("logic")) {
                if (depth == DEEPEST) {
                    checks.fail(place, "Groups go %d deep at most.".formatted(DEEPEST));
                } else {
                    Optional.ofNullable(group(part, place, depth + 1)).ifPresent(read::add);
                }
            } else {
                Optional.ofNullable(condition(part, place)).ifPresent(read::add);
            }
        }
        return read.size() < parts.size() || logic == null ? null : Criteria.group(logic, read);
    }

    private @Nullable Logic logic(@Nullable Object logic, String path) {
        String name = Objects.toString(logic, "AND").strip().toUpperCase(Locale.ROOT);
        if (name.equals("AND") || name.equals("OR")) {
            return Logic.valueOf(name);
        }
        checks.fail(path + ".logic", "logic is AND or OR.");
        return null;
    }

    private @Nullable Criteria condition(Map<?, ?> json, String path) {
        if (++count > MOST) {
            checks.fail(path, "More than %d conditions: split the segment in two, one of which asks for the other.".formatted(MOST));
            return null;
        }
        refuseOthers(json, PARTS_OF_CONDITION, path);
        return conditions.read(json, path);
    }

    /** A slip in a name must not turn a condition into another one. */
    private void refuseOthers(Map<?, ?> json, Set<String> parts, String path) {
        json.keySet().stream().map(String::valueOf).filter(key -> !parts.contains(key)).limit(3)
                .forEach(key -> checks.fail(path, "'%s' isn't known here: %s.".formatted(key.length() > 60 ? key.substring(0, 60) + "…" : key, String.join(", ", parts.stream().sorted().toList()))));
    }
}
