package dev.drover.campaign;

import dev.drover.campaign.Campaign.Type;
import dev.drover.campaign.CampaignState.Move;
import dev.drover.campaign.Runs.Run;
import dev.drover.delivery.HeldMailings;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.web.AuditLog;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What people do with campaigns that are written ({@link CampaignDrafts}). What isn't allowed as it stands is refused with the reason; who did what is kept. */
@Component
class CampaignDesk {

    private final Campaigns campaigns;
    private final Runs runs;
    private final CampaignPlanning planning;
    private final CampaignSignals signals;
    private final Sendable sendable;
    private final Crowds crowds;
    private final AbTests tests;
    private final AbTestSize size;
    private final TestedRuns tested;
    private final CampaignSources sources;
    private final HeldMailings held;
    private final CampaignLoop loop;
    private final AuditLog audit;
    private final PlatformClock clock;

    CampaignDesk(Campaigns campaigns, Runs runs, CampaignPlanning planning, CampaignSignals signals, Sendable sendable, Crowds crowds, AbTests tests, AbTestSize size, TestedRuns tested,
            CampaignSources sources, HeldMailings held, CampaignLoop loop, AuditLog audit, PlatformClock clock) {
        this.campaigns = campaigns;
        this.runs = runs;
        this.planning = planning;
        this.signals = signals;
        this.sendable = sendable;
        this.crowds = crowds;
        this.tests = tests;
        this.size = size;
        this.tested = tested;
        this.sources = sources;
        this.held = held;
        this.loop = loop;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param at {@code null}: as the draft says; an automated one begins at the next time it comes */
    @Transactional
    Campaign schedule(long id, @Nullable Instant at) {
        var campaign = campaigns.locked(id);
        campaign.status().mustAllow(Move.SCHEDULE, campaign.name());
        var now = clock.instant();
        Instant when = at != null ? at : campaign.type() == Type.AUTOMATED ? CampaignPlanning.first(campaign, now).orElse(null) : campaign.scheduledAt();
        if (when == null) {
            throw Problem.invalid("scheduledAt", campaign.type() == Type.AUTOMATED ? "Its last time is past: say until when it goes on." : "Say when it is to begin.");
        }
        boolean past = campaign.settings().localTime() ? !when.plus(ScheduledTime.AHEAD_OF_UTC).isAfter(now) : !when.isAfter(now);
        if (past) {
            throw Problem.invalid("scheduledAt", "%s is past: choose a time to come, or start the campaign now.".formatted(when));
        }
        return plan(campaign, when, CampaignState.SCHEDULED, "campaign.scheduled");
    }

    /** Now. */
    @Transactional
    Campaign start(long id) {
        var campaign = campaigns.locked(id);
        campaign.status().mustAllow(Move.START, campaign.name());
        if (campaign.settings().localTime()) {
            throw Problem.conflict("'%s' goes out at an hour of each customer's own clock: schedule it, or switch that off.".formatted(campaign.name()));
        }
        sources.check(campaign);
        return plan(campaign, clock.instant(), CampaignState.RUNNING, "campaign.started");
    }

    private Campaign plan(Campaign campaign, Instant at, CampaignState state, String deed) {
        sendable.ready(campaign);
        var audience = campaign.type() == Type.AUTOMATED || campaign.type().wraps() && !campaign.letsIn() ? null : crowds.now(campaign, 1);
        if (audience != null && audience.certainlyEmpty()) {
            throw audience.candidates() == 0 ? Problem.invalid("segments", "Nobody is in this audience now: choose another segment, or wait until somebody is.")
                    : Problem.invalid("conditions", "Of %,d in this audience nobody fulfils its conditions now: change them, or wait until somebody does.".formatted(audience.candidates()));
        }
        if (audience != null && campaign.type() == Type.AB_TEST) {
            String small = size.problem(AbTestInput.of(Objects.requireNonNull(campaign.experiment())), audience.count());
            if (small != null) {
                throw Problem.invalid("experiment.testShare", small);
            }
        }
        if (campaign.status() == CampaignState.SCHEDULED) {
            var run = runs.locked(campaign.id(), campaign.run()).orElseThrow();
            if (run.begun()) {
                throw Problem.conflict("The campaign '%s' is just beginning: it can't be put off any more. Pause or cancel it.".formatted(campaign.name()));
            }
            runs.due(run, at);
            campaigns.plan(campaign.id(), campaign.run(), at);
            signals.write(campaign.id(), campaign.run(), "campaign.replanned", at + "/" + clock.millis(), Map.of("startAt", at.toString()));
        } else {
            planning.plan(campaign, at);
        }
        campaigns.move(campaign.id(), state, null);
        audit.record(deed, Long.toString(campaign.id()), Map.of("at", at.toString()));
        return done(campaign.id());
    }

    /** Nothing more leaves until it is resumed. */
    @Transactional
    Campaign pause(long id) {
        var campaign = campaigns.locked(id);
        campaign.status().mustAllow(Move.PAUSE, campaign.name());
        var run = runs.locked(id, campaign.run()).orElseThrow();
        if (run.phase().equals("sent")) {
            throw Problem.conflict("The campaign '%s' is just closing: all of it has left, nothing can be paused any more.".formatted(campaign.name()));
        }
        run.mailings().forEach(held::hold);
        sources.pause(campaign);
        campaigns.move(id, CampaignState.PAUSED, null);
        signals.write(id, run.number(), "campaign.paused", Long.toString(clock.millis()), Map.of());
        audit.record("campaign.paused", Long.toString(id), Map.of());
        return done(id);
    }

    /** The rest leaves; what left before doesn't again. */
    @Transactional
    Campaign resume(long id) {
        var campaign = campaigns.locked(id);
        campaign.status().mustAllow(Move.RESUME, campaign.name());
        var run = runs.locked(id, campaign.run()).orElseThrow();
        run.mailings().forEach(held::release);
        sources.resume(campaign);
        if (!run.begun() && run.dueAt().isBefore(clock.instant())) {
            // Somebody wants it now: it isn't late.
            runs.due(run, clock.instant());
            campaigns.plan(id, run.number(), clock.instant());
        }
        campaigns.move(id, run.begun() ? CampaignState.RUNNING : CampaignState.SCHEDULED, null);
        signals.write(id, run.number(), "campaign.resumed", Long.toString(clock.millis()), Map.of());
        signals.write(id, run.number(), "campaign.may-begin", Long.toString(clock.millis()), Map.of());
        audit.record("campaign.resumed", Long.toString(id), Map.of());
        return done(id);
    }

    /** Of a drip or triggered one: its end is now. Nobody new comes in, who is on the way goes on to the end. */
    @Transactional
    Campaign finish(long id) {
        var campaign = campaigns.locked(id);
        campaign.status().mustAllow(Move.FINISH, campaign.name());
        if (!campaign.type().wraps()) {
            throw Problem.conflict("The campaign '%s' ends by itself when all of it has left. Cancel it to take the rest back.".formatted(campaign.name()));
        }
        if (runs.locked(id, campaign.run()).filter(Run::begun).isEmpty()) {
            throw Problem.conflict("The campaign '%s' is just beginning: wait a moment, or cancel it.".formatted(campaign.name()));
        }
        sources.endNow(id);
        audit.record("campaign.finished", Long.toString(id), Map.of());
        return done(id);
    }

    /** What hasn't left is taken back, for good. */
    @Transactional
    Campaign cancel(long id) {
        var campaign = campaigns.locked(id);
        campaign.status().mustAllow(Move.CANCEL, campaign.name());
        end(campaign, CampaignState.CANCELLED, "campaign.cancelled");
        return done(id);
    }

    /** Of a test: what the rest gets, by somebody who doesn't wait or was asked. @param variant its id */
    @Transactional
    Campaign decide(long id, @Nullable String variant, String by) {
        var campaign = campaigns.locked(id);
        tested.decide(campaign, variant, by);
        signals.write(id, campaign.run(), "campaign.decided", "", Map.of());
        audit.record("campaign.decided", Long.toString(id), Map.of("variant", variant));
        return done(id);
    }

    /** A scheduled one becomes a draft again. */
    @Transactional
    Campaign withdraw(long id) {
        var campaign = campaigns.locked(id);
        campaign.status().mustAllow(Move.WITHDRAW, campaign.name());
        if (runs.locked(id, campaign.run()).orElseThrow().begun()) {
            throw Problem.conflict("The campaign '%s' is just beginning: pause or cancel it.".formatted(campaign.name()));
        }
        end(campaign, CampaignState.DRAFT, "campaign.withdrawn");
        return done(id);
    }

    private void end(Campaign campaign, CampaignState state, String deed) {
        runs.locked(campaign.id(), campaign.run()).filter(run -> !run.over()).ifPresent(run -> {
            run.mailings().forEach(held::hold);
            sources.shut(campaign);
            runs.move(run, run.phase(), "cancelling");
            tests.cancel(campaign.id(), run.number());
            planning.cancel(campaign.id(), run.number());
        });
        campaigns.move(campaign.id(), state, null);
        audit.record(deed, Long.toString(campaign.id()), Map.of());
    }

    private Campaign done(long id) {
        loop.ringAfterCommit();
        return campaigns.require(id);
    }
}
