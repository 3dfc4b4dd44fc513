package dev.drover.journey;

import dev.drover.engine.EngineCrowd;
import dev.drover.kernel.PlatformClock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A journey in the hands of a floor above: opened, closed, paused, and ended for those who came lately. In the caller's transaction, but for the ending. */
@Component
public class JourneySwitch {

    private static final int AT_ONCE = 200;

    /** @param pausedBy {@code null}: it runs @param closed to newcomers */
    public record Standing(String id, String name, @Nullable String pausedBy, @Nullable Instant pausedAt, boolean closed) {

        public boolean paused() {
            return pausedAt != null;
        }
    }

    private final Journeys journeys;
    private final JourneyControls controls;
    private final EngineCrowd crowd;
    private final CancelWork ending;
    private final PlatformClock clock;

    JourneySwitch(Journeys journeys, JourneyControls controls, EngineCrowd crowd, CancelWork ending, PlatformClock clock) {
        this.journeys = journeys;
        this.controls = controls;
        this.crowd = crowd;
        this.ending = ending;
        this.clock = clock;
    }

    /** By name. */
    public List<Standing> all() {
        return journeys.all().stream().map(journey -> standing(journey.id(), journey.name())).sorted(java.util.Comparator.comparing(Standing::name)).toList();
    }

    public Optional<Standing> find(String id) {
        return journeys.find(id).map(journey -> standing(id, journey.name()));
    }

    private Standing standing(String id, String name) {
        var control = controls.of(id);
        return new Standing(id, name, control.pausedBy(), control.pausedAt(), control.closed(clock.instant()));
    }

    public void open(String id, String by) {
        controls.close(id, null, by);
    }

    public void close(String id, String by) {
        controls.close(id, clock.instant(), by);
    }

    /** One that is paused already stays whoever's it is. */
    public void pause(String id, String by) {
        controls.pause(id, by);
    }

    /** What somebody else paused stays so. */
    public void resume(String id, String by) {
        if (by.equals(controls.of(id).pausedBy())) {
            controls.resume(id);
        }
    }

    /** Whether somebody is on it who began in this time, by the engine's history, which is a moment behind. @param to {@code null}: until now */
    public boolean isWalked(String id, Instant from, @Nullable Instant to) {
        return !crowd.keysBegun(id, from, to, 1).isEmpty();
    }

    /** How many those are. */
    public long walking(String id, Instant from) {
        return crowd.countBegun(id, from, null);
    }

    /** Ends it for some of those who began since then, and takes back what it has waiting for them. @return whether there were any */
    public boolean endSome(String id, Instant since) {
        var keys = crowd.keysBegun(id, since, null, AT_ONCE);
        ending.end(keys);
        return !keys.isEmpty();
    }
}
