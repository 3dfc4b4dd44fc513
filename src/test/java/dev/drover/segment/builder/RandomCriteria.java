package dev.drover.segment.builder;

import dev.drover.kernel.Checks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Criteria as JSON, as wild as they may be. Neighbours are about different fields, for what stands side by side on one field may be read as one. */
public final class RandomCriteria {

    public static final Set<String> SEGMENTS = Set.of("vip", "lapsed", "new");

    private static final List<String> NASTY = List.of("NL", "a\"b", "a\\b", "\") || true || (\"", "end\\\\", "é😀 ß", "// no", "$c", "'", "%s %d", "{{x}}", "a, b", "<b>", "\\n");
    private static final List<String> DAYS = List.of("-30d", "-12h", "-1d", "+7d", "-90d", "+0d", "-7h", "2026-01-31", "2024-02-29", "1999-12-31", "-2w");

    private final Random random;
    private int number;

    public RandomCriteria(long seed) {
        this.random = new Random(seed);
    }

    /** Read and in normal form. */
    public Criteria next() {
        while (true) {
            var checks = new Checks();
            var json = group(1 + random.nextInt(4));
            var read = CriteriaReader.read(json, "criteria", checks, new CriteriaReader.Known(SEGMENTS, "self"));
            if (read.isPresent()) {
                return read.get();
            }
        }
    }

    private Map<String, Object> group(int depth) {
        var parts = new ArrayList<Object>();
        int size = 1 + random.nextInt(4);
        String last = "";
        while (parts.size() < size) {
            if (depth > 1 && random.nextInt(3) == 0) {
                parts.add(group(depth - 1));
                last = "";
                continue;
            }
            var condition = condition();
            if (!condition.get("field").equals(last)) {
                parts.add(condition);
                last = (String) condition.get("field");
            }
        }
        return Map.of("logic", random.nextBoolean() ? "AND" : "OR", "conditions", parts);
    }

    private Map<String, Object> condition() {
        while (true) {
            Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
            var relation = Relation.values()[random.nextInt(Relation.KNOWN.ordinal())];
            String name = kind.isAttribute() ? "attributes.a" + ++number : kind.key + switch (kind.takes) {
                case NOTHING -> "";
                case DAYS -> ":" + (1 + random.nextInt(60));
                case NAME -> ":" + one(NASTY);
                case NAME_AND_DAYS -> ":product.viewed" + (random.nextBoolean() ? ":7" : "");
            };
            var json = new LinkedHashMap<String, Object>();
            json.put("field", name);
            json.put("operator", relation.jsonName());
            json.put("value", switch (relation) {
                case IN -> List.of(value(kind), value(kind), value(kind));
                case BETWEEN -> List.of(value(kind), value(kind));
                case WITHIN_LAST, NOT_WITHIN_LAST -> 1 + random.nextInt(100);
                default -> value(kind);
            });
            if (kind.type == Kind.Type.TEXT && random.nextInt(8) == 0 && (relation == Relation.EQ || relation == Relation.NEQ)) {
                json.put("value", null);
            }
            if (CriteriaReader.read(json, "criteria", new Checks(), new CriteriaReader.Known(SEGMENTS, "self")).isPresent()) {
                return json;
            }
        }
    }

    private Object value(Kind kind) {
        return switch (kind.type) {
            case COUNT, SCORE -> random.nextInt(6);
            case NUMBER -> random.nextBoolean() ? random.nextInt(1_000) : List.of(0.5, 12.75, -3, "99.90", 0).get(random.nextInt(5));
            case DATE -> one(DAYS);
            case TEXT -> one(NASTY);
            case CHOICE -> kind == Kind.SUBSCRIPTION_STATUS ? one(List.of("none", "active", "paused")) : one(List.of("champions", "lost", "none"));
            case FLAG -> random.nextBoolean();
            case SEGMENT -> one(List.copyOf(SEGMENTS));
        };
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
