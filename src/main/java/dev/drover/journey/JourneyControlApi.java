package dev.drover.journey;

import dev.drover.kernel.Page;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import java.security.Principal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Journeys, and those on them, are paused, resumed, ended and moved to the newest version. What concerns many answers 202 with a task. */
@RestController
@RequestMapping("/api/v1/journeys/{id}")
class JourneyControlApi {

    /** Whom it concerns: one customer, one instance, those on one version; nothing: everybody, the journey itself. */
    record Whom(@Nullable String customerId, @Nullable String instanceKey, @Nullable Integer version) {}

    record Entries(@Nullable Instant until) {}

    /** @param from the only older version that somebody is on, if not said @param mapping element ids of the newest version by those of {@code from} */
    record Migration(@Nullable Integer from, @Nullable Map<String, String> mapping, @Nullable Boolean dryRun) {}

    private final Journeys journeys;
    private final JourneyControls controls;
    private final JourneyDesk desk;
    private final JourneyTasks tasks;
    private final PlatformClock clock;

    JourneyControlApi(Journeys journeys, JourneyControls controls, JourneyDesk desk, JourneyTasks tasks, PlatformClock clock) {
        this.journeys = journeys;
        this.controls = controls;
        this.desk = desk;
        this.tasks = tasks;
        this.clock = clock;
    }

    @PostMapping("/pause")
    Map<String, Object> pause(@PathVariable String id, @RequestBody(required = false) @Nullable Whom whom, @Nullable Principal who) {
        journeys.require(id);
        var some = instances(id, whom);
        some.forEach(instance -> controls.pause(id, instance, name(who)));
        if (some.isEmpty()) {
            controls.pause(id, name(who));
        }
        return state(id);
    }

    @PostMapping("/resume")
    Map<String, Object> resume(@PathVariable String id, @RequestBody(required = false) @Nullable Whom whom) {
        journeys.require(id);
        var some = instances(id, whom);
        some.forEach(instance -> controls.resume(id, instance));
        if (some.isEmpty()) {
            controls.resume(id);
        }
        return state(id);
    }

    /** From when on nobody enters; {@code null}: it is open. */
    @PostMapping("/entries")
    Map<String, Object> entries(@PathVariable String id, @RequestBody Entries entries, @Nullable Principal who) {
        journeys.require(id);
        controls.close(id, entries.until(), name(who));
        return state(id);
    }

    @PostMapping("/cancel")
    ResponseEntity<Map<String, Object>> cancel(@PathVariable String id, @RequestBody(required = false) @Nullable Whom whom, @Nullable Principal who) {
        journeys.require(id);
        var some = instances(id, whom);
        some.forEach(instance -> desk.end(id, instance));
        return some.isEmpty() ? ResponseEntity.accepted().body(task(id, desk.endAll(id, whom == null ? null : whom.version(), name(who)))) : ResponseEntity.ok(Map.of("ended", some.size()));
    }

    @PostMapping("/migrate")
    ResponseEntity<Map<String, Object>> migrate(@PathVariable String id, @RequestBody(required = false) @Nullable Migration migration, @Nullable Principal who) {
        var asked = migration == null ? new Migration(null, null, null) : migration;
        int from = asked.from() != null ? asked.from() : onlyOlder(id);
        var mapping = Objects.requireNonNullElse(asked.mapping(), Map.<String, String>of());
        if (Boolean.TRUE.equals(asked.dryRun())) {
            var preview = desk.preview(id, from, mapping);
            return ResponseEntity.ok(Map.of("from", preview.from(), "to", preview.to(), "moving", preview.moving(), "staying", preview.staying(),
                    "customers", preview.lines().stream().map(JourneyControlApi::line).toList()));
        }
        return ResponseEntity.accepted().body(task(id, desk.move(id, from, mapping, name(who))));
    }

    private int onlyOlder(String id) {
        int newest = journeys.require(id).version();
        var older = journeys.walked(id).stream().filter(version -> version < newest).toList();
        if (older.size() != 1) {
            throw Problem.invalid("from", older.isEmpty() ? "Nobody is on an older version of '%s'.".formatted(id) : "Say from which version: customers are on %s.".formatted(older));
        }
        return older.getFirst();
    }

    private static Map<String, Object> line(JourneyDesk.Line line) {
        var told = new LinkedHashMap<String, Object>();
        told.put("elements", line.elements());
        told.put("way", line.way().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
        told.put("to", line.to());
        told.put("count", line.count());
        told.put("reason", line.reason());
        return told;
    }

    @PostMapping("/incidents/{incident}/retry")
    Map<String, Object> retry(@PathVariable String id, @PathVariable long incident) {
        desk.retry(id, incident);
        return Map.of("retried", 1);
    }

    /** All who are stuck at the element. @param version {@code null}: the newest */
    @PostMapping("/elements/{element}/retry")
    ResponseEntity<Map<String, Object>> retryAll(@PathVariable String id, @PathVariable String element, @RequestParam @Nullable Integer version, @Nullable Principal who) {
        return ResponseEntity.accepted().body(task(id, desk.retryAll(id, version != null ? version : journeys.require(id).version(), element, name(who))));
    }

    @GetMapping("/tasks/{task}")
    Map<String, Object> task(@PathVariable String id, @PathVariable long task) {
        var found = tasks.find(id, task).orElseThrow(() -> Problem.notFound("There is no task %d of '%s'.".formatted(task, id)));
        var told = new LinkedHashMap<String, Object>();
        told.put("task", found.id());
        told.put("kind", found.kind().key());
        told.put("state", found.state().name().toLowerCase(java.util.Locale.ROOT));
        told.put("total", found.total());
        told.put("done", found.done());
        told.put("left", found.left());
        told.put("startedAt", found.startedAt());
        told.put("endedAt", found.endedAt());
        return told;
    }

    /** Whom a task left where they are, and why. */
    @GetMapping("/tasks/{task}/left")
    Page<JourneyTasks.Left> left(@PathVariable String id, @PathVariable long task, @RequestParam @Nullable String after, @RequestParam @Nullable Integer limit) {
        task(id, task);
        int most = Page.limit(limit, 100);
        String key = Page.key(after);
        return Page.of(tasks.left(task, key == null ? 0 : JourneyLivePages.number(key), most + 1), most, left -> Long.toString(left.instanceKey()));
    }

    @PostMapping("/tasks/{task}/stop")
    Map<String, Object> stop(@PathVariable String id, @PathVariable long task) {
        desk.stop(id, task);
        return task(id, task);
    }

    private List<Long> instances(String id, @Nullable Whom whom) {
        if (whom == null || whom.customerId() == null && whom.instanceKey() == null) {
            return List.of();
        }
        return whom.instanceKey() == null ? desk.running(id, whom.customerId()) : List.of(desk.requireRunning(id, JourneyLivePages.number(whom.instanceKey())).key());
    }

    private Map<String, Object> state(String id) {
        var control = controls.of(id);
        var told = new LinkedHashMap<String, Object>();
        told.put("id", id);
        told.put("state", control.state(clock.instant()));
        told.put("pausedAt", control.pausedAt());
        told.put("entriesUntil", control.closesAt());
        return told;
    }

    private static String name(@Nullable Principal who) {
        return who == null ? "api" : who.getName();
    }
}
