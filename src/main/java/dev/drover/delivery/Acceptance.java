package dev.drover.delivery;

import dev.drover.audience.Customer;
import dev.drover.audience.Customers;
import dev.drover.delivery.Composer.Composed;
import dev.drover.delivery.Deliveries.Answer;
import dev.drover.delivery.Eligibility.Decision;
import dev.drover.delivery.RecipientFacts.Asked;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.template.Templates;
import dev.drover.template.Templates.Template;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Decides upon, renders and writes down requests for messages: many in as many statements as one. Within the caller's transaction, their customers locked. */
@Component
class Acceptance {

    /** One on its way into the ledger. @param composed {@code null}: it was decided before that nothing is sent */
    private record Draft(DeliveryRequest request, Template template, @Nullable String address, String category, Decision decision, @Nullable Composed composed) {

        String status() {
            return switch (decision.word()) {
                case "skip" -> "skipped";
                case "defer" -> "deferred";
                default -> "queued";
            };
        }
    }

    private final JdbcClient jdbc;
    private final Customers customers;
    private final Templates templates;
    private final Composer composer;
    private final Contents contents;
    private final Senders senders;
    private final Eligibility eligibility;
    private final DispatchAlarm alarm;
    private final PlatformClock clock;

    Acceptance(JdbcClient jdbc, Customers customers, Templates templates, Composer composer, Contents contents, Senders senders, Eligibility eligibility, DispatchAlarm alarm,
            PlatformClock clock) {
        this.jdbc = jdbc;
        this.customers = customers;
        this.templates = templates;
        this.composer = composer;
        this.contents = contents;
        this.senders = senders;
        this.eligibility = eligibility;
        this.alarm = alarm;
        this.clock = clock;
    }

    /** @return what became of each, in their order */
    List<Answer> of(List<DeliveryRequest> requests) {
        var answers = new TreeMap<Integer, Answer>();
        var left = IntStream.range(0, requests.size()).boxed().collect(Collectors.toCollection(ArrayList::new));
        while (!left.isEmpty()) {
            // Of two for one customer the second counts the first for its cap; of two of one key the second finds the first.
            Set<Object> seen = new HashSet<>();
            var round = left.stream().filter(n -> seen.add(requests.get(n).customerId()) & seen.add(requests.get(n).key())).toList();
            left.removeAll(round);
            answers.putAll(round(round.stream().collect(Collectors.toMap(Function.identity(), requests::get, (one, other) -> one, LinkedHashMap::new))));
        }
        return List.copyOf(answers.values());
    }

    private Map<Integer, Answer> round(Map<Integer, DeliveryRequest> requests) {
        var answers = new HashMap<Integer, Answer>();
        var earlier = earlier(requests.values());
        var fresh = new LinkedHashMap<Integer, DeliveryRequest>();
        requests.forEach((n, request) -> {
            var known = earlier.get(request.key());
            if (known == null) {
                fresh.put(n, request);
            } else {
                answers.put(n, known.of(request));
            }
        });
        if (fresh.isEmpty()) {
            return answers;
        }
        var drafts = drafts(fresh, answers);
        if (drafts.isEmpty()) {
            return answers;
        }
        var ids = insert(drafts.values());
        var kept = new LinkedHashMap<Long, Composed>();
        drafts.forEach((n, draft) -> {
            Long id = ids.get(draft.request().key());
            answers.put(n, id == null ? Answer.refused(taken()) : Answer.of(new DeliveryOutcome(id, draft.status(), draft.decision().rule(), draft.decision().reason())));
            if (id != null && draft.composed() != null) {
                kept.put(id, draft.composed());
            }
        });
        if (!kept.isEmpty()) {
            contents.keep(kept);
            alarm.ringAfterCommit();
        }
        return answers;
    }

    /** @param answers gets the refusals */
    private Map<Integer, Draft> drafts(Map<Integer, DeliveryRequest> requests, Map<Integer, Answer> answers) {
        var people = customers.byIds(requests.values().stream().map(DeliveryRequest::customerId).toList()).stream().collect(Collectors.toMap(Customer::id, Function.identity()));
        var known = requests.values().stream().map(DeliveryRequest::template).distinct().collect(Collectors.toMap(Function.identity(), templates::find));
        var asked = new LinkedHashMap<Integer, Asked>();
        requests.forEach((n, request) -> {
            try {
                var template = template(request, known.get(request.template()));
                var customer = Optional.ofNullable(people.get(request.customerId())).orElseThrow(() -> Problem.notFound("The customer of this message is gone."));
                asked.put(n, new Asked(customer, request.channel(), Deliveries.address(customer, request.channel()), template.type(),
                        Objects.requireNonNullElse(request.category(), template.category()), request.origin().type(), Long.MAX_VALUE));
            } catch (Problem refused) {
                answers.put(n, Answer.refused(refused));
            }
        });
        var decisions = eligibility.decide(List.copyOf(asked.values())).iterator();
        var drafts = new LinkedHashMap<Integer, Draft>();
        var sender = senders.standard();
        asked.forEach((n, one) -> {
            var request = requests.get(n);
            try {
                drafts.put(n, draft(request, known.get(request.template()).orElseThrow(), one, decisions.next(), sender));
            } catch (Problem refused) {
                answers.put(n, Answer.refused(refused));
            }
        });
        return drafts;
    }

