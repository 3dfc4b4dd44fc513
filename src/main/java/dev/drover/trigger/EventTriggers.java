package dev.drover.trigger;

import dev.drover.eventlog.Event;
import dev.drover.eventlog.EventConsumer;
import dev.drover.kernel.PlatformClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Finds the occasions that events make, and writes them down in the transaction that keeps its place in the log: each once. What isn't acted upon in any
 * case is refused here: history, what is told too late, what comes from one customer by the dozen.
 */
@Component
class EventTriggers implements EventConsumer {

    private static final Duration HOUR = Duration.ofHours(1);
    /** Occasions that come to nothing cost only a row, but rows they cost. */
    private static final int SKIPPED_FOR_EACH = 10;

    private final ActiveTriggers triggers;
    private final ExecutionLog log;
    private final ApplicationEventPublisher news;
    private final TriggerSettings settings;
    private final PlatformClock clock;

    EventTriggers(ActiveTriggers triggers, ExecutionLog log, ApplicationEventPublisher news, TriggerSettings settings, PlatformClock clock) {
        this.triggers = triggers;
        this.log = log;
        this.news = news;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "triggers";
    }

    @Override
    public Set<String> wanted() {
        var names = new HashSet<>(triggers.eventsNow());
        // An empty set would mean: everything.
        names.add("triggers.want.nothing");
        return names;
    }

    @Override
    public boolean takesPartitionsTogether() {
        return true;
    }

    @Override
    public void consume(List<Event> events) {
        boolean found = false;
        for (Trigger trigger : triggers.all()) {
            var own = events.stream().filter(event -> concerns(trigger, event)).toList();
            if (!own.isEmpty()) {
                found |= take(trigger, own);
            }
        }
        if (found) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    news.publishEvent(new OccasionsCame());
                }
            });
        }
    }

    /** What the event tells against it counts, too: an event it doesn't ask for is none of its occasions, and leaves no line in the log. */
    private boolean concerns(Trigger trigger, Event event) {
        boolean named = switch (trigger.definition().occasion()) {
            case Occasion.OnEvent one -> one.name().equals(event.name());
            case Occasion.SegmentEntry one -> event.name().equals("segment.entered") && one.segment().equals(event.text("segment"));
            case Occasion.SegmentExit one -> event.name().equals("segment.left") && one.segment().equals(event.text("segment"));
            case Occasion.OnDate one -> false;
            case Occasion.Inactivity one -> false;
        };
        return named && event.position() > trigger.activeFrom()
                && triggers.conditions(trigger.definition()).filter(conditions -> conditions.isRuledOutBy(event.properties())).isEmpty();
    }

    private boolean take(Trigger trigger, List<Event> events) {
        Instant now = clock.instant();
        var refused = new ArrayList<Refusal>();
        var taken = new ArrayList<Occurrence>();
        var people = events.stream().map(Event::customerId).filter(Objects::nonNull).collect(Collectors.toSet());
        Map<Long, ExecutionLog.Lately> lately = people.isEmpty() ? Map.of() : log.lately(trigger.id(), people, now.minus(HOUR));
        var within = new HashMap<Long, Integer>();
        for (Event event : events) {
            var refusal = refusal(trigger, event, now);
            if (refusal != null) {
                refused.add(refusal);
                continue;
            }
            long customer = Objects.requireNonNull(event.customerId());
            var before = lately.getOrDefault(customer, new ExecutionLog.Lately(0, 0));
            int more = within.merge(customer, 1, Integer::sum);
            if (before.counted() + more > settings.customerLimit() || before.any() + more > (long) SKIPPED_FOR_EACH * settings.customerLimit()) {
                refused.add(new Refusal(trigger.id(), customer, "often:" + now.truncatedTo(ChronoUnit.HOURS).getEpochSecond(), "rate_limited",
                        "more than %d times within an hour for this customer".formatted(settings.customerLimit())));
                continue;
            }
            taken.add(new Occurrence(trigger.id(), customer, customer + ":" + event.id(), event.id(), event.properties(), event.occurredAt(),
                    // What is said to happen in a while is acted upon when it has happened.
                    event.occurredAt().isAfter(now) ? event.occurredAt() : now));
        }
        log.refuse(refused);
        return log.add(taken) > 0;
    }

    private static @Nullable Refusal refusal(Trigger trigger, Event event, Instant now) {
        String day = now.atZone(ZoneOffset.UTC).toLocalDate().toString();
        if (event.customerId() == null) {
            return new Refusal(trigger.id(), null, "nobody:" + day, "skipped", "nobody known: the shop told no customer");
        }
        if (event.origin() == Event.Origin.IMPORT) {
            return new Refusal(trigger.id(), null, "history:" + day, "skipped", "imported: history triggers nothing");
        }
        if (event.occurredAt().isBefore(now.minus(trigger.definition().lateAfter()))) {
            return new Refusal(trigger.id(), event.customerId(), "late:" + day, "skipped",
                    "told too late: it happened more than %s before".formatted(Words.span(trigger.definition().lateAfter())));
        }
        return null;
    }
}
