package dev.drover.web;

import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.kernel.TimeMachine;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The platform's time, and moving it forward where the installation allows that (demo, tests). */
@RestController
@RequestMapping("/api/v1/clock")
class ClockApi {

    record Time(Instant now, boolean controllable) {}

    record Advance(@Nullable String by) {}

    record Moved(Instant now) {}

    private final PlatformClock clock;
    private final TimeMachine machine;
    private final AuditLog audit;

    ClockApi(PlatformClock clock, TimeMachine machine, AuditLog audit) {
        this.audit = audit;
        this.clock = clock;
        this.machine = machine;
    }

    @GetMapping
    Time now() {
        return new Time(clock.instant(), machine.allowed());
    }

    @PostMapping("/advance")
    Moved advance(@RequestBody Advance asked) {
        if (!machine.allowed()) {
            throw Problem.notFound("The clock is the system's here and can't be moved.");
        }
        var now = machine.advance(duration(asked.by()));
        audit.record("clock.moved", String.valueOf(asked.by()), Map.of());
        return new Moved(now);
    }

    static Duration duration(@Nullable String by) {
        try {
            return Duration.parse(by == null ? "" : by);
        } catch (DateTimeParseException e) {
            throw Problem.invalid("by", "by is a duration in ISO 8601, such as PT24H.");
        }
    }
}
