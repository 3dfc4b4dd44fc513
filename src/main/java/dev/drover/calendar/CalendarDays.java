package dev.drover.calendar;

import dev.drover.campaign.CampaignState;
import dev.drover.campaign.Collisions;
import dev.drover.campaign.PlannedSend;
import dev.drover.campaign.PlannedSends;
import dev.drover.delivery.throughput.DailyQuotas;
import dev.drover.journey.JourneyVolumes;
import dev.drover.journey.JourneyVolumes.Volume;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Puts the days of the calendar together. */
@Component
class CalendarDays {

    private final PlannedSends sends;
    private final Collisions collisions;
    private final JourneyVolumes journeys;
    private final DailyQuotas quotas;
    private final PlatformClock clock;

    CalendarDays(PlannedSends sends, Collisions collisions, JourneyVolumes journeys, DailyQuotas quotas, PlatformClock clock) {
        this.sends = sends;
        this.collisions = collisions;
        this.journeys = journeys;
        this.quotas = quotas;
        this.clock = clock;
    }

    LocalDate today(ZoneId zone) {
        return clock.instant().atZone(zone).toLocalDate();
    }

    /** Each day of that clock. A campaign by each customer's own clock is on the day that all of their clocks show. @param last included */
    List<CalendarDay> between(LocalDate first, LocalDate last, ZoneId zone) {
        // A day more on both sides: clocks around the world are on three days at once.
        var its = sends.between(first.minusDays(1).atStartOfDay(zone).toInstant(), last.plusDays(2).atStartOfDay(zone).toInstant()).stream()
                .filter(send -> send.state() != CampaignState.CANCELLED || send.begun()).collect(Collectors.groupingBy(send -> send.day(zone)));
        var met = collisions.among(its.entrySet().stream().filter(day -> !day.getKey().isBefore(first) && !day.getKey().isAfter(last)).flatMap(day -> day.getValue().stream()).toList(), zone);
        var volumes = journeys.between(first, last, zone).stream().collect(Collectors.groupingBy(Volume::day));
        var today = today(zone);
        return first.datesUntil(last.plusDays(1)).map(day -> {
            var campaigns = its.getOrDefault(day, List.of());
            var expected = volumes.getOrDefault(day, List.of());
            return new CalendarDay(day, campaigns, expected, day.isBefore(today) ? List.of() : loads(day, campaigns, expected), met.getOrDefault(day, List.of()));
        }).toList();
    }

    /** A quota is a UTC day's; the messages of the calendar's day of that date are held against it. */
    private List<DayLoad> loads(LocalDate day, List<PlannedSend> campaigns, List<Volume> journeys) {
        var limits = quotas.on(day);
        return Arrays.stream(Channel.values()).map(channel -> {
            long messages = campaigns.stream().filter(send -> send.channel() == channel && send.state() != CampaignState.CANCELLED).map(PlannedSend::messages).filter(Objects::nonNull).mapToLong(Long::longValue).sum()
                    + journeys.stream().filter(volume -> volume.channel() == channel).mapToLong(Volume::messages).sum();
            return DayLoad.of(channel, messages, limits.stream().filter(quota -> quota.channel() == channel).toList());
        }).filter(load -> load.messages() > 0).toList();
    }
}
