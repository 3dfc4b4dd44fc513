package dev.drover.segment;

import dev.drover.audience.Customers;
import dev.drover.kernel.Checks;
import dev.drover.kernel.Page;
import dev.drover.kernel.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/segments")
class SegmentApi {

    record NewSegment(@Nullable String key, @Nullable String name, @Nullable String type) {}

    record MemberChanges(@Nullable List<@Nullable String> add, @Nullable List<@Nullable String> remove) {}

    private static final int MOST_CHANGES = 10_000;
    private static final Set<String> RESERVED = Set.of("rebuild", "preview", "tile", "status");

    private final Segments segments;
    private final SegmentCatalogue catalogue;
    private final SegmentRebuild rebuild;
    private final SegmentSchedule schedule;
    private final Customers customers;

    SegmentApi(Segments segments, SegmentCatalogue catalogue, SegmentRebuild rebuild, SegmentSchedule schedule, Customers customers) {
        this.segments = segments;
        this.catalogue = catalogue;
        this.rebuild = rebuild;
        this.schedule = schedule;
        this.customers = customers;
    }

    @GetMapping
    Page<Segment> list() {
        return new Page<>(segments.all(), null);
    }

    @GetMapping("/{key}")
    Segment one(@PathVariable String key) {
        return segments.require(key);
    }

    @GetMapping("/{key}/members")
    Page<Segments.Member> members(@PathVariable String key, @RequestParam @Nullable String after, @RequestParam @Nullable Integer limit) {
        return segments.members(key, after, Page.limit(limit, 100));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Segment create(@RequestBody NewSegment asked) {
        var checks = checkKey(asked.key()).required("name", asked.name()).required("type", asked.type()).atMost("name", asked.name(), 200);
        if (asked.type() != null && List.of("dynamic", "rfm", "behavioral").contains(asked.type())) {
            checks.fail("type", "Segments of type %s can't be made here yet: write a rule file in rules/segments, or make a static segment.".formatted(asked.type()));
        } else if (asked.type() != null && !asked.type().equals("static")) {
            checks.fail("type", "A segment is static, dynamic, rfm or behavioral.");
        }
        checks.orThrow();
        catalogue.createStatic(Objects.requireNonNull(asked.key()), Objects.requireNonNull(asked.name()).strip());
        return segments.require(asked.key());
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

    @PostMapping("/rebuild")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Map<String, Object> startRebuild() {
        schedule.request("api");
        return rebuild();
    }

    @GetMapping("/rebuild")
    Map<String, Object> rebuild() {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("running", schedule.busy());
        rebuild.progress().ifPresent(progress -> {
            answer.put("done", progress.done());
            answer.put("total", progress.total());
            answer.put("percent", progress.percent());
        });
        rebuild.lastEnded().ifPresent(run -> {
            answer.put("customers", run.customers());
            answer.put("seconds", run.millis() / 1_000.0);
            answer.put("entered", run.entered());
            answer.put("left", run.departed());
            answer.put("cause", run.cause());
            answer.put("endedAt", run.endedAt());
        });
        return answer;
    }
}
