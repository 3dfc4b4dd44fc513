package dev.drover.delivery;

import dev.drover.audience.Customer;
import dev.drover.audience.Customers;
import dev.drover.delivery.RecipientFacts.Asked;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.template.Templates;
import dev.drover.template.Templates.Template;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The one door for messages of every origin. */
@Component
public class Deliveries {

    private final JdbcClient jdbc;
    private final Customers customers;
    private final Templates templates;
    private final Composer composer;
    private final Contents contents;
    private final Eligibility eligibility;
    private final DispatchAlarm alarm;
    private final PlatformClock clock;

    Deliveries(JdbcClient jdbc, Customers customers, Templates templates, Composer composer, Contents contents, Eligibility eligibility, DispatchAlarm alarm, PlatformClock clock) {
        this.jdbc = jdbc;
        this.customers = customers;
        this.templates = templates;
        this.composer = composer;
        this.contents = contents;
        this.eligibility = eligibility;
        this.alarm = alarm;
        this.clock = clock;
    }

    /**
     * Writes the message to the ledger, decided and rendered; it leaves later. In the caller's transaction, or one of its own. The same key
     * again gives the first outcome again.
     *
     * @throws Problem rejected for an unknown template or one that fails on this data, not found for the customer, conflict when the key was
     *                 used for another customer or template
     */
    @Transactional
    public DeliveryOutcome accept(DeliveryRequest request) {
        // One at a time for a customer: two messages at once must count each other for the cap, and a job that comes twice must find itself.
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('delivery'), hashtext(?))").param(Long.toString(request.customerId())).query(row -> { });
        var earlier = outcome(request);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        var template = template(request);
        var customer = customers.byId(request.customerId()).orElseThrow(() -> Problem.notFound("The customer of this message is gone."));
        String address = address(customer, request.channel());
        String category = Objects.requireNonNullElse(request.category(), template.category());
        var asked = new Asked(customer, request.channel(), address, template.type(), category, request.origin().type(), request.origin().id(), Long.MAX_VALUE);
        var decision = eligibility.settle(List.of(asked)).getFirst();
        var composed = decision.word().equals("skip") ? null : composer.compose(template, customer, request.data(), request.subject());
        String missing = composed == null ? null : PostalAddress.missing(template, composed);
        if (missing != null) {
            decision = new Eligibility.Decision("skip", PostalAddress.RULE, missing, null);
        }
        String status = switch (decision.word()) {
            case "skip" -> "skipped";
            case "defer" -> "deferred";
            default -> "queued";
        };
        long id = insert(request, template, address, category, status, decision);
        if (composed != null && missing == null) {
            contents.keep(id, composed);
            alarm.ringAfterCommit();
        }
        return new DeliveryOutcome(id, status, decision.rule(), decision.reason());
    }

    /** What would happen to a message now; writes nothing. */
    Eligibility.Decision rehearse(String externalId, Channel channel, String type, String category, String origin) {
        var customer = customers.require(externalId);
        return eligibility.decide(new Asked(customer, channel, address(customer, channel), type, category, origin, "", Long.MAX_VALUE));
    }

    /**
     * Takes back what a process instance has waiting: its reason to be is gone, the customer ordered.
     *
     * @return how many messages were still waiting
     */
    @Transactional
    public int cancelPending(String originInstance, String reason) {
        return cancelPending(List.of(originInstance), reason);
    }

    /** The same of many instances. */
    @Transactional
    public int cancelPending(java.util.Collection<String> originInstances, String reason) {
        String[] instances = originInstances.toArray(String[]::new);
        // One being sent can't be called back; but should it come back by itself, it isn't tried again.
        jdbc.sql("UPDATE message SET rule = 'cancelled', reason = ? WHERE origin_instance = ANY (?) AND status = 'sending'").param(reason).param(instances).update();
        return jdbc.sql("UPDATE message SET status = 'skipped', rule = 'cancelled', reason = ? WHERE origin_instance = ANY (?) AND status IN ('queued', 'deferred')")
                .param(reason).param(instances).update();
    }

    private Optional<DeliveryOutcome> outcome(DeliveryRequest request) {
        return jdbc.sql("SELECT id, customer_id, template, status, rule, reason FROM message WHERE key = ?").param(request.key()).query((row, n) -> {
            Long customer = row.getObject("customer_id", Long.class);
            if (customer != null && customer != request.customerId() || !row.getString("template").equals(request.template())) {
                throw taken();
            }
            String status = row.getString("status");
            String word = status.equals("skipped") || status.equals("deferred") ? status : "queued";
            return new DeliveryOutcome(row.getLong("id"), word, row.getString("rule"), row.getString("reason"));
        }).optional();
    }

    private static Problem taken() {
        return Problem.conflict("This key was used for another customer or template already. A key stands for one message.");
    }

    private Template template(DeliveryRequest request) {
        var template = templates.find(request.template())
                .orElseThrow(() -> Problem.invalid("template", "There is no template '" + request.template() + "'."));
        if (template.channel() != request.channel()) {
            throw Problem.invalid("template", "'%s' is a template for %s, not for %s.".formatted(template.key(), template.channel().key(), request.channel().key()));
        }
        if (!template.active()) {
            throw Problem.invalid("template", "The template '" + template.key() + "' is switched off.");
        }
        return template;
    }

    private long insert(DeliveryRequest request, Template template, @Nullable String address, String category, String status, Eligibility.Decision decision) {
        Instant now = clock.instant();
        return jdbc.sql("""
                INSERT INTO message (key, customer_id, channel, address, origin_type, origin_id, origin_instance, origin_element, template, category, type,
                                     status, rule, reason, not_before, queued_at)
                VALUES (:key, :customer, :channel, :address, :originType, :originId, :originInstance, :originElement, :template, :category, :type,
                        :status, :rule, :reason, :notBefore, :now)
                ON CONFLICT (key) DO NOTHING
                RETURNING id""")
                .param("key", request.key()).param("customer", request.customerId()).param("channel", request.channel().key()).param("address", address)
                .param("originType", request.origin().type()).param("originId", request.origin().id()).param("originInstance", request.origin().instance())
                .param("originElement", request.origin().element()).param("template", template.key()).param("category", category).param("type", template.type())
                .param("status", status).param("rule", decision.rule()).param("reason", decision.reason())
                .param("notBefore", Timestamp.from(decision.until() == null ? now : decision.until())).param("now", Timestamp.from(now))
                .query(Long.class).optional().orElseThrow(Deliveries::taken);
    }

    static @Nullable String address(Customer customer, Channel channel) {
        return switch (channel) {
            case EMAIL -> customer.email();
            case SMS -> customer.phone();
            case PUSH -> customer.pushToken();
        };
    }
}
