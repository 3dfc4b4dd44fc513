package dev.drover.delivery;

import dev.drover.audience.Customers;
import dev.drover.delivery.RecipientFacts.Asked;
import dev.drover.kernel.Problem;
import dev.drover.template.Templates;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What would become of a message that somebody may ask for; nothing is written or sent. */
@Component
public class Rehearsals {

    /**
     * @param outcome   {@code queued}, {@code deferred} or {@code skipped}
     * @param notBefore of one that is deferred
     * @param content   as it would be rendered, also where it is held back
     */
    public record Rehearsal(String outcome, @Nullable String rule, @Nullable String reason, @Nullable Instant notBefore, MessageContent content) {}

    private final Customers customers;
    private final Templates templates;
    private final Composer composer;
    private final Eligibility eligibility;

    Rehearsals(Customers customers, Templates templates, Composer composer, Eligibility eligibility) {
        this.customers = customers;
        this.templates = templates;
        this.composer = composer;
        this.eligibility = eligibility;
    }

    /** @throws Problem not found for customer or template, rejected when the template fails on the data */
    public Rehearsal of(DeliveryRequest request) {
        var template = templates.require(request.template());
        var customer = customers.byId(request.customerId()).orElseThrow(() -> Problem.notFound("The customer of this message is gone."));
        var composed = composer.compose(template, customer, request.data(), request.subject());
        var decision = eligibility.decide(new Asked(customer, request.channel(), Deliveries.address(customer, request.channel()), template.type(),
                Objects.requireNonNullElse(request.category(), template.category()), request.origin().type(), request.origin().id(), Long.MAX_VALUE));
        String missing = PostalAddress.missing(template, composed);
        if (!decision.word().equals("skip") && missing != null) {
            return new Rehearsal("skipped", PostalAddress.RULE, missing, null, composed.content());
        }
        String outcome = switch (decision.word()) {
            case "skip" -> "skipped";
            case "defer" -> "deferred";
            default -> "queued";
        };
        return new Rehearsal(outcome, decision.rule(), decision.reason(), decision.until(), composed.content());
    }
}
