package dev.drover.calendar;

import dev.drover.campaign.Collisions.Collision;
import dev.drover.campaign.PlannedSend;
import dev.drover.kernel.Period;
import dev.drover.kernel.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The calendar for programs. */
@RestController
@RequestMapping("/api/v1/calendar")
class CalendarApi {

    private static final int USUAL_DAYS = 30;
    private static final int MOST_DAYS = 92;

    /** @param next always {@code null}: it is told at once */
    record Days(LocalDate from, LocalDate to, String timeZone, List<Day> items, @Nullable String next) {}

    /** @param over whether more is to leave than its providers take, of any channel */
    record Day(LocalDate date, List<Sending> campaigns, List<Flow> journeys, List<Load> channels, List<Meeting> collisions, boolean over) {}

    /**
     * @param run      {@code null}: a recurring campaign comes to it later
     * @param at       by each customer's own clock: when the first clocks of the world show that time
     * @param messages {@code null}: nobody can tell yet
     * @param moved    how often it was put to another time
     */
    record Sending(long campaignId, @Nullable Integer run, String name, String type, String status, Instant at, boolean localTime, String channel, @Nullable Long messages, boolean expected,
            boolean movable, int moved) {}

    /** @param waiting at a timer that is due that day @param usual a day lately; both of days to come */
    record Flow(String journeyId, String name, String channel, long messages, boolean expected, long waiting, long usual) {}

    /** @param most of all its providers together; {@code null}: no limit @param over what waits for the next day */
    record Load(String channel, long messages, @Nullable Long most, long over, List<DayLoad.Share> shares) {}

    /** @param shared customers who are in both audiences now; 0: they begin within an hour by one channel */
    record Meeting(List<Long> campaigns, long shared) {}

    private final CalendarDays days;
    private final CalendarSettings settings;

    CalendarApi(CalendarDays days, CalendarSettings settings) {
        this.days = days;
        this.settings = settings;
    }

    /** @param from the first day, today unless it is said @param to the last day, included; 92 days at most @param timeZone by whose clock days are meant */
    @GetMapping
    Days calendar(@RequestParam @Nullable String from, @RequestParam @Nullable String to, @RequestParam @Nullable String timeZone) {
        var zone = CalendarView.zone("timeZone", timeZone, settings.timeZone());
        var given = Period.day("from", from);
        var first = given == null ? days.today(zone) : given;
        var until = Period.day("to", to);
        var last = until == null ? first.plusDays(USUAL_DAYS - 1) : until;
        if (first.isAfter(last)) {
            throw Problem.invalid("to", "The calendar ends before it begins.");
        }
        if (first.plusDays(MOST_DAYS).isBefore(last.plusDays(1))) {
            throw Problem.invalid("to", "%d days at most: ask for the rest by itself.".formatted(MOST_DAYS));
        }
        CalendarView.within("from", first);
        return new Days(first, last, zone.getId(), days.between(first, last, zone).stream().map(CalendarApi::day).toList(), null);
    }

    private static Day day(CalendarDay day) {
        return new Day(day.date(), day.sends().stream().map(CalendarApi::sending).toList(), day.journeys().stream().map(volume -> new Flow(volume.journey(), volume.name(), volume.channel().key(),
                volume.messages(), volume.expected(), volume.waiting(), volume.usual())).toList(), day.loads().stream().map(load -> new Load(load.channel().key(), load.messages(), load.most(), load.over(), load.shares())).toList(), day.collisions().stream().map(CalendarApi::meeting).toList(), day.over());
    }

    private static Sending sending(PlannedSend send) {
        return new Sending(send.campaign().id(), send.run() == 0 ? null : send.run(), send.campaign().name(), send.campaign().type().key(), send.state().key(), send.at(), send.localTime(),
                send.channel().key(), send.messages(), send.expected(), send.movable(), send.moved());
    }

    private static Meeting meeting(Collision met) {
        return new Meeting(List.of(met.one().campaign().id(), met.other().campaign().id()), met.shared());
    }
}
