package dev.drover.campaign;

import dev.drover.campaign.Campaign.Type;
import dev.drover.delivery.HeldOrigins.Origin;
import dev.drover.journey.JourneySwitch;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.trigger.TriggerSwitch;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The journeys and triggers that drip and triggered campaigns have in hand, each of one campaign at a time. Whatever the campaign does to them is done in the
 * transaction that changes the campaign; what somebody else did to them is never undone.
 */
@Component
class CampaignSources {

    /**
     * @param type       {@code journey} or {@code trigger}
     * @param since      when the campaign took it in hand
     * @param endsAt     from then on nobody new; {@code null}: it is open
     * @param stoppedAt  when that was done
     * @param until      the end of what is counted; {@code null}: it goes on
     * @param switchedOn it was closed or off before
     * @param paused     a trigger was on when the campaign was paused
     */
    record Taken(long campaign, String type, String id, Instant since, long afterMessage, @Nullable Instant endsAt, @Nullable Instant stoppedAt, @Nullable Instant until, boolean switchedOn, boolean paused) {

        boolean journey() {
            return type.equals("journey");
        }

        Origin origin() {
            return new Origin(type, id, afterMessage);
        }
    }

    private final JourneySwitch journeys;
    private final TriggerSwitch triggers;
    private final JdbcClient jdbc;
    private final PlatformClock clock;

