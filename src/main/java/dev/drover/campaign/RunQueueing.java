package dev.drover.campaign;

import dev.drover.campaign.CampaignRuns.Queued;
import dev.drover.campaign.Runs.Run;
import dev.drover.delivery.Forecast;
import dev.drover.delivery.Mailings;
import dev.drover.kernel.PlatformClock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes messages of a run's snapshot, chunk by chunk: how far it is stands in the run's row, changed with them in one transaction. */
@Component
class RunQueueing {

    private final Campaigns campaigns;
    private final Runs runs;
    private final Recipients recipients;
    private final Mailings mailings;
    private final Forecast forecast;
    private final TestedRuns tested;
    private final HourQueue hours;
    private final SourcedRuns sourced;
    private final TransactionTemplate transaction;
    private final PlatformClock clock;

    RunQueueing(Campaigns campaigns, Runs runs, Recipients recipients, Mailings mailings, Forecast forecast, TestedRuns tested, HourQueue hours, SourcedRuns sourced,
            TransactionTemplate transaction, PlatformClock clock) {
        this.campaigns = campaigns;
        this.runs = runs;
        this.recipients = recipients;
        this.mailings = mailings;
        this.forecast = forecast;
        this.tested = tested;
        this.hours = hours;
        this.sourced = sourced;
        this.transaction = transaction;
        this.clock = clock;
    }

    Queued queue(long campaign, int number) {
        var its = campaigns.find(campaign).filter(one -> one.type().wraps());
        if (its.isPresent()) {
            return new Queued(sourced.letIn(its.get(), number), false, clock.instant());
        }
        long until = System.nanoTime() + CampaignRuns.AT_A_TIME;
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
            return tested.queueSome(run, its, CampaignRuns.CHUNK);
        }
        var some = recipients.next(campaign, number, run.queuedTo(), CampaignRuns.CHUNK);
        if (some.isEmpty()) {
            runs.allQueued(run);
            recipients.forget(campaign, number);
            return false;
        }
        if (test) {
            runs.queued(run, tested.queueRest(run, some), some.getLast());
            return true;
        }
        LocalDateTime local = its.settings().localTime() ? run.dueAt().atZone(ScheduledTime.EARLIEST).toLocalDateTime() : null;
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
}
