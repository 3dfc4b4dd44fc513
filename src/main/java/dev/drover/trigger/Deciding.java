package dev.drover.trigger;

import dev.drover.eventlog.EventLog;
import dev.drover.facts.Facts;
import dev.drover.facts.FactsChanged;
import dev.drover.facts.Whom;
import dev.drover.kernel.PlatformClock;
import dev.drover.ruleset.fact.Customer;
import dev.drover.ruleset.language.Held;
import dev.drover.ruleset.language.Needing;
import dev.drover.segment.Segments;
import dev.drover.trigger.Executions.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Decides upon what is due: whether the conditions hold, the cap has room, the journey may be entered again, and no storm blows. One instance at a
 * time, so that what is counted is true.
 */
@Component
class Deciding {

    /** @param going to be done now, with their triggers @param full there may be more at once @param early some wait until what happened is in the facts */
    record Round(List<Going> going, boolean full, boolean early) {
        static final Round NONE = new Round(List.of(), false, false);
    }

    record Going(Trigger trigger, Execution execution) {}

    static final int BATCH = 200;

    private final Executions executions;
    private final Triggers triggers;
    private final ActiveTriggers conditions;
    private final Facts facts;
    private final Segments segments;
    private final EventLog events;
    private final Occasions occasions;
    private final Entries entries;
    private final Storms storms;
    private final PlatformClock clock;

    Deciding(Executions executions, Triggers triggers, ActiveTriggers conditions, Facts facts, Segments segments, EventLog events, Occasions occasions, Entries entries,
            Storms storms, PlatformClock clock) {
        this.executions = executions;
        this.triggers = triggers;
        this.conditions = conditions;
        this.facts = facts;
        this.segments = segments;
        this.events = events;
        this.occasions = occasions;
        this.entries = entries;
        this.storms = storms;
        this.clock = clock;
    }

    @Transactional
    Round decide() {
        if (!executions.lock()) {
            return Round.NONE;
        }
        var due = executions.due(BATCH);
        if (due.isEmpty()) {
            return Round.NONE;
        }
        Map<Long, Trigger> known = triggers.byIds(due.stream().map(Execution::triggerId).collect(Collectors.toSet())).stream().collect(Collectors.toMap(Trigger::id, Function.identity()));
        var steps = new ArrayList<Step>();
        var going = new ArrayList<Going>();
        boolean early = false;
        for (var own : due.stream().collect(Collectors.groupingBy(Execution::triggerId)).entrySet()) {
            var trigger = known.get(own.getKey());
            if (trigger != null) {
                early |= new Batch(trigger, steps, going).decide(own.getValue());
            }
        }
        executions.step(steps);
        return new Round(going, due.size() == BATCH, early);
    }

    /** What of one trigger is due. */
    private final class Batch {

        private final Trigger trigger;
        private final Definition definition;
        private final List<Step> steps;
        private final List<Going> going;
        private final Instant now = clock.instant();
        /** Events that are not in the facts yet. */
        private Set<String> unread = Set.of();

        Batch(Trigger trigger, List<Step> steps, List<Going> going) {
            this.trigger = trigger;
            this.definition = trigger.definition();
            this.steps = steps;
            this.going = going;
        }

        /** @return whether some have to wait for the facts */
        boolean decide(List<Execution> due) {
            var left = new ArrayList<Execution>();
            for (Execution execution : due) {
                if (execution.stage() == Execution.GOES) {
                    go(execution);
                } else if (!definition.active()) {
                    skip(execution, "the trigger was switched off meanwhile");
                } else if (execution.customerId() == null) {
                    skip(execution, "the customer is gone");
                } else {
                    left.add(execution);
                }
            }
            if (trigger.storms()) {
                storms.holdBack(trigger);
                left.removeIf(execution -> !execution.released());
            }
            var ready = whoFulfils(known(left));
            boolean early = left.stream().anyMatch(this::isEarly);
            ready = afterTheDelay(ready);
            ready = withinTheCap(ready);
            ready = whoMayEnter(ready);
            withinTheHour(ready);
            return early;
        }

        /** Those whose event the facts already know of: a condition on orders must count the one that just came. */
        private List<Execution> known(List<Execution> left) {
            var condition = conditions.conditions(definition);
            if (condition.isPresent() && condition.get().rules().findAny().isPresent()) {
                unread = events.unreadBy(FactsChanged.CONSUMER, left.stream().map(Execution::eventId).filter(Objects::nonNull).toList());
            }
            return left.stream().filter(execution -> !isEarly(execution)).toList();
        }