    private Draft draft(DeliveryRequest request, Template template, Asked asked, Decision decision, Sender sender) {
        if (decision.word().equals("skip")) {
            return new Draft(request, template, asked.address(), asked.category(), decision, null);
        }
        var composed = composer.compose(template, asked.customer(), sender, request.data(), request.subject());
        String missing = PostalAddress.missing(template, composed);
        return missing == null ? new Draft(request, template, asked.address(), asked.category(), decision, composed)
                : new Draft(request, template, asked.address(), asked.category(), new Decision("skip", PostalAddress.RULE, missing, null), null);
    }

    private static Template template(DeliveryRequest request, Optional<Template> found) {
        var template = found.orElseThrow(() -> Problem.invalid("template", "There is no template '" + request.template() + "'."));
        if (template.channel() != request.channel()) {
            throw Problem.invalid("template", "'%s' is a template for %s, not for %s.".formatted(template.key(), template.channel().key(), request.channel().key()));
        }
        if (!template.active()) {
            throw Problem.invalid("template", "The template '" + template.key() + "' is switched off.");
        }
        return template;
    }

    /** What came of a request of the same key. */
    private record Earlier(@Nullable Long customer, String template, DeliveryOutcome outcome) {

        Answer of(DeliveryRequest request) {
            return customer != null && customer != request.customerId() || !template.equals(request.template()) ? Answer.refused(taken()) : Answer.of(outcome);
        }
    }

    private Map<String, Earlier> earlier(Collection<DeliveryRequest> requests) {
        var found = new HashMap<String, Earlier>();
        jdbc.sql("SELECT key, id, customer_id, template, status, rule, reason FROM message WHERE key = ANY(?)")
                .param(requests.stream().map(DeliveryRequest::key).toArray(String[]::new)).query(row -> {
                    String status = row.getString("status");
                    String word = status.equals("skipped") || status.equals("deferred") ? status : "queued";
                    found.put(row.getString("key"), new Earlier(row.getObject("customer_id", Long.class), row.getString("template"),
                            new DeliveryOutcome(row.getLong("id"), word, row.getString("rule"), row.getString("reason"))));
                });
        return found;
    }

    private static Problem taken() {
        return Problem.conflict("This key was used for another customer or template already. A key stands for one message.");
    }

    /** @return the ids by key; a key that another took meanwhile has none */
    private Map<String, Long> insert(Collection<Draft> drafts) {
        Instant now = clock.instant();
        var ids = new HashMap<String, Long>();
        jdbc.sql("""
                INSERT INTO message (key, customer_id, channel, address, origin_type, origin_id, origin_instance, origin_element, template, category, type,
                                     status, rule, reason, not_before, queued_at)
                SELECT key, customer, channel, address, origin_type, origin_id, origin_instance, origin_element, template, category, type, status, rule, reason, not_before, :now
                  FROM unnest(:keys, :customers, :channels, :addresses, :originTypes, :originIds, :originInstances, :originElements, :templates, :categories, :types,
                              :statuses, :rules, :reasons, :notBefore::timestamptz[])
                       WITH ORDINALITY AS draft (key, customer, channel, address, origin_type, origin_id, origin_instance, origin_element, template, category, type,
                                                 status, rule, reason, not_before, n)
                 ORDER BY n
                ON CONFLICT (key) DO NOTHING
                RETURNING id, key""")
                .param("keys", texts(drafts, draft -> draft.request().key())).param("customers", drafts.stream().map(draft -> draft.request().customerId()).toArray(Long[]::new))
                .param("channels", texts(drafts, draft -> draft.request().channel().key())).param("addresses", texts(drafts, Draft::address))
                .param("originTypes", texts(drafts, draft -> draft.request().origin().type())).param("originIds", texts(drafts, draft -> draft.request().origin().id()))
                .param("originInstances", texts(drafts, draft -> draft.request().origin().instance()))
                .param("originElements", texts(drafts, draft -> draft.request().origin().element()))
                .param("templates", texts(drafts, draft -> draft.template().key())).param("categories", texts(drafts, Draft::category))
                .param("types", texts(drafts, draft -> draft.template().type())).param("statuses", texts(drafts, Draft::status))
                .param("rules", texts(drafts, draft -> draft.decision().rule())).param("reasons", texts(drafts, draft -> draft.decision().reason()))
                .param("notBefore", texts(drafts, draft -> Objects.requireNonNullElse(draft.decision().until(), now).toString())).param("now", Timestamp.from(now))
                .query(row -> {
                    ids.put(row.getString("key"), row.getLong("id"));
                });
        return ids;
    }

    private static String[] texts(Collection<Draft> drafts, Function<Draft, @Nullable String> what) {
        return drafts.stream().map(what).toArray(String[]::new);
    }
}
