package dev.drover.journey;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drover.delivery.SentByDay;
import dev.drover.delivery.SentByDay.Sent;
import dev.drover.engine.EngineTimers;
import dev.drover.journey.Journeys.Journey;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * How many messages journeys send by day: on days past what left, from today on what is to be expected. That is the larger of two figures, since whoever waits today is
 * part of a usual day, too: how many wait at a timer that is due that day (each may get one message), and how many messages the journey sent a day lately, over two weeks
 * or since it began to send. Paused journeys are expected to send nothing; closed ones only to those who wait in them.
 */
@Component
public class JourneyVolumes {

    static final int DAYS_LOOKED_BACK = 14;
    private static final Duration KNOWN_FOR = Duration.ofMinutes(2);

    /** @param expected from today on @param waiting at a timer that is due that day @param usual a day lately */
    public record Volume(String journey, String name, Channel channel, LocalDate day, long messages, boolean expected, long waiting, long usual) {}

    private record Asked(Instant from, Instant to, ZoneId zone) {}

    private record Usual(Channel channel, long aDay) {}

    private final Journeys journeys;
    private final JourneyControls controls;
    private final SentByDay sent;
    private final EngineTimers timers;
    private final PlatformClock clock;
    private final Cache<Asked, List<Sent>> known = Caffeine.newBuilder().expireAfterWrite(KNOWN_FOR).maximumSize(200).build();

    JourneyVolumes(Journeys journeys, JourneyControls controls, SentByDay sent, EngineTimers timers, PlatformClock clock) {
        this.journeys = journeys;
        this.controls = controls;
        this.sent = sent;
        this.timers = timers;
        this.clock = clock;
    }

    /** Of days by that clock, without what is nothing; by day the most first. @param last included */
    public List<Volume> between(LocalDate first, LocalDate last, ZoneId zone) {
        var today = clock.instant().atZone(zone).toLocalDate();
        var its = journeys.all();
        var found = new ArrayList<Volume>();
        var left = sent(first, earlier(today, last), zone);
        var leftToday = left.stream().filter(one -> one.day().equals(today)).collect(Collectors.groupingBy(Sent::origin, Collectors.summingLong(Sent::count)));
        var names = its.stream().collect(Collectors.toMap(Journey::id, Journey::name));
        left.stream().filter(one -> one.day().isBefore(today)).forEach(one -> found.add(new Volume(one.origin(), names.getOrDefault(one.origin(), one.origin()), one.channel(), one.day(), one.count(), false, 0, 0)));
        if (!last.isBefore(today)) {
            var usual = usual(today, zone);
            var from = first.isAfter(today) ? first : today;
            var waiting = timers.between(from.atStartOfDay(zone).toInstant(), last.plusDays(1).atStartOfDay(zone).toInstant(), zone).stream()
                    .collect(Collectors.groupingBy(EngineTimers.Due::processId, Collectors.toMap(EngineTimers.Due::day, EngineTimers.Due::count)));
            for (Journey journey : its) {
                if (!controls.of(journey.id()).paused()) {
                    var was = usual.getOrDefault(journey.id(), new Usual(Channel.EMAIL, 0));
                    from.datesUntil(last.plusDays(1)).map(day -> expected(journey, day, was, waiting.getOrDefault(journey.id(), Map.of()).getOrDefault(day, 0L),
                            day.equals(today) ? leftToday.getOrDefault(journey.id(), 0L) : 0, zone)).filter(volume -> volume.messages() > 0).forEach(found::add);
                }
            }
        }
        found.sort(Comparator.comparing(Volume::day).thenComparing(Volume::messages, Comparator.reverseOrder()).thenComparing(Volume::journey));
        return found;
    }

    /** @param left of today's that have left already */
    private Volume expected(Journey journey, LocalDate day, Usual was, long waiting, long left, ZoneId zone) {
        boolean closed = controls.of(journey.id()).closed(day.atStartOfDay(zone).toInstant());
        long usual = closed ? 0 : was.aDay();
        return new Volume(journey.id(), journey.name(), was.channel(), day, Math.max(left + waiting, usual), true, waiting, usual);
    }

    private Map<String, Usual> usual(LocalDate today, ZoneId zone) {
        var found = new HashMap<String, Usual>();
        sent(today.minusDays(DAYS_LOOKED_BACK), today.minusDays(1), zone).stream().collect(Collectors.groupingBy(Sent::origin)).forEach((journey, its) -> {
            var begun = its.stream().map(Sent::day).min(Comparator.naturalOrder()).orElseThrow();
            long all = its.stream().mapToLong(Sent::count).sum();
            var channel = its.stream().collect(Collectors.groupingBy(Sent::channel, Collectors.summingLong(Sent::count))).entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
            found.put(journey, new Usual(channel, Math.round((double) all / ChronoUnit.DAYS.between(begun, today))));
        });
        return found;
    }

    private List<Sent> sent(LocalDate first, LocalDate last, ZoneId zone) {
        if (last.isBefore(first)) {
            return List.of();
        }
        return known.get(new Asked(first.atStartOfDay(zone).toInstant(), last.plusDays(1).atStartOfDay(zone).toInstant(), zone), asked -> sent.of("journey", asked.from(), asked.to(), asked.zone()));
    }

    private static LocalDate earlier(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }
}
