package dev.drover.delivery.throughput;

import dev.drover.delivery.throughput.Placement.Wait;
import dev.drover.delivery.throughput.Rooms.Closed;
import dev.drover.delivery.throughput.Rooms.Lane;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the dispatcher asks: how much may be claimed, by which provider each message leaves, and what came of it. */
@Component
public class Throughput {

    /** The rule, so to speak, by which a message waits until somebody resumes or switches on a provider. */
    public static final String HELD = Waiting.RULE + "held";

    private final Controls controls;
    private final DayCounts counts;
    private final Tally tally;
    private final Line.All lines;
    private final PlatformClock clock;
    private final Gauges gauges = new Gauges();

    Throughput(Controls controls, DayCounts counts, Tally tally, Line.All lines, PlatformClock clock) {
        this.controls = controls;
        this.counts = counts;
        this.tally = tally;
        this.lines = lines;
        this.clock = clock;
    }

    /** Whether what is in hand has to be put back: its provider was paused meanwhile, or is left alone now. */
    public boolean withdrawn(Ticket ticket) {
        var snapshot = controls.snapshot();
        var opening = snapshot.of(ticket.provider()).opening();
        return snapshot.paused(ticket.provider()) || opening != null && opening.holds(clock.instant());
    }

    /** Why nothing leaves by this channel until somebody changes that; {@code null}: something does. */
    public @Nullable String held(Channel channel) {
        var snapshot = controls.snapshot();
        if (snapshot.pause() != null) {
            return "all sending is paused, by " + snapshot.pause().by();
        }
        var reasons = new ArrayList<String>();
        for (Line line : lines.of(channel)) {
            var standing = snapshot.of(line.name());
            if (standing.settings().enabled() && standing.pause() == null) {
                return null;
            }
            reasons.add(KnownProvider.label(line.name()) + (standing.settings().enabled() ? " is paused" : " is switched off"));
        }
        return String.join(", ", reasons);
    }

    /** @param most at once */
    public Rooms rooms(int most) {
        var snapshot = controls.snapshot();
        var open = new ArrayList<Lane>();
        var closed = new ArrayList<Closed>();
        if (snapshot.pause() != null) {
            return new Rooms(open, closed);
        }
        var now = clock.instant();
        var placing = new Placing(snapshot, gauges, lines, snapshot.day().equals(LocalDate.ofInstant(now, ZoneOffset.UTC)) ? snapshot.used() : Map.of(), now);
        synchronized (gauges) {
            for (Channel channel : Channel.values()) {
                look(channel, most, snapshot, placing, open, closed);
            }
        }
        return new Rooms(open, closed);
    }

    private void look(Channel channel, int most, Snapshot snapshot, Placing placing, List<Lane> open, List<Closed> closed) {
        long urgent = 0;
        long bulk = 0;
        boolean usable = false;
        @Nullable Wait earliest = null;
        for (Line line : lines.of(channel)) {
            if (!snapshot.of(line.name()).settings().enabled() || snapshot.paused(line.name())) {
                continue;
            }
            var room = placing.room(line, "", false);
            if (room.closed() == null) {
                usable = true;
                bulk += room.count();
                urgent += placing.room(line, "", true).count();
            } else if (earliest == null || room.closed().until().isBefore(earliest.until())) {
                earliest = room.closed();
            }
        }
        if (usable && urgent > 0) {
            open.add(new Lane(channel, true, (int) Math.min(most, urgent)));
        }
        if (usable && bulk > 0) {
            open.add(new Lane(channel, false, (int) Math.min(most, bulk)));
        }
        if (!usable && earliest != null) {
            closed.add(new Closed(channel, earliest));
        }
    }

    /**
     * Decides for a whole claim, within its transaction: what it counts for the day is counted when that ends, or not at all.
     *
     * @return one for each, in their order
     */
    public List<Placement> place(List<Candidate> candidates) {
        var snapshot = controls.snapshot();
        var now = clock.instant();
        var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        // Waits for others; so before anything here is locked.
        var used = counts.locked(today, keys(candidates, snapshot));
        var placing = new Placing(snapshot, gauges, lines, used, now);
        List<Placement> placements;
        synchronized (gauges) {
            placements = candidates.stream().map(placing::place).toList();
        }
        if (!placing.taken().isEmpty()) {
            counts.add(today, placing.taken());
        }
        return placements;
    }

    private TreeSet<DayKey> keys(List<Candidate> candidates, Snapshot snapshot) {
        var keys = new TreeSet<DayKey>();
        for (Candidate candidate : candidates) {
            String domain = candidate.domain();
            for (Line line : lines.of(candidate.channel())) {
                keys.add(DayKey.all(line.name()));
                if (snapshot.of(line.name()).settings().domains().containsKey(domain)) {
                    keys.add(new DayKey(line.name(), domain));
                }
            }
        }
        return keys;
    }

    /** It wasn't handed over: its place is another's. */
    public void unused(Ticket ticket) {
        tally.giveBack(ticket.day(), keys(ticket));
        if (ticket.probe()) {
            gauges.breaker(ticket.provider()).unprobe();
        }
    }

    /**
     * It was handed over.
     *
     * @param counts the provider has it, or may have it
     * @param why    in words, where it wasn't taken
     * @param asked  how long the provider asks us to wait; {@code null}: it doesn't say
     */
    public void done(Ticket ticket, Outcome outcome, boolean counts, String why, @Nullable Duration asked) {
        tally.count(ticket.provider(), outcome);
        if (!counts) {
            tally.giveBack(ticket.day(), keys(ticket));
        }
        var opening = controls.snapshot().of(ticket.provider()).opening();
        var change = gauges.breaker(ticket.provider()).on(outcome, why, asked, opening, clock.instant());
        if (change != null) {
            controls.write(ticket.provider(), change, opening);
        }
    }

    private static Set<DayKey> keys(Ticket ticket) {
        var keys = new HashSet<DayKey>();
        keys.add(DayKey.all(ticket.provider()));
        if (!ticket.domain().isEmpty()) {
            keys.add(new DayKey(ticket.provider(), ticket.domain()));
        }
        return keys;
    }
}
