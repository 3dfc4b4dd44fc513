package dev.drover.audience;

import dev.drover.eventlog.Event;
import dev.drover.kernel.Page;
import dev.drover.kernel.PlatformClock;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/customers")
class CustomerApi {

    private final Customers customers;
    private final CustomerIntake intake;
    private final Profiles profiles;
    private final Timeline timeline;
    private final PlatformClock clock;

    CustomerApi(Customers customers, CustomerIntake intake, Profiles profiles, Timeline timeline, PlatformClock clock) {
        this.customers = customers;
        this.intake = intake;
        this.profiles = profiles;
        this.timeline = timeline;
        this.clock = clock;
    }

    @GetMapping
    Page<Map<String, Object>> list(@RequestParam @Nullable String search, @RequestParam @Nullable String after, @RequestParam @Nullable Integer limit) {
        var page = customers.list(search, after, Page.limit(limit, 100));
        return new Page<>(page.items().stream().map(Profiles::attributes).toList(), page.next());
    }

    @PostMapping
    ResponseEntity<Map<String, Object>> upsert(@RequestBody CustomerInput input) {
        var taken = intake.take(input, Event.Origin.LIVE);
        return ResponseEntity.status(taken.created() ? 201 : 200).body(profiles.of(customers.require(taken.externalId())));
    }

    @PostMapping("/batch")
    Ndjson.Answer batch(HttpServletRequest request) throws IOException {
        var now = clock.instant();
        var read = new Ndjson<>(CustomerInput.class, customer -> customer.problems(now)).read(request.getInputStream());
        Ndjson.chunks(read.items()).forEach(chunk -> intake.takeAll(chunk, Event.Origin.LIVE));
        return Ndjson.answer(read.items().size(), read.rejected());
    }

    @GetMapping("/{externalId}")
    Map<String, Object> profile(@PathVariable String externalId) {
        return profiles.of(customers.require(externalId));
    }

    @GetMapping("/{externalId}/timeline")
    Page<TimelineSource.Entry> timeline(@PathVariable String externalId, @RequestParam @Nullable String after, @RequestParam @Nullable Integer limit) {
        return timeline.of(customers.require(externalId), after, Page.limit(limit, 100));
    }
}
