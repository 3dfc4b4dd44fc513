package dev.drover.segment;

import dev.drover.kernel.Checks;
import dev.drover.segment.builder.Criteria;
import dev.drover.segment.builder.Criteria.Logic;
import dev.drover.segment.builder.CriteriaReader;
import dev.drover.segment.builder.RfmConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A segment as somebody wants it.
 *
 * @param type     {@code static}, {@code dynamic}, {@code rfm} or {@code behavioral}
 * @param criteria of all types but static
 * @param rfm      scores, for those of type rfm; criteria that are given as well must hold, too
 */
record SegmentInput(@Nullable String key, @Nullable String name, @Nullable String type, @Nullable String description, @Nullable Map<String, Object> criteria,
        @Nullable Map<String, Object> rfm) {

    static final List<String> TYPES = List.of("static", "dynamic", "rfm", "behavioral");
    private static final Set<String> RESERVED = Set.of("rebuild", "preview", "tile", "status", "new", "builder");

    /** @param criteria {@code null}: members are added by hand */
    record Checked(String key, String name, String type, String description, @Nullable Criteria criteria, @Nullable Map<String, Object> rfm) {}

    /** @param known what conditions may ask for @throws dev.drover.kernel.Problem rejected, with all that is wrong */
    Checked check(Set<String> known) {
        var checks = checkKey(key).required("name", name).required("type", type).atMost("name", name, 200).atMost("description", description, 2_000);
        if (name != null && name.strip().lines().count() > 1) {
            checks.fail("name", "A name is one line.");
        }
        if (type != null && !type.isBlank() && !TYPES.contains(type)) {
            checks.fail("type", "A segment is static, dynamic, rfm or behavioral.");
        }
        boolean byHand = "static".equals(type);
        if (byHand && (criteria != null || rfm != null)) {
            checks.fail(criteria != null ? "criteria" : "rfm", "A static segment has no conditions: members are added to it. One with conditions is dynamic.");
        }
        var read = byHand || type == null || !TYPES.contains(type) ? null : conditions(checks, known);
        checks.orThrow();
        return new Checked(Objects.requireNonNull(key), Objects.requireNonNull(name).strip(), Objects.requireNonNull(type), description == null ? "" : description.strip(), read, rfm);
    }

    private @Nullable Criteria conditions(Checks checks, Set<String> known) {
        var parts = new ArrayList<Criteria>();
        if (rfm != null) {
            RfmConfig.read(rfm, "rfm", checks).ifPresent(parts::add);
        }
        if (criteria != null || rfm == null) {
            if (rfm == null && "rfm".equals(type)) {
                checks.required("rfm", criteria);
            }
            if (criteria != null || !"rfm".equals(type)) {
                CriteriaReader.read(criteria, "criteria", checks, new CriteriaReader.Known(known, Objects.requireNonNullElse(key, ""))).ifPresent(parts::add);
            }
        }
        return parts.isEmpty() ? null : Criteria.group(Logic.AND, parts);
    }

    static Checks checkKey(@Nullable String key) {
        var checks = new Checks().required("key", key);
        if (key != null && !key.isBlank() && !key.matches("[a-z0-9][a-z0-9-]{0,99}")) {
            checks.fail("key", "A key is of small letters, digits and '-', such as spring-fair.");
        } else if (key != null && RESERVED.contains(key)) {
            checks.fail("key", "'%s' is a word of the address's own: choose another key.".formatted(key));
        }
        return checks;
    }
}
