package dev.drover.delivery;

import dev.drover.audience.Customer;
import dev.drover.audience.Customers;
import dev.drover.delivery.RecipientFacts.Asked;
import dev.drover.kernel.Channel;
import dev.drover.kernel.Problem;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** The one door for messages of every origin. */
@Component
public class Deliveries {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Customers customers;
    private final Acceptance acceptance;
    private final Eligibility eligibility;

    Deliveries(JdbcClient jdbc, TransactionTemplate transaction, Customers customers, Acceptance acceptance, Eligibility eligibility) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.customers = customers;
        this.acceptance = acceptance;
        this.eligibility = eligibility;
    }

    /** What became of a request that was one of many. @param refusal what {@link #accept(DeliveryRequest)} would have thrown; {@code null}: it was taken */
    public record Answer(@Nullable DeliveryOutcome outcome, @Nullable RuntimeException refusal) {

        static Answer of(DeliveryOutcome outcome) {
            return new Answer(outcome, null);
        }

        static Answer refused(RuntimeException refusal) {
            return new Answer(null, refusal);
        }

        public DeliveryOutcome orThrow() {
            if (refusal != null) {
                throw refusal;
            }
            return Objects.requireNonNull(outcome);
        }
    }

    /**
     * Writes the message to the ledger, decided and rendered; it leaves later. In the caller's transaction, or one of its own. The same key
     * again gives the first outcome again.
     *
     * @throws Problem rejected for an unknown template or one that fails on this data, not found for the customer, conflict when the key was
     *                 used for another customer or template
     */
    public DeliveryOutcome accept(DeliveryRequest request) {
        return transaction.execute(status -> {
            // One at a time for a customer: two messages at once must count each other for the cap, and a job that comes twice must find itself.
            jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('delivery'), hashtext(?))").param(Long.toString(request.customerId())).query(row -> { });
            return acceptance.of(List.of(request)).getFirst().orThrow();
        });
    }

    /**
     * The same of many at once, in their order, for little more than one costs. One that is refused doesn't keep back the others.
     *
     * @return of each, in their order
     */
    public List<Answer> accept(List<DeliveryRequest> requests) {
        var answers = new TreeMap<Integer, Answer>();
        transaction.executeWithoutResult(status -> {
            // Nobody waits here: two who hold many customers could wait for each other.
            var free = new HashSet<>(jdbc.sql("SELECT id FROM unnest(?) AS id WHERE pg_try_advisory_xact_lock(hashtext('delivery'), hashtext(id::text))")
                    .param(requests.stream().map(DeliveryRequest::customerId).distinct().toArray(Long[]::new)).query(Long.class).list());
            var now = IntStream.range(0, requests.size()).filter(n -> free.contains(requests.get(n).customerId())).boxed().toList();
            var its = acceptance.of(now.stream().map(requests::get).toList()).iterator();
            now.forEach(n -> answers.put(n, its.next()));
        });
        for (int n = 0; n < requests.size(); n++) {
            answers.computeIfAbsent(n, late -> alone(requests.get(late)));
        }
        return List.copyOf(answers.values());
    }

    private Answer alone(DeliveryRequest request) {
        try {
            return Answer.of(accept(request));
        } catch (RuntimeException e) {
            return Answer.refused(e);
        }
    }

    /** What would happen to a message now; writes nothing. */
    Eligibility.Decision rehearse(String externalId, Channel channel, String type, String category, String origin) {
        var customer = customers.require(externalId);
        return eligibility.decide(new Asked(customer, channel, address(customer, channel), type, category, origin, Long.MAX_VALUE));
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
    public int cancelPending(Collection<String> originInstances, String reason) {
        String[] instances = originInstances.toArray(String[]::new);
        // One being sent can't be called back; but should it come back by itself, it isn't tried again.
        jdbc.sql("UPDATE message SET rule = 'cancelled', reason = ? WHERE origin_instance = ANY (?) AND status = 'sending'").param(reason).param(instances).update();
        return jdbc.sql("UPDATE message SET status = 'skipped', rule = 'cancelled', reason = ? WHERE origin_instance = ANY (?) AND status IN ('queued', 'deferred')")
                .param(reason).param(instances).update();
    }

    static @Nullable String address(Customer customer, Channel channel) {
        return switch (channel) {
            case EMAIL -> customer.email();
            case SMS -> customer.phone();
            case PUSH -> customer.pushToken();
        };
    }
}
