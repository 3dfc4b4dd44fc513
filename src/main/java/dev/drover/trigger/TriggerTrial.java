package dev.drover.trigger;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.audience.Customer;
import dev.drover.audience.Customers;
import dev.drover.delivery.MessageContent;
import dev.drover.delivery.Rehearsals;
import dev.drover.eventlog.Event;
import dev.drover.eventlog.EventLog;
import dev.drover.kernel.Checks;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.ruleset.language.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tries a trigger, saved or not, on something that happened or might: every condition's verdict, what would hold it back, and what it would do. Nothing is written or sent. */
@Component
class TriggerTrial {

    private static final int MOST_DATA = 131_072;
    private static final int LOOKED_AT = 500;

    /**
     * @param customerId external id, or an address
     * @param eventId    of an event of the log
     * @param event      instead of one of the log
     */
    record Asked(@Nullable String customerId, @Nullable String eventId, @Nullable MadeUp event) {
        static final Asked NOTHING = new Asked(null, null, null);
    }

    record MadeUp(@Nullable String name, @Nullable Instant occurredAt, @Nullable Map<String, Object> properties) {}

    /** @param holds {@code null}: a word of the group, not a condition @param depth how deep in groups */
    record Verdict(String condition, boolean holds, String actual, int depth, boolean group) {}

    /** Something that lets it pass or holds it back. */
    record Check(String name, boolean passes, String says) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Message(String outcome, @Nullable String rule, @Nullable String reason, @Nullable Instant notBefore, @Nullable String subject, @Nullable String preheader,
            @Nullable String html, @Nullable String text) {}

    /** @param acts whether it would act @param says in a line */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Tried(boolean acts, String says, String customerId, String customer, @Nullable String eventId, @Nullable Instant occurredAt, Map<String, Object> event,
            List<Verdict> conditions, List<Check> checks, @Nullable Instant dueAt, String action, @Nullable Message message, @Nullable Map<String, Object> webhook) {}

    private record Told(@Nullable String id, @Nullable String name, Instant at, Map<String, Object> properties) {}

    private final ActiveTriggers conditions;
    private final Deciding deciding;
    private final Executions executions;
    private final Entries entries;
    private final Customers customers;
    private final EventLog log;
    private final Rehearsals rehearsals;
    private final PlatformClock clock;

    TriggerTrial(ActiveTriggers conditions, Deciding deciding, Executions executions, Entries entries, Customers customers, EventLog log, Rehearsals rehearsals, PlatformClock clock) {
        this.conditions = conditions;
        this.deciding = deciding;
        this.executions = executions;
        this.entries = entries;
        this.customers = customers;
        this.log = log;
        this.rehearsals = rehearsals;
        this.clock = clock;
    }

    /** @param saved whose caps and journeys count; {@code null}: it isn't saved yet @throws Problem not found, rejected */
    Tried of(Definition definition, Asked asked, @Nullable Trigger saved) {
        new Checks().atMost("customerId", asked.customerId(), 320).atMost("eventId", asked.eventId(), 200)
                .json("event.properties", asked.event() == null ? null : asked.event().properties(), MOST_DATA).orThrow();
        Instant now = clock.instant();
        var past = past(definition, asked);
        var customer = customer(asked, past).orElseThrow(() -> Problem.invalid("customerId", definition.occasion().tells() && asked.customerId() == null
                ? "No such event is in the log yet: say which customer, and what the event tells." : "Whom shall it be tried on? Give a customer's id."));
        var told = asked.event() != null ? new Told(null, asked.event().name(), Objects.requireNonNullElse(asked.event().occurredAt(), now),
                Objects.requireNonNullElse(asked.event().properties(), Map.of()))
                : past != null ? new Told(past.id(), past.name(), past.occurredAt(), past.properties()) : new Told(null, null, now, Map.of());
        var verdicts = new ArrayList<Verdict>();
        var checks = new ArrayList<Check>();
        occasion(definition, told).ifPresent(checks::add);
        boolean held = conditions.conditions(definition).map(condition -> {
            var person = deciding.people(condition, Set.of(customer.id())).get(customer.id());
            var tried = condition.tried(told.properties(), Objects.requireNonNull(person));
            told(tried, 0, verdicts);
            return tried.held();
        }).orElse(true);
        if (!verdicts.isEmpty()) {
            checks.add(new Check("Conditions", held, held ? "all that is asked holds" : "not what is asked"));
        }
        limits(definition, customer, saved, now, checks);
        boolean acts = checks.stream().allMatch(Check::passes);
        var message = definition.action().kind().channel() == null ? null : message(definition, customer, told);
        Instant due = told.at().isAfter(now) ? told.at() : now;
        String says = !acts ? "It wouldn’t act: " + checks.stream().filter(check -> !check.passes()).map(Check::says).findFirst().orElse("")
                : "It would " + definition.action().words() + (definition.delay().isZero() ? "" : ", " + Words.span(definition.delay()) + " later")
                        + (message != null && message.outcome().equals("skipped") ? ", and the message would be held back: " + message.reason() : "");
        return new Tried(acts, says, customer.externalId(), customer.shownName(), told.id(), told.at(), told.properties(), verdicts, checks,
                acts ? due.plus(definition.delay()) : null, definition.action().words(), message, webhook(definition, customer, told));
    }

