package dev.drover.campaign;

import dev.drover.kernel.Channel;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * One sending of a campaign as a calendar shows it: planned, under way, or done.
 *
 * @param run      0: one that a recurring campaign comes to later and that isn't planned yet
 * @param state    of this sending; a recurring campaign's earlier ones are completed while the next is scheduled
 * @param at       when it begins or began; by each customer's own clock: when the first clocks of the world show that time
 * @param dueAt    when it was to begin
 * @param messages how many; {@code null}: nobody can tell yet, or they are those of its journey or trigger
 * @param expected whether that is an expectation, from who is in the audience now, or what it has become
 * @param begun    whether its audience is fixed
 * @param moved    how often it was put to another time
 */
public record PlannedSend(Campaign campaign, int run, CampaignState state, Instant at, Instant dueAt, Channel channel, @Nullable Long messages, boolean expected, boolean begun, int moved) {

    /** Whether it begins at that hour of each customer's own clock, which then is no moment. */
    public boolean localTime() {
        return campaign.settings().localTime();
    }

    /** What a clock there shows then; by each customer's own clock, what all of them do. */
    public LocalDateTime shown(ZoneId zone) {
        return (localTime() ? dueAt.atZone(ScheduledTime.EARLIEST) : at.atZone(zone)).toLocalDateTime();
    }

    public LocalDate day(ZoneId zone) {
        return shown(zone).toLocalDate();
    }

    /** Whether somebody may put it to another time. */
    public boolean movable() {
        return run > 0 && !begun && state == CampaignState.SCHEDULED && !recurring();
    }

    public boolean recurring() {
        return campaign.settings().recurrence() != null;
    }

    /** When it comes again, in words; {@code null}: it doesn't. */
    public @Nullable String repeats() {
        return campaign.settings().recurrence() == null ? null : campaign.settings().recurrence().inWords();
    }

    /** Whether messages of it are still to leave. */
    public boolean ahead() {
        return state == CampaignState.SCHEDULED || state == CampaignState.RUNNING || state == CampaignState.PAUSED;
    }
}
