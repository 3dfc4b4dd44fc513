package dev.drover.calendar;

import dev.drover.audience.Shown;
import dev.drover.campaign.Campaign.Type;
import dev.drover.campaign.Collisions.Collision;
import dev.drover.campaign.PlannedSend;
import dev.drover.journey.JourneyVolumes.Volume;
import dev.drover.kernel.Channel;
import dev.drover.kernel.Period;
import java.security.Principal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The calendar as a month, a week or a list; a month, too, is a list of its days, which a wide window lays out in weeks. */
@Controller
@RequestMapping("/calendar")
class CalendarPages {

    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("EEEE d MMMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter WEEKDAY = DateTimeFormatter.ofPattern("EEE", Locale.ENGLISH);

    /** @param number of the month @param loads what is near or over a limit says so in words */
    record Day(String iso, String name, int number, String weekday, boolean today, boolean past, boolean within, boolean empty, List<Entry> entries, List<Flow> journeys, String journeysWords, List<Held> loads,
            List<String> collisions, String listUrl) {}

    /** @param time on the clock, such as {@code 09:00} @param was the moment it begins, as the move sends it back */
    record Entry(long id, String name, String state, String time, boolean ownClock, String count, @Nullable String repeats, boolean movable, boolean past, String was, String url, String moveUrl) {}

    record Flow(String name, String url, String count, String how) {}

    record Held(String words, boolean limited, boolean over, List<String> shares) {}

    private final CalendarDays days;
    private final FeedTokens feeds;
    private final CalendarSettings settings;

    CalendarPages(CalendarDays days, FeedTokens feeds, CalendarSettings settings) {
        this.days = days;
        this.feeds = feeds;
        this.settings = settings;
    }

    @GetMapping
    String calendar(@RequestParam @Nullable String view, @RequestParam @Nullable String from, @RequestParam @Nullable String zone, Principal who, Model model) {
        var clock = CalendarView.zone("zone", zone, settings.timeZone());
        var today = days.today(clock);
        var shown = CalendarView.of(view, Period.day("from", from), clock, today);
        var found = days.between(shown.first(), shown.last(), clock).stream().map(day -> day(day, shown, today)).toList();
        model.addAttribute("view", shown).addAttribute("kinds", CalendarView.Kind.values()).addAttribute("today", shown.at(today)).addAttribute("days", found)
                .addAttribute("nothing", found.stream().allMatch(Day::empty)).addAttribute("zones", zones()).addAttribute("feed", feeds.of(who.getName()).map(feed -> new Known(Shown.time(feed.createdAt()), Shown.time(feed.lastReadAt()))).orElse(null));
        return "calendar/calendar";
    }

    record Known(Shown.@Nullable Time made, Shown.@Nullable Time read) {}

    static List<String> zones() {
        return ZoneId.getAvailableZoneIds().stream().filter(zone -> zone.contains("/") && !zone.startsWith("Etc/") && !zone.startsWith("SystemV/") || zone.equals("UTC")).sorted().toList();
    }

    private static Day day(CalendarDay day, CalendarView view, LocalDate today) {
        var date = day.date();
        long messages = day.journeys().stream().mapToLong(Volume::messages).sum();
        boolean expected = day.journeys().stream().anyMatch(Volume::expected);
        return new Day(date.toString(), NAME.format(date), date.getDayOfMonth(), WEEKDAY.format(date), date.equals(today), date.isBefore(today), view.within(date), day.empty(),
                day.sends().stream().map(send -> entry(send, view)).toList(), day.journeys().stream().map(CalendarPages::flow).toList(),
                messages == 0 ? "" : "Journeys: %s %s".formatted(Shown.number(messages), expected ? "expected" : "sent"), day.loads().stream().map(CalendarPages::held).toList(),
                day.collisions().stream().map(CalendarPages::sentence).toList(),
                view.as(CalendarView.Kind.LIST).at(date).url());
    }

    private static String sentence(Collision met) {
        String one = met.one().campaign().name();
        String other = met.other().campaign().name();
        if (met.shared() == 0) {
            return "“%s” and “%s” begin within an hour and share what leaves at once".formatted(one, other);
        }
        return "%s%s would get both “%s” and “%s”".formatted(met.exact() ? "" : "Up to ", met.shared() == 1 ? "1 person" : Shown.number(met.shared()) + " people", one, other);
    }

    private static Entry entry(PlannedSend send, CalendarView view) {
        var campaign = send.campaign();
        String count = campaign.type().wraps() ? "what its %s sends".formatted(campaign.type() == Type.DRIP ? "journey" : "trigger") : send.messages() == null ? "number not known" : "%s %s%s".formatted(Shown.number(send.messages()), words(send.channel(), send.messages()), send.expected() ? " expected" : "");
        return new Entry(campaign.id(), campaign.name(), send.state().key(), send.shown(view.zone()).toLocalTime().withNano(0).withSecond(0).toString(), send.localTime(), count, send.repeats(), send.movable(),
                !send.ahead(), send.at().toString(), "/campaigns/" + campaign.id(), "/calendar/" + campaign.id() + "/move" + view.query());
    }

    static String words(Channel channel, long count) {
        return switch (channel) {
            case EMAIL -> count == 1 ? "e-mail" : "e-mails";
            case SMS -> "SMS";
            case PUSH -> count == 1 ? "push message" : "push messages";
        };
    }

    private static Flow flow(Volume volume) {
        String how = !volume.expected() ? "sent" : volume.waiting() >= volume.usual() ? "expected: %s wait for that day".formatted(Shown.number(volume.waiting()))
                : "expected: as many as on other days lately" + (volume.waiting() > 0 ? ", %s of them wait already".formatted(Shown.number(volume.waiting())) : "");
        return new Flow(volume.name(), "/journeys/" + volume.journey(), "%s %s".formatted(Shown.number(volume.messages()), words(volume.channel(), volume.messages())), how);
    }

    private static Held held(DayLoad load) {
        String all = "%s %s".formatted(Shown.number(load.messages()), words(load.channel(), load.messages()));
        String words = load.shares().isEmpty() ? all + ": no provider is switched on" : load.most() == null ? all : "%s of %s a day%s".formatted(all, Shown.number(Objects.requireNonNull(load.most())),
                load.over() > 0 ? ": %s over, they wait for the next day".formatted(Shown.number(load.over())) : "");
        return new Held(words, load.most() != null || load.shares().isEmpty(), load.over() > 0, load.shares().stream().filter(share -> share.messages() > 0 || share.most() != null).map(share -> "%s: %s%s".formatted(share.label(), Shown.number(share.messages()),
                share.most() == null ? ", no limit" : " of %s%s%s".formatted(Shown.number(share.most()), share.warming() ? " (warm-up)" : "", share.full() ? ", full" : ""))).toList());
    }
}
