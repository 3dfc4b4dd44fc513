package dev.drover.segment;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.drover.audience.Customers;
import dev.drover.kernel.Checks;
import dev.drover.kernel.Page;
import dev.drover.kernel.Problem;
import dev.drover.ruleset.language.Script;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/segments")
class SegmentApi {

    record MemberChanges(@Nullable List<@Nullable String> add, @Nullable List<@Nullable String> remove) {}

    /**
     * @param criteria {@code null}: members are added by hand, or the rule says what conditions can't
     * @param warnings what is allowed and hardly meant, told to whoever made or changed it
     */
    record Described(@JsonUnwrapped Segment segment, @Nullable Map<String, Object> criteria, @Nullable Map<String, Object> rfm, @Nullable List<String> warnings) {}

    private static final int MOST_CHANGES = 10_000;

    private final Segments segments;
    private final SegmentCatalogue catalogue;
    private final SegmentDefinitions definitions;
    private final SegmentRetirement retirement;
    private final SegmentWarnings warnings;
    private final SegmentHistory history;
    private final Customers customers;

    SegmentApi(Segments segments, SegmentCatalogue catalogue, SegmentDefinitions definitions, SegmentRetirement retirement, SegmentWarnings warnings, SegmentHistory history,
            Customers customers) {
        this.segments = segments;
        this.catalogue = catalogue;
        this.definitions = definitions;
        this.retirement = retirement;
        this.warnings = warnings;
        this.history = history;
        this.customers = customers;
    }

    @GetMapping
    Page<Segment> list() {
        return new Page<>(segments.all(), null);
    }

    @GetMapping("/{key}")
    Described one(@PathVariable String key) {
        return described(segments.require(key), null);
    }

    private Described described(Segment segment, @Nullable List<String> told) {
        var definition = definitions.definition(segment);
        return new Described(segment, definition.criteria(), definition.rfm(), told);
    }

    @GetMapping("/{key}/members")
    Page<Segments.Member> members(@PathVariable String key, @RequestParam @Nullable String after, @RequestParam @Nullable Integer limit) {
        return segments.members(key, after, Page.limit(limit, 100));
    }

    @GetMapping("/{key}/history")
    Page<SegmentHistory.Change> history(@PathVariable String key, @RequestParam @Nullable String after, @RequestParam @Nullable Integer limit) {
        return history.changes(key, after, Page.limit(limit, 100));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Described create(@RequestBody SegmentInput asked, @Nullable Principal who) {
        var wanted = asked.check(definitions.keys());
        definitions.create(wanted, name(who), "api");
        return told(wanted);
    }

    @PutMapping("/{key}")
    Described change(@PathVariable String key, @RequestBody SegmentInput asked, @Nullable Principal who) {
        if (asked.key() != null && !asked.key().equals(key)) {
            throw Problem.invalid("key", "A segment keeps its key: journeys and rules know it by it.");
        }
        var present = segments.require(key);
        var wanted = new SegmentInput(key, asked.name() == null ? present.name() : asked.name(), asked.type() == null ? present.type() : asked.type(),
                asked.description() == null ? present.description() : asked.description(), asked.criteria(), asked.rfm()).check(definitions.keys());
        definitions.change(wanted, name(who), "api", null);
        return told(wanted);
    }

    private Described told(SegmentInput.Checked wanted) {
        var doubts = wanted.criteria() == null ? List.<String>of()
                : warnings.of(wanted.criteria(), Script.read("segments", SegmentDefinitions.rule(wanted)).rules());
        return described(segments.require(wanted.key()), doubts);
    }

    @DeleteMapping("/{key}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void retire(@PathVariable String key, @Nullable Principal who) {
        retirement.retire(key, name(who), "api");
    }

    private static String name(@Nullable Principal who) {
        return who == null ? "api" : who.getName();
    }

    /** All or nothing: with one unknown customer nobody is added or removed. */
    @PostMapping("/{key}/members")
    Map<String, Object> change(@PathVariable String key, @RequestBody MemberChanges changes) {
        var add = changes.add() == null ? List.<@Nullable String>of() : changes.add();
        var remove = changes.remove() == null ? List.<@Nullable String>of() : changes.remove();
        if (add.size() + remove.size() > MOST_CHANGES) {
            throw Problem.invalid("add", "At most %d changes in one request.".formatted(MOST_CHANGES));
        }
        catalogue.idOf(key);
        var known = customers.idsOf(Stream.concat(add.stream(), remove.stream()).filter(Objects::nonNull).toList());
        var checks = new Checks();
        check(checks, "add", add, known);
        check(checks, "remove", remove, known);
        checks.orThrow();
        var answer = new LinkedHashMap<String, Object>();
        answer.put("removed", remove.isEmpty() ? 0 : segments.remove(key, remove.stream().map(known::get).toList(), "api"));
        answer.put("added", add.isEmpty() ? 0 : segments.add(key, add.stream().map(known::get).toList(), "api"));
        answer.put("size", segments.require(key).size());
        return answer;
    }

    private static void check(Checks checks, String field, List<@Nullable String> ids, Map<String, Long> known) {
        for (int n = 0; n < ids.size(); n++) {
            if (ids.get(n) == null || !known.containsKey(ids.get(n))) {
                checks.fail("%s[%d]".formatted(field, n), "There is no customer '" + ids.get(n) + "'.");
            }
        }
    }
}
