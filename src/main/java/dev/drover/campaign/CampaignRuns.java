package dev.drover.campaign;

import dev.drover.campaign.Campaign.Content;
import dev.drover.campaign.Runs.Run;
import dev.drover.delivery.Forecast;
import dev.drover.delivery.HeldMailings;
import dev.drover.delivery.Mailings;
import dev.drover.delivery.Mailings.Guise;
import dev.drover.experiment.Holdouts;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.template.Templates.Template;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a campaign's process does, step by step. Each step may come twice, from two workers at once even, and does what is left of it: how far a run is
 * stands in its row, which is locked while it is moved on.
 */
@Component
public class CampaignRuns {

    /** Where the day begins first; there a campaign by each customer's own clock is begun. */
    static final ZoneId EARLIEST = ZoneId.of("Etc/GMT-14");
    /** By the clock, some get theirs more than a day after others. */
    private static final Duration AROUND_THE_WORLD = Duration.ofHours(26);
    private static final int CHUNK = 10_000;
    private static final long AT_A_TIME = Duration.ofSeconds(4).toNanos();

    /** @param outcome {@code go}, {@code early}, {@code paused}, {@code refused} or {@code more}: it is still looked who fulfils the conditions @param startAt when its time is */
    public record Begun(String outcome, Instant startAt) {}

    /** @param more whether more are left @param test a test's groups have theirs: it is decided at {@code decideAt} what the rest gets */
    public record Queued(boolean more, boolean test, Instant decideAt) {}

    /** @param outcome {@code go}: it is decided; {@code early}, {@code paused}, {@code asks}: somebody has to decide @param decideAt when it is time */
    public record Decided(String outcome, Instant decideAt) {}

    private final Campaigns campaigns;
    private final Runs runs;
    private final Recipients recipients;
    private final Sendable sendable;
    private final Mailings mailings;
    private final HeldMailings held;
    private final Forecast forecast;
    private final TestedRuns tested;
    private final Sifting sifting;
    private final HourQueue hours;
    private final SourcedRuns sourced;
    private final CampaignSources sources;
    private final Holdouts holdouts;
    private final CampaignPlanning planning;
    private final CampaignSettings settings;
    private final TransactionTemplate transaction;
    private final PlatformClock clock;