        private boolean isEarly(Execution execution) {
            return execution.eventId() != null && unread.contains(execution.eventId());
        }

        private List<Execution> whoFulfils(List<Execution> left) {
            var condition = conditions.conditions(definition);
            if (condition.isEmpty() || left.isEmpty()) {
                return left;
            }
            var people = people(condition.get(), left.stream().map(execution -> Objects.requireNonNull(execution.customerId())).collect(Collectors.toSet()));
            var ready = new ArrayList<Execution>();
            for (Execution execution : left) {
                var person = people.get(execution.customerId());
                if (person == null) {
                    skip(execution, "the customer is gone");
                    continue;
                }
                Held held = condition.get().tried(execution.event(), person);
                if (held.held()) {
                    ready.add(execution);
                } else {
                    skip(execution, (execution.stage() == Execution.BEGUN ? "no longer so after the delay: " : "not so: ") + Verdicts.why(held));
                }
            }
            return ready;
        }

        /** Those whose delay is over, and for whom the occasion still is one. */
        private List<Execution> afterTheDelay(List<Execution> left) {
            if (definition.delay().isZero()) {
                return left;
            }
            var over = new ArrayList<Execution>();
            for (Execution execution : left) {
                if (execution.stage() == Execution.NEW) {
                    steps.add(new Step(execution.id(), "waiting", Execution.BEGUN, null, execution.dueAt().plus(definition.delay())));
                } else {
                    over.add(execution);
                }
            }
            var gone = occasions.gone(definition.occasion(), over);
            gone.forEach(this::skip);
            return over.stream().filter(execution -> !gone.containsKey(execution)).toList();
        }

        private List<Execution> withinTheCap(List<Execution> left) {
            var cap = definition.cap();
            if (cap == null || left.isEmpty()) {
                return left;
            }
            var acted = new HashMap<>(executions.acted(trigger.id(), customers(left), now.minus(Duration.ofDays(cap.days()))));
            var ready = new ArrayList<Execution>();
            for (Execution execution : left) {
                if (acted.getOrDefault(execution.customerId(), 0) < cap.count()) {
                    acted.merge(execution.customerId(), 1, Integer::sum);
                    ready.add(execution);
                } else {
                    steps.add(Step.end(execution, "rate_limited", cap.words()));
                }
            }
            return ready;
        }

        private List<Execution> whoMayEnter(List<Execution> left) {
            var reentry = definition.reentry();
            if (reentry == null) {
                return left;
            }
            var ready = new ArrayList<Execution>();
            var entering = new java.util.HashSet<Long>();
            for (Execution execution : left) {
                var refusal = entries.refusal(trigger, execution, !entering.add(Objects.requireNonNull(execution.customerId())), now);
                if (refusal.isPresent()) {
                    skip(execution, refusal.get());
                } else {
                    ready.add(execution);
                }
            }
            return ready;
        }

        private void withinTheHour(List<Execution> left) {
            int room = storms.room(trigger, left.stream().filter(execution -> !execution.released()).count());
            for (Execution execution : left) {
                if (execution.released() || room-- > 0) {
                    go(execution);
                } else {
                    steps.add(new Step(execution.id(), "held", execution.stage(), Storms.HELD, null));
                }
            }
        }

        private void go(Execution execution) {
            steps.add(new Step(execution.id(), "running", Execution.GOES, null, null));
            going.add(new Going(trigger, execution));
        }

        private void skip(Execution execution, String reason) {
            steps.add(Step.end(execution, "skipped", reason));
        }
    }

    /** Customers with all that the conditions read, by number. */
    Map<Long, Customer> people(TriggerCondition condition, Collection<Long> customers) {
        var needs = Needing.of(condition.rules().toList());
        Map<Long, Set<String>> members = needs.reads("inSegment") ? segments.of(customers) : Map.of();
        return facts.of(Whom.these(customers), needs, members).stream().collect(Collectors.toMap(Customer::getId, Function.identity()));
    }

    private static Set<Long> customers(List<Execution> executions) {
        return executions.stream().map(Execution::customerId).filter(Objects::nonNull).collect(Collectors.toSet());
    }
}
