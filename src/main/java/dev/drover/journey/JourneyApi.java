package dev.drover.journey;

import dev.drover.audience.Customers;
import dev.drover.engine.EngineHistory;
import dev.drover.engine.EngineLive;
import dev.drover.kernel.Checks;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import java.security.Principal;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/journeys")
class JourneyApi {

    record Start(@Nullable String customerId, @Nullable Map<String, Object> variables) {}

    private final Journeys journeys;
    private final EngineHistory history;
    private final EventPublisher publisher;
    private final Customers customers;
    private final EngineLive live;
    private final JourneyControls controls;
    private final PlatformClock clock;

    JourneyApi(Journeys journeys, EngineHistory history, EngineLive live, JourneyControls controls, EventPublisher publisher, Customers customers, PlatformClock clock) {
        this.journeys = journeys;
        this.history = history;
        this.publisher = publisher;
        this.customers = customers;
        this.live = live;
        this.controls = controls;
        this.clock = clock;
    }

    @GetMapping
    Map<String, Object> list() {
        var counts = history.counts().stream().collect(Collectors.groupingBy(EngineHistory.Counts::processId));
        var answer = new LinkedHashMap<String, Object>();
        answer.put("items", journeys.all().stream().map(journey -> {
            var of = counts.getOrDefault(journey.id(), List.of());
            return Map.of("id", journey.id(), "name", journey.name(), "version", journey.version(), "startsOn", journey.startsOn(),
                    "instances", instances(of), "deployedAt", journey.deployedAt());
        }).toList());
        answer.put("next", null);
        return answer;
    }

    @PostMapping(consumes = {MediaType.APPLICATION_XML_VALUE, MediaType.TEXT_XML_VALUE})
    ResponseEntity<Object> deploy(@RequestBody String xml, @Nullable Principal who) {
        var deployment = journeys.deploy(xml, who == null ? "api" : who.getName());
        publisher.refresh();
        return deployment.version() > 0 ? ResponseEntity.ok(deployment)
                : ResponseEntity.unprocessableContent().body(Map.of("problems", deployment.problems()));
    }

    @PostMapping(path = "/check", consumes = {MediaType.APPLICATION_XML_VALUE, MediaType.TEXT_XML_VALUE})
    Map<String, Object> check(@RequestBody String xml) {
        return Map.of("problems", journeys.check(xml));
    }

    @GetMapping(path = "/{id}/xml", produces = MediaType.APPLICATION_XML_VALUE)
    String xml(@PathVariable String id) {
        return journeys.require(id).xml();
    }

    @PostMapping("/{id}/start")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Map<String, Object> start(@PathVariable String id, @RequestBody Start start) {
        journeys.require(id);
        new Checks().required("customerId", start.customerId()).orThrow();
        if (customers.byExternalId(start.customerId()).isEmpty()) {
            throw Problem.invalid("customerId", "There is no customer '" + start.customerId() + "'. Send the customer first.");
        }
        try {
            long key = journeys.start(id, start.customerId(), Objects.requireNonNullElse(start.variables(), Map.of())).join();
            return Map.of("instanceKey", Long.toString(key));
        } catch (CompletionException e) {
            throw e.getCause() instanceof Problem problem ? problem : e;
        }
    }

    /** @param version {@code null}: the newest */
    @GetMapping("/{id}/progress")
    Map<String, Object> progress(@PathVariable String id, @RequestParam @Nullable Integer version) {
        var journey = journeys.require(id);
        int shown = version != null ? version : journey.version();
        return Map.of("version", shown, "state", controls.of(id).state(clock.instant()), "instances", instances(history.counts().stream()
                .filter(counts -> counts.processId().equals(id) && counts.version() == shown).toList()), "elements", live.traffic(id, shown).stream()
                .filter(traffic -> !EngineForm.isOurs(traffic.elementId())).map(traffic -> Map.of("elementId", traffic.elementId(), "now", traffic.now(), "entered", traffic.entered(), "left", traffic.left(),
                        "averageWait", traffic.averageWait().truncatedTo(ChronoUnit.SECONDS), "stuck", traffic.stuck())).toList());
    }

    static Map<String, Object> instances(List<EngineHistory.Counts> counts) {
        return Map.of("active", counts.stream().mapToLong(EngineHistory.Counts::active).sum(),
                "completed", counts.stream().mapToLong(EngineHistory.Counts::completed).sum(),
                "cancelled", counts.stream().mapToLong(EngineHistory.Counts::cancelled).sum(),
                "incidents", counts.stream().mapToLong(EngineHistory.Counts::incidents).sum());
    }
}