    CampaignRuns(Campaigns campaigns, Runs runs, Recipients recipients, Sendable sendable, Mailings mailings, HeldMailings held, Forecast forecast,
            TestedRuns tested, Sifting sifting, HourQueue hours, SourcedRuns sourced, CampaignSources sources, Holdouts holdouts, CampaignPlanning planning, CampaignSettings settings, TransactionTemplate transaction, PlatformClock clock) {
        this.campaigns = campaigns;
        this.runs = runs;
        this.recipients = recipients;
        this.sendable = sendable;
        this.mailings = mailings;
        this.held = held;
        this.forecast = forecast;
        this.tested = tested;
        this.sifting = sifting;
        this.hours = hours;
        this.sourced = sourced;
        this.sources = sources;
        this.holdouts = holdouts;
        this.planning = planning;
        this.settings = settings;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Its time has come: who is in the audience now is kept, what it says is kept, and sending may begin. */
    public Begun begin(long campaign, int number) {
        try {
            long until = System.nanoTime() + AT_A_TIME;
            var begun = Objects.requireNonNull(transaction.execute(status -> tryToBegin(campaign, number)));
            while (begun.outcome().equals("more") && System.nanoTime() < until) {
                begun = Objects.requireNonNull(transaction.execute(status -> sifting.some(campaign, number)));
            }
            return begun;
        } catch (Problem wrong) {
            if (wrong.kind() == Problem.Kind.UNAVAILABLE) {
                throw wrong;
            }
            return Objects.requireNonNull(transaction.execute(status -> refuse(campaign, number, String.valueOf(wrong.getMessage()))));
        }
    }

    private Begun tryToBegin(long id, int number) {
        // The campaign first, the run then, as everywhere: two who lock in turns would wait for each other.
        var campaign = campaigns.lockedIfThere(id).orElse(null);
        var run = runs.locked(id, number).orElse(null);
        if (campaign == null || run == null || run.over() || !run.begun() && runs.move(run, "cancelling", "cancelled")) {
            return new Begun("refused", clock.instant());
        }
        boolean paused = campaign.status() == CampaignState.PAUSED;
        if (run.begun()) {
            return new Begun(!run.phase().equals("sifting") ? "go" : paused ? "paused" : "more", run.dueAt());
        }
        if (paused) {
            return new Begun("paused", run.dueAt());
        }
        var late = Duration.between(run.dueAt(), clock.instant());
        if (late.isNegative()) {
            return new Begun("early", run.dueAt());
        }
        if (late.compareTo(settings.lateWithin().plus(campaign.settings().localTime() ? AROUND_THE_WORLD : Duration.ZERO)) > 0) {
            throw Problem.conflict("It was missed: it was to begin at %s, and nobody was there to begin it until %s later. Start it now, or schedule it anew.".formatted(run.dueAt(), inWords(late)));
        }
        var contents = sendable.contents(campaign);
        if (campaign.type().wraps()) {
            sourced.begin(campaign, run);
            campaigns.move(id, CampaignState.RUNNING, null);
            return new Begun(campaign.letsIn() && campaign.audience().conditions() != null ? "more" : "go", run.dueAt());
        }
        var opened = campaign.type() == Campaign.Type.AB_TEST ? tested.open(campaign, number, contents) : open(campaign, number, contents);
        long count = recipients.snapshot(campaign, number);
        if (count == 0 && campaign.type() != Campaign.Type.AUTOMATED) {
            throw Problem.conflict("Nobody is in its audience any more.");
        }
        if (campaign.settings().holdout() != null) {
            holdouts.set("campaign:" + id, campaign.settings().holdout() / 100, campaign.createdBy());
        }
        boolean sifted = campaign.audience().conditions() != null;
        runs.begin(run, count, opened, sifted);
        if (campaign.settings().sendTime() == SendTime.OPTIMISED) {
            hours.begin(id, number, contents.stream().map(Template::channel).toList(), clock.instant());
        }
        campaigns.move(id, CampaignState.RUNNING, null);
        return new Begun(sifted ? "more" : "go", run.dueAt());
    }

    private List<Long> open(Campaign campaign, int number, List<Template> contents) {
        var opened = new ArrayList<Long>();
        for (Template content : contents) {
            opened.add(mailings.open("campaign:%d:%d:%d".formatted(campaign.id(), number, opened.size()), content, campaign.origin(), guise(campaign, campaign.content())));
        }
        return opened;
    }

    static Guise guise(Campaign campaign, Content content) {
        return new Guise(content.fromName(), content.fromEmail(), content.replyTo(), campaign.utmCampaign(), campaign.settings().trackOpens(), campaign.settings().trackClicks());
    }

    private Begun refuse(long id, int number, String why) {
        var campaign = campaigns.locked(id);
        var run = runs.locked(id, number).orElseThrow();
        if (runs.refuse(run)) {
            recipients.forget(id, number);
            tested.cancel(id, number);
            if (campaign.type().wraps()) {
                sources.stop(campaign);
                sources.giveBack(campaign);
            }
            if (campaign.type() == Campaign.Type.AUTOMATED && planning.next(campaign, clock.instant())) {
                campaigns.move(id, CampaignState.SCHEDULED, "The one of %s wasn't sent. %s".formatted(run.dueAt(), why));
            } else {
                campaigns.move(id, CampaignState.DRAFT, why);
            }
        }
        return new Begun("refused", run.dueAt());
    }

    private static String inWords(Duration late) {
        return late.toHours() > 0 ? late.toHours() + " h " + late.toMinutesPart() + " min" : late.toMinutes() + " min";
    }

    /** Queues for some seconds, in chunks that stand by themselves. */
    public Queued queue(long campaign, int number) {
        var its = campaigns.find(campaign).filter(one -> one.type().wraps());
        if (its.isPresent()) {
            return new Queued(sourced.letIn(its.get(), number), false, clock.instant());
        }
        long until = System.nanoTime() + AT_A_TIME;
        boolean more = true;
        while (more && System.nanoTime() < until) {
            more = Boolean.TRUE.equals(transaction.execute(status -> queueSome(campaign, number)));
        }
        var testing = runs.find(campaign, number).filter(run -> run.phase().equals("testing"));
        return new Queued(more, testing.isPresent(), testing.map(Run::decideAt).orElseGet(clock::instant));
    }

    private boolean queueSome(long campaign, int number) {
        var run = runs.locked(campaign, number).orElse(null);
        if (run == null || !run.phase().equals("queueing")) {
            return false;
        }
        var its = campaigns.require(campaign);
        boolean test = its.type() == Campaign.Type.AB_TEST;
        if (test && tested.drawing(run)) {
            return tested.queueSome(run, its, CHUNK);
        }
        var some = recipients.next(campaign, number, run.queuedTo(), CHUNK);
        if (some.isEmpty()) {
            runs.allQueued(run);
            recipients.forget(campaign, number);
            return false;
        }
        if (test) {
            runs.queued(run, tested.queueRest(run, some), some.getLast());
            return true;
        }
        LocalDateTime local = its.settings().localTime() ? run.dueAt().atZone(EARLIEST).toLocalDateTime() : null;
        long queued = 0;
        for (var each : byMailing(run, its, some).entrySet()) {
            queued += its.settings().sendTime() == SendTime.OPTIMISED ? hours.queue(run, each.getKey(), each.getValue()) : mailings.queue(each.getKey(), each.getValue(), local);
        }
        runs.queued(run, queued, some.getLast());
        return true;
    }

    /** Who can't be reached by the first channel is tried by the next; who can't by any stays with the first, whose reason is kept. */
    private Map<Long, List<Long>> byMailing(Run run, Campaign campaign, List<Long> customers) {
        if (run.mailings().size() == 1) {
            return Map.of(run.mailings().getFirst(), customers);
        }
        var chosen = new LinkedHashMap<Long, List<Long>>();
        var left = customers;
        for (long mailing : run.mailings()) {
            var unreached = new HashSet<>(forecast.refused(mailings.text(mailing), campaign.origin(), left));
            chosen.put(mailing, new ArrayList<>(left.stream().filter(customer -> !unreached.contains(customer)).toList()));
            left = left.stream().filter(unreached::contains).toList();
        }
        chosen.get(run.mailings().getFirst()).addAll(left);
        return chosen;
    }

    /** A test's wait is over, or it is asked whether it is. */
    public Decided decide(long campaign, int number) {
        return Objects.requireNonNull(transaction.execute(status -> tested.decide(campaign, number)));
    }

    /** All messages of it are done with. */
    public void close(long id, int number) {
        transaction.executeWithoutResult(status -> {
            var campaign = campaigns.locked(id);
            var run = runs.locked(id, number).orElseThrow();
            if (!runs.move(run, "sent", "closed")) {
                return;
            }
            sources.giveBack(campaign);
            if (campaign.type() == Campaign.Type.AUTOMATED && planning.next(campaign, clock.instant())) {
                // What somebody paused meanwhile stays so; the next one waits for them.
                campaigns.move(id, campaign.status() == CampaignState.PAUSED ? CampaignState.PAUSED : CampaignState.SCHEDULED, campaign.problem());
            } else {
                campaigns.move(id, CampaignState.COMPLETED, null);
            }
        });
    }

    /** Takes back for some seconds what hasn't left. @return whether more is left @throws Problem unavailable while some are in a dispatcher's hands */
    public boolean cancel(long id, int number) {
        var run = runs.find(id, number).orElse(null);
        if (run == null || !run.phase().equals("cancelling")) {
            return false;
        }
        var its = campaigns.find(id).filter(one -> one.type().wraps());
        if (its.isPresent()) {
            return sourced.cancel(its.get(), number);
        }
        long until = System.nanoTime() + AT_A_TIME;
        for (long mailing : run.mailings()) {
            int some;
            do {
                some = held.cancel(mailing, CHUNK, "the campaign was cancelled");
                if (System.nanoTime() > until) {
                    return true;
                }
            } while (some == CHUNK);
        }
        if (run.mailings().stream().anyMatch(mailing -> mailings.firstOpen(mailing, run.openFrom()) != null)) {
            throw Problem.unavailable("Some of its messages are in hand just now: they leave, or come back and are taken back, too.");
        }
        transaction.executeWithoutResult(status -> {
            recipients.forget(id, number);
            run.mailings().forEach(held::release);
            runs.move(run, "cancelling", "cancelled");
        });
        return false;
    }
}
