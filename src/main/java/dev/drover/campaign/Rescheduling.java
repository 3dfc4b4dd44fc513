package dev.drover.campaign;

import dev.drover.campaign.CampaignState.Move;
import dev.drover.kernel.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Puts a campaign that waits for its time to another one. Whoever moves it says when they believe it to begin: what somebody else did meanwhile isn't undone unseen. */
@Component
public class Rescheduling {

    /** @param from when it was to begin; moving it back there undoes the move */
    public record Moved(Campaign campaign, Instant from, Instant to) {}

    private final Campaigns campaigns;
    private final CampaignDesk desk;

    Rescheduling(Campaigns campaigns, CampaignDesk desk) {
        this.campaigns = campaigns;
        this.desk = desk;
    }

    /**
     * @param was when it begins as far as whoever moves it knows
     * @throws Problem conflict when it isn't scheduled, has begun, comes again and again, or begins at another time than {@code was}; rejected, naming {@code scheduledAt},
     *                 for a time that is past. Nothing is changed then
     */
    @Transactional
    public Moved move(long id, Instant was, Instant to) {
        var campaign = campaigns.locked(id);
        movable(campaign);
        var now = campaign.scheduledAt();
        if (now == null || !now.truncatedTo(ChronoUnit.MILLIS).equals(was.truncatedTo(ChronoUnit.MILLIS))) {
            throw Problem.conflict("Somebody moved '%s' meanwhile: it begins at %s now. Look at it again, and move it from there.".formatted(campaign.name(), now));
        }
        if (to.equals(now)) {
            throw Problem.invalid("scheduledAt", "It begins then already: choose another time.");
        }
        return new Moved(desk.schedule(id, to), now, to);
    }

    /** @throws Problem conflict, saying why this one can't be put to another time */
    public void movable(Campaign campaign) {
        if (campaign.settings().recurrence() != null) {
            throw Problem.conflict("'%s' comes %s: a single time of it can't be moved. Take it back to the drafts and change its days or its time under Options."
                    .formatted(campaign.name(), campaign.settings().recurrence().inWords()));
        }
        if (campaign.status() == CampaignState.DRAFT) {
            throw Problem.conflict("'%s' is a draft now and waits for no time: schedule it first.".formatted(campaign.name()));
        }
        campaign.status().mustAllow(Move.SCHEDULE, campaign.name());
    }

    /** The same time of day on another day. @throws Problem rejected for a time that the clocks skip that night */
    public Instant onDay(Campaign campaign, Instant was, LocalDate day, ZoneId zone) {
        var time = was.atZone(campaign.settings().localTime() ? ScheduledTime.EARLIEST : zone).toLocalTime();
        return at(campaign, day.atTime(time).toString(), zone);
    }

    /** @param local as {@code 2026-12-01T09:00}, by that clock, or by each customer's own @throws Problem rejected, naming {@code scheduledAt}, for what can't be read and what the clocks skip */
    public Instant at(Campaign campaign, String local, ZoneId zone) {
        return CampaignInput.moment("scheduledAt", local, zone.getId(), campaign.settings().localTime());
    }
}
