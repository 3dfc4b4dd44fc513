package dev.drover.segment.builder;

import dev.drover.kernel.Checks;
import dev.drover.segment.builder.Criteria.Logic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Segments by scores: {@code {"recency": [4, 5], "frequency": {"min": 3}, "segment": "champions"}}, also by the reference's names
 * ({@code recency_score}). All that is given must hold.
 */
public final class RfmConfig {

    private static final Map<String, String> FIELDS = Map.of("recency", "recency", "recency_score", "recency", "frequency", "frequency", "frequency_score", "frequency",
            "monetary", "monetary", "monetary_score", "monetary", "segment", "rfmSegment", "rfmSegment", "rfmSegment", "rfm_segment", "rfmSegment");

    private RfmConfig() {}

    public static Optional<Criteria> read(@Nullable Object json, String path, Checks checks) {
        if (!(json instanceof Map<?, ?> config) || config.isEmpty()) {
            checks.fail(path, "%s is an object such as {\"recency\": [4, 5], \"frequency\": {\"min\": 3}} or {\"segment\": \"champions\"}.".formatted(path));
            return Optional.empty();
        }
        int before = checks.errors().size();
        var parts = new ArrayList<Criteria>();
        for (var entry : config.entrySet()) {
            String name = String.valueOf(entry.getKey());
            String field = FIELDS.get(name);
            String place = path + "." + name;
            if (field == null) {
                checks.fail(path, "'%s' isn't known here: recency, frequency, monetary, segment.".formatted(name.length() > 60 ? name.substring(0, 60) + "…" : name));
                continue;
            }
            CriteriaReader.read(condition(field, entry.getValue()), place, checks, new CriteriaReader.Known(java.util.Set.of(), "")).ifPresent(parts::add);
        }
        return checks.errors().size() > before ? Optional.empty() : Optional.of(Criteria.group(Logic.AND, parts));
    }

    private static Map<String, @Nullable Object> condition(String field, @Nullable Object value) {
        var condition = new LinkedHashMap<String, @Nullable Object>();
        condition.put("field", field);
        if (value instanceof Map<?, ?> range) {
            boolean both = range.containsKey("min") && range.containsKey("max");
            condition.put("operator", both ? "between" : range.containsKey("max") ? "lte" : "gte");
            condition.put("value", both ? java.util.Arrays.asList(range.get("min"), range.get("max")) : range.containsKey("max") ? range.get("max") : range.get("min"));
        } else {
            condition.put("operator", value instanceof List ? "in" : "eq");
            condition.put("value", value);
        }
        return condition;
    }
}
