package dev.drover.calendar;

import dev.drover.campaign.Campaign;
import dev.drover.campaign.Campaigns;
import dev.drover.campaign.PlannedSend;
import dev.drover.campaign.Rescheduling;
import dev.drover.campaign.Rescheduling.Moved;
import dev.drover.kernel.Channel;
import dev.drover.kernel.Period;
import dev.drover.kernel.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A campaign is put to another time: by what was dragged, by a form, and back again. What can't be is said, with the reason, and nothing is changed. */
@Controller
@RequestMapping("/calendar/{id:[0-9]+}/move")
class MovePages {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("EEEE d MMMM uuuu, HH:mm", Locale.ENGLISH);

    /** What was done, for the page that follows. @param at where it is moved back to, and {@code was} where it is now, as {@link #move} takes them */
    record Told(long id, String words, String at, String was) {}

    private final Campaigns campaigns;
    private final Rescheduling rescheduling;
    private final CalendarDays days;
    private final CalendarSettings settings;

    MovePages(Campaigns campaigns, Rescheduling rescheduling, CalendarDays days, CalendarSettings settings) {
        this.campaigns = campaigns;
        this.rescheduling = rescheduling;
        this.days = days;
        this.settings = settings;
    }

    @GetMapping
    String form(@PathVariable long id, @RequestParam @Nullable String view, @RequestParam @Nullable String from, @RequestParam @Nullable String zone, Model model, HttpServletResponse response) {
        var shown = shown(view, from, zone);
        var campaign = campaigns.require(id);
        try {
            rescheduling.movable(campaign);
        } catch (Problem refused) {
            response.setStatus(409);
            return refused(campaign, shown, refused, model);
        }
        var local = clock(campaign, Objects.requireNonNull(campaign.scheduledAt()), shown.zone());
        return form(campaign, shown, local.toLocalDate().toString(), local.toLocalTime().truncatedTo(ChronoUnit.MINUTES).toString(), Objects.requireNonNull(campaign.scheduledAt()).toString(), null, model);
    }

    private static String refused(Campaign campaign, CalendarView shown, Problem refused, Model model) {
        model.addAttribute("campaign", campaign).addAttribute("view", shown).addAttribute("refused", refused.getMessage());
        return "calendar/move";
    }

    private static String form(Campaign campaign, CalendarView shown, @Nullable String day, @Nullable String time, String was, @Nullable String mistake, Model model) {
        model.addAttribute("campaign", campaign).addAttribute("view", shown).addAttribute("day", day).addAttribute("time", time).addAttribute("was", was).addAttribute("mistake", mistake)
                .addAttribute("ownClock", campaign.settings().localTime()).addAttribute("now", at(campaign, Objects.requireNonNull(campaign.scheduledAt()), shown.zone())).addAttribute("zones", CalendarPages.zones());
        return "calendar/move";
    }

    /**
     * @param was  the moment it begins, as the page knew it
     * @param at   the moment it is to begin; or
     * @param day  the day, at the same time of day, or at
     * @param time by the clock of {@code zone}
     * @param form whether it was typed, so that a mistake is shown where it was typed
     */
    @PostMapping
    String move(@PathVariable long id, @RequestParam String was, @RequestParam @Nullable String at, @RequestParam @Nullable String day, @RequestParam @Nullable String time,
            @RequestParam(defaultValue = "false") boolean form, @RequestParam @Nullable String view, @RequestParam @Nullable String from, @RequestParam @Nullable String zone, Model model,
            HttpServletResponse response, RedirectAttributes after) {
        var shown = shown(view, from, zone);
        var campaign = campaigns.require(id);
        try {
            var moved = rescheduling.move(id, moment("was", was), when(campaign, moment("was", was), at, day, time, shown.zone()));
            after.addFlashAttribute("moved", told(moved, shown.zone()));
            return "redirect:" + (form ? shown.at(clock(campaign, moved.to(), shown.zone()).toLocalDate()) : shown).url();
        } catch (Problem refused) {
            if (!form) {
                after.addFlashAttribute("trouble", "“%s” wasn’t moved. %s".formatted(campaign.name(), refused.getMessage()));
                return "redirect:" + shown.url();
            }
            response.setStatus(refused.kind() == Problem.Kind.REJECTED ? 422 : 409);
            var now = campaigns.require(id);
            return now.scheduledAt() == null || refused.kind() != Problem.Kind.REJECTED ? refused(now, shown, refused, model) : form(now, shown, day, time, was, refused.getMessage(), model);
        }
    }

    private Instant when(Campaign campaign, Instant was, @Nullable String at, @Nullable String day, @Nullable String time, ZoneId zone) {
        if (at != null && !at.isBlank()) {
            return moment("at", at);
        }
        var date = Period.day("day", day);
        if (date == null) {
            throw Problem.invalid("day", "Say on which day it is to begin.");
        }
        return time == null || time.isBlank() ? rescheduling.onDay(campaign, was, date, zone) : rescheduling.at(campaign, date + "T" + time.strip(), zone);
    }

    private CalendarView shown(@Nullable String view, @Nullable String from, @Nullable String zone) {
        var clock = CalendarView.zone("zone", zone, settings.timeZone());
        return CalendarView.of(view, Period.day("from", from), clock, days.today(clock));
    }

    private static Instant moment(String field, String text) {
        try {
            return Instant.parse(text.strip());
        } catch (DateTimeException unreadable) {
            throw Problem.invalid(field, field + " is a moment such as 2026-12-01T09:00:00Z.");
        }
    }

    private static Told told(Moved moved, ZoneId zone) {
        return new Told(moved.campaign().id(), "“%s” begins on %s now, not on %s.".formatted(moved.campaign().name(), at(moved.campaign(), moved.to(), zone), at(moved.campaign(), moved.from(), zone)),
                moved.from().toString(), moved.to().toString());
    }

    private static String at(Campaign campaign, Instant moment, ZoneId zone) {
        return MINUTE.format(clock(campaign, moment, zone)) + (campaign.settings().localTime() ? " of each customer’s own clock" : " (" + zone.getId() + ")");
    }

    private static LocalDateTime clock(Campaign campaign, Instant moment, ZoneId zone) {
        return new PlannedSend(campaign, campaign.run(), campaign.status(), moment, moment, Channel.EMAIL, null, true, false, 0).shown(zone);
    }
}
