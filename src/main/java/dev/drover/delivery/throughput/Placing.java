package dev.drover.delivery.throughput;

import dev.drover.delivery.throughput.Placement.Go;
import dev.drover.delivery.throughput.Placement.Stay;
import dev.drover.delivery.throughput.Placement.Wait;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One moment's decisions: which provider, if any, is handed what. Knows how each stands and how much of the day is used, and counts along while
 * it decides.
 */
final class Placing {

    private static final Duration BOUND_PATIENCE = Duration.ofMinutes(5);

    /** What one provider says. @param count {@code 0}: none just now, and within moments some */
    record Room(int count, @Nullable Wait closed, boolean probe) {
        static final Room SOON = new Room(0, null, false);
    }

    private final Snapshot snapshot;
    private final Gauges gauges;
    private final Line.All lines;
    private final Map<DayKey, Integer> used;
    private final Map<DayKey, Integer> taken = new HashMap<>();
    private final Instant now;
    private final LocalDate today;

    /** @param used of today; what isn't in it isn't counted */
    Placing(Snapshot snapshot, Gauges gauges, Line.All lines, Map<DayKey, Integer> used, Instant now) {
        this.snapshot = snapshot;
        this.gauges = gauges;
        this.lines = lines;
        this.used = used;
        this.now = now;
        this.today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    /** What was placed in all, by what it counts for. */
    Map<DayKey, Integer> taken() {
        return taken;
    }

    Placement place(Candidate candidate) {
        String domain = candidate.domain();
        var able = new ArrayList<Shares.Contender>();
        var probes = new HashSet<String>();
        var waits = new ArrayList<Wait>();
        boolean soon = false;
        for (Line line : usable(candidate)) {
            Room room = room(line, domain, candidate.urgent());
            if (room.count() > 0) {
                able.add(new Shares.Contender(line.name(), snapshot.of(line.name()).settings().weight(), line.preference()));
                if (room.probe()) {
                    probes.add(line.name());
                }
            } else if (room.closed() != null) {
                waits.add(room.closed());
            } else {
                soon = true;
            }
        }
        if (!able.isEmpty()) {
            return go(gauges.shares(candidate.channel().key()).next(able).name(), candidate, domain, probes);
        }
        var earliest = waits.stream().min(Comparator.comparing(Wait::until));
        if (candidate.boundTo() != null) {
            // Others don't wait behind it.
            return earliest.orElseGet(() -> new Wait(now.plus(BOUND_PATIENCE), Waiting.BREAKER,
                    "%s may have it already and takes none now; by another it could arrive twice".formatted(candidate.boundTo())));
        }
        return soon || earliest.isEmpty() ? new Stay() : earliest.get();
    }

    private List<Line> usable(Candidate candidate) {
        return lines.of(candidate.channel()).stream().filter(line -> candidate.boundTo() == null || line.name().equals(candidate.boundTo()))
                .filter(line -> snapshot.of(line.name()).settings().enabled() && !snapshot.paused(line.name())).toList();
    }

    private Go go(String provider, Candidate candidate, String domain, Set<String> probes) {
        count(DayKey.all(provider), snapshot.of(provider).settings().perSecond());
        var limit = snapshot.of(provider).settings().domains().get(domain);
        if (limit != null) {
            count(new DayKey(provider, domain), limit.perSecond());
        }
        boolean probe = probes.contains(provider);
        if (probe) {
            gauges.breaker(provider).probe(now);
        }
        return new Go(new Ticket(provider, candidate.channel(), limit == null ? "" : domain, today, probe));
    }

    private void count(DayKey key, @Nullable BigDecimal perSecond) {
        taken.merge(key, 1, Integer::sum);
        var bucket = gauges.bucket(key, perSecond, now);
        if (bucket != null) {
            bucket.take();
        }
    }

    /** How much room a provider has for mailboxes of this domain. @param domain empty: of any */
    Room room(Line line, String domain, boolean urgent) {
        var standing = snapshot.of(line.name());
        var settings = standing.settings();
        var opening = standing.opening();
        if (opening != null && opening.holds(now)) {
            return new Room(0, new Wait(opening.until(), Waiting.BREAKER, "%s is left alone for now: %s".formatted(line.name(), opening.why())), false);
        }
        int room = opening == null ? Integer.MAX_VALUE : gauges.breaker(line.name()).probes(now);
        var limit = settings.limit(today);
        if (limit != null) {
            int left = limit.most() - used(DayKey.all(line.name()));
            if (left <= 0) {
                return untilTomorrow("%s has sent the %d of %s".formatted(line.name(), limit.most(), limit.warming() ? "this day of its warm-up" : "a day"));
            }
            room = Math.min(room, left);
        }
        var bucket = gauges.bucket(DayKey.all(line.name()), settings.perSecond(), now);
        room = bucket == null ? room : Math.min(room, bucket.room(now, urgent));
        return room > 0 && !domain.isEmpty() ? ofDomain(line, settings.domains().get(domain), urgent, new Room(room, null, opening != null))
                : new Room(Math.max(0, room), null, opening != null);
    }

    private Room ofDomain(Line line, @Nullable DomainLimit limit, boolean urgent, Room room) {
        if (limit == null) {
            return room;
        }
        var key = new DayKey(line.name(), limit.domain());
        if (limit.perDay() != null && limit.perDay() <= used(key)) {
            return untilTomorrow("%s has sent the %d a day for %s".formatted(line.name(), limit.perDay(), limit.domain()));
        }
        var bucket = gauges.bucket(key, limit.perSecond(), now);
        if (bucket != null && bucket.room(now, urgent) == 0) {
            return new Room(0, new Wait(bucket.turn(now, urgent), Waiting.TURN,
                    "%s sends %s a second to %s".formatted(line.name(), limit.perSecond().toPlainString(), limit.domain())), false);
        }
        return room;
    }

    private Room untilTomorrow(String reason) {
        return new Room(0, new Wait(today.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant(), Waiting.DAY, reason), false);
    }

    private int used(DayKey key) {
        return used.getOrDefault(key, 0) + taken.getOrDefault(key, 0);
    }
}
