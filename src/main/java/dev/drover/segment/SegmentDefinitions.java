package dev.drover.segment;

import dev.drover.kernel.Json;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.ruleset.RuleEdit;
import dev.drover.ruleset.RuleFile;
import dev.drover.ruleset.RulesRefused;
import dev.drover.ruleset.Rulesets;
import dev.drover.ruleset.language.Saying;
import dev.drover.ruleset.language.Script;
import dev.drover.segment.builder.Criteria;
import dev.drover.segment.builder.CriteriaReader;
import dev.drover.segment.builder.RuleReader;
import dev.drover.segment.builder.RuleWriter;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Segments that are made here: what they say is a rule file like any other, and the row remembers the words it was said in. */
@Component
class SegmentDefinitions {

    /** @param criteria {@code null}: the rule says what conditions can't, and is for the editor @param rfm as it was sent */
    record Definition(@Nullable Map<String, Object> criteria, @Nullable Map<String, Object> rfm) {}

    private static final int SEARCHED = 200;

    private final JdbcClient jdbc;
    private final SegmentCatalogue catalogue;
    private final Rulesets rulesets;
    private final PlatformClock clock;

    SegmentDefinitions(JdbcClient jdbc, SegmentCatalogue catalogue, Rulesets rulesets, PlatformClock clock) {
        this.jdbc = jdbc;
        this.catalogue = catalogue;
        this.rulesets = rulesets;
        this.clock = clock;
    }

    /** Keys that conditions may ask for. */
    Set<String> keys() {
        return jdbc.sql("SELECT key FROM customer_segment WHERE is_active").query(String.class).list().stream().collect(Collectors.toUnmodifiableSet());
    }

    /** @throws Problem conflict when there is one already; rejected when its rule can't be put in force */
    void create(SegmentInput.Checked wanted, String author, String origin) {
        if (catalogue.find(wanted.key()).filter(Segment::active).isPresent()) {
            throw Problem.conflict("There is a segment '" + wanted.key() + "' already.");
        }
        if (wanted.criteria() == null) {
            catalogue.createStatic(wanted.key(), wanted.name(), wanted.description());
            return;
        }
        String path = "segments/" + wanted.key() + ".drl";
        if (rulesets.file(path).isPresent()) {
            throw Problem.conflict("There is a rule file %s already, which decides upon another segment: choose another key.".formatted(path));
        }
        publish(path, wanted, new RuleEdit(author, origin, "Made from conditions"), 0);
        remember(path, wanted);
    }

    /** @throws Problem not found; conflict when it isn't one with conditions of its own */
    void change(SegmentInput.Checked wanted, String author, String origin, @Nullable Integer ifVersion) {
        var segment = catalogue.find(wanted.key()).orElseThrow(() -> Problem.notFound("There is no segment '" + wanted.key() + "'."));
        if (segment.isStatic() != (wanted.criteria() == null)) {
            throw Problem.invalid("type", segment.isStatic() ? "Members are added to '%s' by hand: it stays static.".formatted(wanted.key()) : "A segment with a rule can't become static.");
        }
        if (wanted.criteria() == null) {
            rename(wanted);
            return;
        }
        String path = Objects.requireNonNullElse(segment.ruleFile(), "segments/" + wanted.key() + ".drl");
        boolean alone = file(path).map(file -> Script.read("segments", file.source()).rules()).filter(rules -> rules.size() > 1
                || rules.stream().anyMatch(rule -> !rule.enters().equals(Set.of(wanted.key())))).isEmpty();
        if (!alone || path.endsWith(".xlsx")) {
            throw Problem.conflict("%s holds more than this segment's rule: change it in the editor.".formatted(path));
        }
        publish(path, wanted, new RuleEdit(author, origin, "Changed by conditions"), ifVersion);
        remember(path, wanted);
    }

    private void publish(String path, SegmentInput.Checked wanted, RuleEdit edit, @Nullable Integer ifVersion) {
        try {
            rulesets.publish(path, rule(wanted), edit, ifVersion);
        } catch (RulesRefused refused) {
            // Each condition was understood, so it is what they say together with the other rules: a circle, mostly.
            throw Problem.invalid("criteria", refused.problems().getFirst().message());
        }
    }

    static String rule(SegmentInput.Checked wanted) {
        return RuleWriter.write(wanted.key(), wanted.name(), wanted.description(), Objects.requireNonNull(wanted.criteria()));
    }