    private @Nullable Event past(Definition definition, Asked asked) {
        if (asked.eventId() != null && !asked.eventId().isBlank()) {
            return log.byId(asked.eventId().strip()).orElseThrow(() -> Problem.notFound("There is no event '" + asked.eventId() + "'."));
        }
        if (asked.event() != null || !definition.occasion().tells()) {
            return null;
        }
        String name = definition.occasion().events().iterator().next();
        if (asked.customerId() == null || asked.customerId().isBlank()) {
            return log.recent(name, LOOKED_AT).stream().filter(event -> fits(definition, event.name(), event.properties())).findFirst().orElse(null);
        }
        return customers.byIdOrAddress(asked.customerId().strip()).flatMap(customer -> log.ofCustomer(customer.id(), Instant.parse("9999-01-01T00:00:00Z"), LOOKED_AT).stream()
                .filter(event -> fits(definition, event.name(), event.properties())).findFirst()).orElse(null);
    }

    private Optional<Customer> customer(Asked asked, @Nullable Event past) {
        if (asked.customerId() != null && !asked.customerId().isBlank()) {
            return Optional.of(customers.byIdOrAddress(asked.customerId().strip()).orElseThrow(() -> Problem.notFound("There is no customer '" + asked.customerId() + "'.")));
        }
        return Optional.ofNullable(past).flatMap(event -> Optional.ofNullable(event.customerId())).flatMap(customers::byId);
    }

    private static boolean fits(Definition definition, String name, Map<String, Object> properties) {
        return switch (definition.occasion()) {
            case Occasion.OnEvent event -> event.name().equals(name);
            case Occasion.SegmentEntry entry -> name.equals("segment.entered") && entry.segment().equals(properties.get("segment"));
            case Occasion.SegmentExit exit -> name.equals("segment.left") && exit.segment().equals(properties.get("segment"));
            case Occasion.OnDate date -> false;
            case Occasion.Inactivity inactivity -> false;
        };
    }

    private static Optional<Check> occasion(Definition definition, Told told) {
        if (!definition.occasion().tells()) {
            return Optional.of(new Check("Occasion", true, "taken as if it were so: " + definition.occasion().words()));
        }
        // What somebody made up is taken for such an event unless it says otherwise.
        boolean fits = told.name() == null || fits(definition, told.name(), told.properties());
        return Optional.of(new Check("Occasion", fits, fits ? definition.occasion().words() : "the event is " + told.name() + ", and it waits until " + definition.occasion().words()));
    }

    private void limits(Definition definition, Customer customer, @Nullable Trigger saved, Instant now, List<Check> checks) {
        var cap = definition.cap();
        if (cap != null) {
            int acted = saved == null ? 0 : executions.acted(saved.id(), List.of(customer.id()), now.minus(Duration.ofDays(cap.days()))).getOrDefault(customer.id(), 0);
            checks.add(new Check("Cap", acted < cap.count(), cap.words() + ", " + (acted == 0 ? "not once yet" : acted == 1 ? "once already" : acted + " times already")));
        }
        if (saved != null && definition.reentry() != null && saved.definition().action().equals(definition.action())) {
            var execution = new Execution(0, saved.id(), customer.id(), customer.externalId(), "", null, Map.of(), "waiting", Execution.NEW, false, null, Map.of(), 1, 0, now, now, null, null, now);
            var refusal = entries.refusal(saved, execution, false, now);
            checks.add(new Check("Entering again", refusal.isEmpty(), refusal.orElse("the customer may enter")));
        }
        if (saved != null && saved.storms()) {
            checks.add(new Check("Storm", false, "more came than an hour may bring: what comes is held until somebody decides"));
        }
    }

    private Message message(Definition definition, Customer customer, Told told) {
        try {
            var rehearsal = rehearsals.of(Sending.request(definition, "trial", customer.id(), told.properties()));
            MessageContent content = rehearsal.content();
            return new Message(rehearsal.outcome(), rehearsal.rule(), rehearsal.reason(), rehearsal.notBefore(), content.subject(), content.preheader(), content.html(), content.text());
        } catch (Problem problem) {
            return new Message("failed", null, problem.getMessage(), null, null, null, null, null);
        }
    }

    private static @Nullable Map<String, Object> webhook(Definition definition, Customer customer, Told told) {
        if (definition.action().kind() != Action.Kind.WEBHOOK) {
            return null;
        }
        var execution = new Execution(0, 0, customer.id(), customer.externalId(), "", told.id(), told.properties(), "waiting", Execution.NEW, false, null, Map.of(), 1, 0, told.at(), told.at(), null, null,
                told.at());
        return new LinkedHashMap<>(WebhookCalls.body(definition, execution));
    }

    private static void told(Held held, int depth, List<Verdict> verdicts) {
        boolean group = held.kind() == Held.Kind.ALL || held.kind() == Held.Kind.ANY;
        verdicts.add(new Verdict(group ? held.kind() == Held.Kind.ALL ? "all of these" : "any of these" : held.text(), held.held(), held.actual(), depth, group));
        held.parts().forEach(part -> told(part, depth + 1, verdicts));
    }
}
