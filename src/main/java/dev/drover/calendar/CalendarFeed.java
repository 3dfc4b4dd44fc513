package dev.drover.calendar;

import dev.drover.campaign.CampaignState;
import dev.drover.campaign.PlannedSend;
import dev.drover.campaign.PlannedSends;
import dev.drover.kernel.BaseUrl;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.SignedTokens;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.springframework.stereotype.Component;

/**
 * The campaigns as a calendar elsewhere subscribes to them (RFC 5545, RFC 7986): two months back, half a year ahead, each sending an event of its own, recurring ones, too.
 * Times are UTC, so that no zone has to be described; what begins by each customer's own clock is a floating time, which says just that. Without METHOD, so that DTSTAMP is
 * when the campaign was last changed and the same calendar is the same text.
 */
@Component
class CalendarFeed {

    private static final int DAYS_BACK = 60;
    private static final int DAYS_AHEAD = 183;
    private static final int MOST = 5_000;
    /** A sending has no end of its own; calendars draw nothing for an event without a length. */
    private static final String LENGTH = "PT30M";
    private static final String AGAIN = "PT15M";

    private final PlannedSends sends;
    private final BaseUrl base;
    private final PlatformClock clock;
    /** Two installations' campaigns of one number are two events. */
    private final String installation;

    CalendarFeed(PlannedSends sends, BaseUrl base, SignedTokens tokens, PlatformClock clock) {
        this.sends = sends;
        this.base = base;
        this.clock = clock;
        this.installation = tokens.fingerprint("calendar", "installation").substring(0, 16);
    }

    String written() {
        var today = clock.instant().truncatedTo(ChronoUnit.DAYS);
        var text = new IcsText().line("BEGIN", "VCALENDAR").line("VERSION", "2.0").line("PRODID", "-//Drover//Campaign calendar//EN").line("CALSCALE", "GREGORIAN")
                .text("NAME", "Drover campaigns").text("X-WR-CALNAME", "Drover campaigns").line("REFRESH-INTERVAL;VALUE=DURATION", AGAIN).line("X-PUBLISHED-TTL", AGAIN);
        sends.between(today.minus(DAYS_BACK, ChronoUnit.DAYS), today.plus(DAYS_AHEAD, ChronoUnit.DAYS)).stream().limit(MOST).forEach(send -> event(text, send));
        return text.line("END", "VCALENDAR").toString();
    }

    private void event(IcsText text, PlannedSend send) {
        var campaign = send.campaign();
        boolean cancelled = send.state() == CampaignState.CANCELLED;
        text.line("BEGIN", "VEVENT").line("UID", uid(send)).moment("DTSTAMP", campaign.updatedAt()).moment("LAST-MODIFIED", campaign.updatedAt()).moment("CREATED", campaign.createdAt())
                .line("SEQUENCE", Integer.toString(send.moved() + (cancelled ? 1 : 0)));
        if (send.localTime()) {
            text.floating("DTSTART", send.shown(ZoneOffset.UTC));
        } else {
            text.moment("DTSTART", send.at());
        }
        text.line("DURATION", LENGTH).text("SUMMARY", campaign.name()).text("DESCRIPTION", words(send)).line("URL", base.of("/campaigns/" + campaign.id()))
                .line("STATUS", cancelled ? "CANCELLED" : send.state() == CampaignState.PAUSED ? "TENTATIVE" : "CONFIRMED").text("CATEGORIES", send.state().key()).line("TRANSP", "TRANSPARENT")
                .line("END", "VEVENT");
    }

    /** A recurring one's by its time, which stays when it is planned; another's by its run, which stays when it is moved. */
    private String uid(PlannedSend send) {
        return "campaign-%d-%s@%s.drover".formatted(send.campaign().id(), send.recurring() ? IcsText.stamp(send.dueAt()) : Integer.toString(send.run()), installation);
    }

    private static String words(PlannedSend send) {
        String count = send.messages() == null ? "" : String.format(Locale.ENGLISH, ", %,d %s%s", send.messages(), CalendarPages.words(send.channel(), send.messages()), send.expected() ? " expected" : "");
        return send.state().key() + count + (send.repeats() == null ? "" : "\ncomes " + send.repeats()) + (send.localTime() ? "\nat that hour of each customer’s own clock" : "");
    }
}
