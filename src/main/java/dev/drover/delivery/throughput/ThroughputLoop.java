package dev.drover.delivery.throughput;

import dev.drover.kernel.BackgroundLoop;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Keeps up with the other instances: twice a second learns what was paused or changed there, and tells what was sent here. */
@Component
class ThroughputLoop extends BackgroundLoop {

    /** Begins before the dispatcher and ends after it. */
    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 3_584;
    private static final Duration REST = Duration.ofMillis(500);
    private static final Duration BETWEEN_CLEANINGS = Duration.ofHours(1);

    private final Controls controls;
    private final Tally tally;
    private final Waiting waiting;
    private final Line.All lines;
    private final PlatformClock clock;
    private Instant cleaned = Instant.MIN;

    ThroughputLoop(Controls controls, Tally tally, Waiting waiting, Line.All lines, PlatformClock clock) {
        super("throughput", PHASE);
        this.controls = controls;
        this.tally = tally;
        this.waiting = waiting;
        this.lines = lines;
        this.clock = clock;
    }

    @Override
    protected void beginning() {
        controls.refresh();
    }

    @Override
    protected Duration round(boolean rung) {
        giveBack(tally.write());
        controls.refresh();
        waiting.free();
        if (Duration.between(cleaned, clock.instant()).compareTo(BETWEEN_CLEANINGS) > 0) {
            tally.forgetOld();
            cleaned = clock.instant();
        }
        return REST;
    }

    /** Where a day was used up, those who wait for the next may take the places that came back. */
    private void giveBack(Map<String, Integer> places) {
        var channels = lines.lines().stream().collect(Collectors.toMap(Line::name, Line::channels));
        var snapshot = controls.snapshot();
        places.forEach((provider, count) -> {
            var limit = snapshot.of(provider).settings().limit(snapshot.day());
            if (limit != null && snapshot.used().getOrDefault(DayKey.all(provider), 0) >= limit.most()) {
                waiting.freeSoon(channels.getOrDefault(provider, Set.<Channel>of()), count);
            }
        });
    }

    @Override
    protected void ended() {
        tally.write();
    }
}
