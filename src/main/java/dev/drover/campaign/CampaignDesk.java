package dev.drover.campaign;

import dev.drover.audience.Customers;
import dev.drover.campaign.Campaign.Type;
import dev.drover.campaign.CampaignState.Move;
import dev.drover.campaign.Runs.Run;
import dev.drover.delivery.HeldMailings;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.web.AuditLog;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What people do with campaigns. What isn't allowed as it stands is refused with the reason; who did what is kept. */
@Component
class CampaignDesk {

    private static final int MOST_LISTED = 100_000;

    private final Campaigns campaigns;
    private final Runs runs;
    private final CampaignPlanning planning;
    private final CampaignSignals signals;
    private final Sendable sendable;
    private final Recipients recipients;
    private final AbTests tests;
    private final AbTestSize size;
    private final TestedRuns tested;
    private final CampaignSources sources;
    private final HeldMailings held;
    private final Customers customers;
    private final CampaignLoop loop;
    private final AuditLog audit;
    private final PlatformClock clock;

    CampaignDesk(Campaigns campaigns, Runs runs, CampaignPlanning planning, CampaignSignals signals, Sendable sendable, Recipients recipients, AbTests tests, AbTestSize size, TestedRuns tested,
            CampaignSources sources, HeldMailings held, Customers customers, CampaignLoop loop, AuditLog audit, PlatformClock clock) {
        this.campaigns = campaigns;
        this.runs = runs;
        this.planning = planning;
        this.signals = signals;
        this.sendable = sendable;
        this.recipients = recipients;
        this.tests = tests;
        this.size = size;
        this.tested = tested;
        this.sources = sources;
        this.held = held;
        this.customers = customers;
        this.loop = loop;
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional
    Campaign create(CampaignInput input, String author) {
        var draft = input.check(clock.instant());
        sendable.known(draft);
        var listed = listed(input);
        var made = campaigns.create(draft, author);
        campaigns.list(made.id(), listed);
        audit.record("campaign.created", Long.toString(made.id()), Map.of("name", made.name()));
        return made;
    }

    /** The campaign as a whole; its own list stays unless another is given. */
    @Transactional
    Campaign change(long id, CampaignInput input) {
        var before = campaigns.locked(id);
        before.status().mustAllow(Move.CHANGE, before.name());
        var draft = input.check(clock.instant());
        sendable.known(draft);
        if (input.customers() == null) {
            draft = new Draft(draft.name(), draft.description(), draft.type(), draft.scheduledAt(),
                    new Campaign.Audience(draft.audience().segments(), draft.audience().exclude(), before.audience().listed()), draft.content(), draft.settings(), draft.experiment());
        } else {
            campaigns.list(id, listed(input));
        }
        return campaigns.change(id, draft);
    }

    /** A draft as it is being put together: a step of it, the rest stays. */
    @Transactional
    Campaign keep(long id, String step, WizardForm form) {
        var before = campaigns.locked(id);
        before.status().mustAllow(Move.CHANGE, before.name());
        var draft = form.onto(step, before).check(clock.instant());
        boolean listed = before.audience().listed();
        if (step.equals("audience")) {
            var names = form.listed();
            if (names != null) {
                campaigns.list(id, numbers(names));
                listed = !names.isEmpty();
            }
            if (draft.type() == Type.TRIGGERED) {
                listed = false;
            } else if (CampaignInput.blank(form.to()) == null) {
                throw Problem.invalid("segments", "Choose whom it goes to.");
            }
            if (WizardForm.LIST_ONLY.equals(form.to()) && !listed && draft.type() != Type.TRIGGERED) {
                throw Problem.invalid("customers", "The list is empty: write an id or an address in each line.");
            }
            listed &= !WizardForm.EVERYBODY.equals(form.to()) && !WizardForm.BY_ITSELF.equals(form.to());
        }
        // The end of a drip or triggered one is said where its journey is, and nowhere else.
        var settings = step.equals("content") || draft.type() != before.type() ? draft.settings() : draft.settings().from(before.settings().source());
        return campaigns.change(id, new Draft(draft.name(), draft.description(), draft.type(), before.scheduledAt(),
                new Campaign.Audience(draft.audience().segments(), draft.audience().exclude(), listed), draft.content(), settings, draft.experiment()));
    }

    /** One that says nothing yet, under a name of its own. */
    @Transactional
    Campaign begin(String author) {
        var draft = new Draft(free("New campaign", " "), null, Type.ONE_TIME, null, Campaign.Audience.EVERYBODY, Campaign.Content.NONE, Campaign.Settings.USUAL, null);
        return campaigns.create(draft, author);
    }

    /** Whether somebody has said anything of it. */
    boolean touched(Campaign campaign) {
        return campaign.updatedAt().isAfter(campaign.createdAt());
    }

    /** Its own list, a line each. */
    String names(long id) {
        return String.join("\n", campaigns.names(id));
    }

    private String free(String name, String before) {
        var taken = campaigns.names();
        String tried = name;
        for (int n = 2; taken.contains(tried.toLowerCase(Locale.ROOT)); n++) {
            tried = name + before + n;
        }
        return tried;
    }

    private List<Long> listed(CampaignInput input) {
        return input.customers() == null ? List.of() : numbers(input.customers());
    }

    private List<Long> numbers(List<String> names) {
        if (names.size() > MOST_LISTED) {
            throw Problem.invalid("customers", "The list names %d: %d at most. Import them into a static segment instead.".formatted(names.size(), MOST_LISTED));
        }
        var found = new HashMap<>(customers.idsOf(names));
        var addresses = customers.idsByEmail(names.stream().filter(name -> !found.containsKey(name) && name.indexOf('@') > 0).toList());
        for (String name : names) {
            Long number = found.getOrDefault(name, addresses.get(name.toLowerCase(Locale.ROOT)));
            if (number == null) {
                throw Problem.invalid("customers", "There is no customer '%s', or several share that address. Import the customer first, or take the line out.".formatted(name));
            }
            found.put(name, number);
        }
        return found.values().stream().distinct().toList();
    }

    @Transactional
    Campaign copy(long id, @Nullable String name, String author) {
        var original = campaigns.require(id);
        String wanted = name == null || name.isBlank() ? free(original.name() + " (copy)", " ") : name.strip();
        var made = campaigns.create(Draft.of(original).named(wanted), author);
        campaigns.copyList(id, made.id());
        audit.record("campaign.created", Long.toString(made.id()), Map.of("name", made.name(), "copyOf", id));
        return made;
    }

    @Transactional
    void delete(long id) {
        var campaign = campaigns.locked(id);
        campaign.status().mustAllow(Move.DELETE, campaign.name());
        if (campaign.run() > 0 && runs.of(id).stream().anyMatch(Run::begun)) {
            throw Problem.conflict("Some of '%s' was sent once: it stays, so that its messages can be told from others. Cancel it instead.".formatted(campaign.name()));
        }
        campaigns.delete(id);
        audit.record("campaign.deleted", Long.toString(id), Map.of("name", campaign.name()));
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
        long audience = campaign.type() == Type.AUTOMATED || campaign.type().wraps() && !campaign.letsIn() ? 1 : recipients.now(campaign, 1).count();
        if (audience == 0) {
            throw Problem.invalid("segments", "Nobody is in this audience now: choose another segment, or wait until somebody is.");
        }
        if (campaign.type() == Type.AB_TEST) {
            String small = size.problem(AbTestInput.of(Objects.requireNonNull(campaign.experiment())), audience);
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
            signals.write(campaign.id(), run.number(), "campaign.cancelled", "", Map.of());
        });
        campaigns.move(campaign.id(), state, null);
        audit.record(deed, Long.toString(campaign.id()), Map.of());
    }

    private Campaign done(long id) {
        loop.ringAfterCommit();
        return campaigns.require(id);
    }
}