    CampaignSources(JourneySwitch journeys, TriggerSwitch triggers, JdbcClient jdbc, PlatformClock clock) {
        this.journeys = journeys;
        this.triggers = triggers;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** All that it has or had in hand; a trigger's journey is one, too. */
    List<Taken> of(long campaign) {
        return jdbc.sql("SELECT * FROM campaign_source WHERE campaign_id = ? ORDER BY origin_type DESC").param(campaign).query((row, n) -> new Taken(row.getLong("campaign_id"), row.getString("origin_type"),
                row.getString("origin_id"), row.getTimestamp("since").toInstant(), row.getLong("after_message"), Campaigns.maybe(row, "ends_at"), Campaigns.maybe(row, "stopped_at"),
                Campaigns.maybe(row, "until"), row.getBoolean("switched_on"), row.getBoolean("paused"))).list();
    }

    /** The journey that its people walk, if there is one. */
    Optional<Taken> journey(long campaign) {
        return of(campaign).stream().filter(Taken::journey).findFirst();
    }

    /** What its messages come from: the journey, or a trigger that sends by itself. */
    Optional<Taken> sending(long campaign) {
        return journey(campaign).or(() -> of(campaign).stream().findFirst());
    }

    /** From now on its own; what is closed is opened, what is off is switched on. @throws Problem conflict when another campaign has it, or somebody paused it */
    @Transactional
    void take(Campaign campaign) {
        var source = campaign.settings().source();
        if (source == null) {
            throw Problem.conflict("Nobody has said by what it sends.");
        }
        if (campaign.type() == Type.DRIP) {
            takeJourney(campaign, source.id(), source.until());
            return;
        }
        var trigger = triggers.find(source.id()).orElseThrow(() -> Problem.conflict("The trigger '%s' is gone.".formatted(source.id())));
        if (trigger.journey() != null) {
            takeJourney(campaign, trigger.journey(), source.until());
        }
        keep(campaign, "trigger", trigger.key(), source.until(), !trigger.active());
        triggers.switchTo(trigger.key(), true);
    }

    /** What would keep it from being begun now, while nothing is done. @throws Problem conflict */
    void check(Campaign campaign) {
        var source = campaign.settings().source();
        if (source != null) {
            String id = campaign.type() == Type.DRIP ? source.id() : triggers.find(source.id()).map(TriggerSwitch.Standing::journey).orElse(null);
            if (campaign.type() == Type.TRIGGERED) {
                refuseHeld(campaign, "trigger", source.id());
            }
            if (id != null) {
                refuseHeld(campaign, "journey", id);
                journeys.find(id).ifPresent(CampaignSources::refusePaused);
            }
        }
    }

    private void takeJourney(Campaign campaign, String id, @Nullable Instant until) {
        var journey = journeys.find(id).orElseThrow(() -> Problem.conflict("The journey '%s' is gone.".formatted(id)));
        refusePaused(journey);
        keep(campaign, "journey", id, until, journey.closed());
        if (journey.closed()) {
            journeys.open(id, by(campaign));
        }
    }

    static void refusePaused(JourneySwitch.Standing journey) {
        if (journey.paused()) {
            throw Problem.conflict("The journey “%s” was paused by %s: resume it under Journeys first.".formatted(journey.name(), journey.pausedBy()));
        }
    }

    private void keep(Campaign campaign, String type, String id, @Nullable Instant until, boolean switchedOn) {
        refuseHeld(campaign, type, id);
        try {
            jdbc.sql("""
                    INSERT INTO campaign_source (campaign_id, origin_type, origin_id, since, after_message, ends_at, switched_on)
                    VALUES (:campaign, :type, :id, :now, (SELECT coalesce(max(id), 0) FROM message), :ends, :switched)""")
                    .param("campaign", campaign.id()).param("type", type).param("id", id).param("now", now()).param("ends", until == null ? null : Timestamp.from(until)).param("switched", switchedOn).update();
        } catch (DuplicateKeyException inBetween) {
            throw Problem.conflict("Another campaign has just taken the %s '%s' in hand.".formatted(type, id));
        }
    }

    private void refuseHeld(Campaign campaign, String type, String id) {
        holder(type, id).filter(other -> other.id() != campaign.id()).ifPresent(other -> {
            throw Problem.conflict("The campaign “%s” has the %s '%s' in hand: wait until it ends, or end it; else the same messages would be counted for both.".formatted(other.name(), type, id));
        });
    }

    record Holder(long id, String name) {}

    /** The campaign that has it in hand. */
    Optional<Holder> holder(String type, String id) {
        return jdbc.sql("SELECT c.id, c.name FROM campaign_source s JOIN email_campaign c ON c.id = s.campaign_id WHERE s.origin_type = ? AND s.origin_id = ? AND s.until IS NULL").params(type, id)
                .query((row, n) -> new Holder(row.getLong(1), row.getString(2))).optional();
    }

    /** Nobody enters and nobody acts; a journey that somebody else paused is theirs. */
    @Transactional
    void pause(Campaign campaign) {
        for (Taken taken : held(campaign.id())) {
            if (taken.journey()) {
                journeys.pause(taken.id(), by(campaign));
            } else {
                boolean on = triggers.find(taken.id()).filter(TriggerSwitch.Standing::active).isPresent();
                jdbc.sql("UPDATE campaign_source SET paused = ? WHERE campaign_id = ? AND origin_type = 'trigger'").params(on, campaign.id()).update();
                triggers.switchTo(taken.id(), false);
            }
        }
    }

    /** @throws Problem conflict while somebody else's pause holds */
    @Transactional
    void resume(Campaign campaign) {
        for (Taken taken : held(campaign.id())) {
            if (taken.journey()) {
                journeys.find(taken.id()).filter(journey -> journey.paused() && !by(campaign).equals(journey.pausedBy())).ifPresent(CampaignSources::refusePaused);
                journeys.resume(taken.id(), by(campaign));
            } else if (taken.paused() && taken.stoppedAt() == null) {
                triggers.switchTo(taken.id(), true);
            }
        }
        jdbc.sql("UPDATE campaign_source SET paused = false WHERE campaign_id = ?").param(campaign.id()).update();
    }

    /** The end as somebody wants it now. */
    void endNow(long campaign) {
        jdbc.sql("UPDATE campaign_source SET ends_at = ? WHERE campaign_id = ? AND (ends_at IS NULL OR ends_at > ?)").params(now(), campaign, now()).update();
    }

    /** Nobody new: what the campaign opened is closed again, what it switched on is off again. What was open before stays so. */
    @Transactional
    void stop(Campaign campaign) {
        held(campaign.id()).stream().filter(taken -> taken.switchedOn() && taken.stoppedAt() == null).forEach(taken -> shut(campaign, taken));
        jdbc.sql("UPDATE campaign_source SET stopped_at = coalesce(stopped_at, ?) WHERE campaign_id = ?").params(now(), campaign.id()).update();
    }

    /** Cancelled: nobody new at all, whatever was before; else more would leave of what somebody cancelled. */
    @Transactional
    void shut(Campaign campaign) {
        held(campaign.id()).forEach(taken -> shut(campaign, taken));
        jdbc.sql("UPDATE campaign_source SET stopped_at = coalesce(stopped_at, ?) WHERE campaign_id = ?").params(now(), campaign.id()).update();
    }

    private void shut(Campaign campaign, Taken taken) {
        if (!taken.journey()) {
            triggers.switchTo(taken.id(), false);
        } else if (journeys.find(taken.id()).filter(journey -> !journey.closed()).isPresent()) {
            journeys.close(taken.id(), by(campaign));
        }
    }

    /** It is nobody's any more, and no longer paused by this campaign. */
    @Transactional
    void giveBack(Campaign campaign) {
        held(campaign.id()).stream().filter(Taken::journey).forEach(taken -> journeys.resume(taken.id(), by(campaign)));
        jdbc.sql("UPDATE campaign_source SET until = ? WHERE campaign_id = ? AND until IS NULL").params(now(), campaign.id()).update();
    }

    private List<Taken> held(long campaign) {
        return of(campaign).stream().filter(taken -> taken.until() == null).toList();
    }

    /** What somebody did to it elsewhere, in a sentence for the campaign's page; {@code null}: it is as the campaign wants it. */
    @Nullable String notice(Campaign campaign) {
        for (Taken taken : held(campaign.id())) {
            var journey = taken.journey() ? journeys.find(taken.id()).orElse(null) : null;
            var trigger = taken.journey() ? null : triggers.find(taken.id()).orElse(null);
            if (taken.journey() ? journey == null : trigger == null) {
                return "The %s '%s' is gone: nothing more comes of it. End the campaign.".formatted(taken.type(), taken.id());
            }
            if (journey != null && journey.paused() && !by(campaign).equals(journey.pausedBy())) {
                return "The journey “%s” was paused by %s: nobody gets anything until it is resumed under Journeys.".formatted(journey.name(), journey.pausedBy());
            }
            if (campaign.status() == CampaignState.PAUSED && journey != null && !journey.paused()) {
                return "Somebody resumed the journey “%s” under Journeys: it goes on although this campaign is paused.".formatted(journey.name());
            }
            if (campaign.status() == CampaignState.RUNNING && taken.stoppedAt() == null && (journey != null && journey.closed() || trigger != null && !trigger.active())) {
                return journey != null ? "The journey “%s” was closed to newcomers under Journeys: nobody enters.".formatted(journey.name())
                        : "The trigger “%s” was switched off under Triggers: nothing comes of it.".formatted(trigger.name());
            }
        }
        return null;
    }

    /** As the journey's page and the audit log tell it. */
    private static String by(Campaign campaign) {
        return "campaign %d (%s)".formatted(campaign.id(), campaign.name());
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