    /** The rules' own look for segments may have been here first; or comes right after, and then finds all as it is. */
    private void remember(String path, SegmentInput.Checked wanted) {
        String rule = Script.read("segments", rule(wanted)).rules().getFirst().name();
        jdbc.sql("""
                INSERT INTO customer_segment AS s (key, name, description, segment_type, filter_criteria, rfm_config, rule, rule_file, created_at, updated_at)
                VALUES (:key, :name, :description, :type, :criteria::jsonb, :rfm::jsonb, :rule, :file, :now, :now)
                ON CONFLICT (key) DO UPDATE SET name = excluded.name, description = excluded.description, segment_type = excluded.segment_type,
                       filter_criteria = excluded.filter_criteria, rfm_config = excluded.rfm_config, rule = excluded.rule, rule_file = excluded.rule_file,
                       is_active = true, updated_at = excluded.updated_at""")
                .param("key", wanted.key()).param("name", wanted.name()).param("description", wanted.description()).param("type", wanted.type())
                .param("criteria", Json.write(Objects.requireNonNull(wanted.criteria()).toJson())).param("rfm", wanted.rfm() == null ? null : Json.write(wanted.rfm()))
                .param("rule", rule).param("file", path).param("now", Timestamp.from(clock.instant())).update();
    }

    private void rename(SegmentInput.Checked wanted) {
        jdbc.sql("UPDATE customer_segment SET name = ?, description = ?, updated_at = ? WHERE key = ?").param(wanted.name()).param(wanted.description())
                .param(Timestamp.from(clock.instant())).param(wanted.key()).update();
    }

    /** What the rule says now. As it was put in here, as long as nobody has changed the rule since; else as it is read. */
    Definition definition(Segment segment) {
        record Row(@Nullable String criteria, @Nullable String rfm) {}
        var row = jdbc.sql("SELECT filter_criteria::text, rfm_config::text FROM customer_segment WHERE key = ?").param(segment.key())
                .query((found, n) -> new Row(found.getString(1), found.getString(2))).optional().orElse(new Row(null, null));
        var read = file(segment.ruleFile()).map(RuleFile::inForce).flatMap(source -> RuleReader.read(segment.key(), source));
        var kept = row.criteria() == null ? Optional.<Criteria>empty() : read(Json.map(row.criteria()), segment.key());
        boolean same = kept.isPresent() && read.isPresent() && RuleWriter.write(segment.key(), "x", "x", kept.get()).equals(RuleWriter.write(segment.key(), "x", "x", read.get()));
        return new Definition((same ? kept : read).map(Criteria::toJson).orElse(null), same && row.rfm() != null ? Json.map(row.rfm()) : null);
    }

    /** The conditions in force. */
    Optional<Criteria> criteria(Segment segment) {
        return Optional.ofNullable(definition(segment).criteria()).flatMap(json -> read(json, segment.key()));
    }

    /**
     * What somebody wrote into the rule that conditions don't keep: its reason, its comments, its name.
     *
     * @param criteria as they are read from the rule in force
     * @return the reason as the rule says it, values left open as {@code …}; none: the rule is as it would be written here
     */
    Optional<String> writtenByHand(Segment segment, Criteria criteria) {
        String source = file(segment.ruleFile()).map(RuleFile::inForce).orElse(null);
        if (source == null || source.strip().equals(RuleWriter.write(segment.key(), segment.name(), segment.description(), criteria).strip())) {
            return Optional.empty();
        }
        return Script.read("segments", source).rules().stream().flatMap(rule -> rule.says().stream()).findFirst().map(SegmentDefinitions::words);
    }

    private static String words(Saying saying) {
        return saying.reason().stream().map(part -> part.variable().isEmpty() ? part.literal().toString() : "…").collect(Collectors.joining());
    }

    private Optional<Criteria> read(Map<String, Object> json, String key) {
        return CriteriaReader.read(json, "criteria", new dev.drover.kernel.Checks(), new CriteriaReader.Known(asked(json), key));
    }

    /** Whatever segments it asks for: whether they are there still is another question. */
    private static Set<String> asked(Object json) {
        return switch (json) {
            case Map<?, ?> map -> map.values().stream().filter(Objects::nonNull).flatMap(value -> asked(value).stream()).collect(Collectors.toSet());
            case List<?> list -> list.stream().filter(Objects::nonNull).flatMap(value -> asked(value).stream()).collect(Collectors.toSet());
            case String text when text.length() <= SEARCHED -> Set.of(text);
            default -> Set.of();
        };
    }

    Optional<RuleFile> file(@Nullable String path) {
        return path == null ? Optional.empty() : rulesets.file(path);
    }
}
