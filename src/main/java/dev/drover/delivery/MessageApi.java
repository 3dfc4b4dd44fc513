package dev.drover.delivery;

import dev.drover.audience.Customers;
import dev.drover.delivery.MessageLedger.Filter;
import dev.drover.kernel.Channel;
import dev.drover.kernel.Checks;
import dev.drover.kernel.Page;
import dev.drover.kernel.Problem;
import dev.drover.template.Templates;
import dev.drover.tracking.Engagements;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
class MessageApi {

    /** @param key the caller's: the same key again is the same message */
    record Send(@Nullable String customerId, @Nullable String channel, @Nullable String template, @Nullable Map<String, Object> data, @Nullable String key) {}

    record Rehearsal(@Nullable String customerId, @Nullable String channel, @Nullable String category, @Nullable String origin, @Nullable String type) {}

    record Decided(String decision, @Nullable String rule, @Nullable String reason, @Nullable Instant notBefore) {}

    private static final int MOST_DATA = 256 * 1_024;

    private final MessageLedger ledger;
    private final Deliveries deliveries;
    private final Customers customers;
    private final Templates templates;
    private final Engagements engagements;

    MessageApi(MessageLedger ledger, Deliveries deliveries, Customers customers, Templates templates, Engagements engagements) {
        this.ledger = ledger;
        this.deliveries = deliveries;
        this.customers = customers;
        this.templates = templates;
        this.engagements = engagements;
    }

    @GetMapping("/messages")
    Page<Map<String, Object>> list(@RequestParam @Nullable String customer, @RequestParam @Nullable String campaign, @RequestParam @Nullable String journey,
            @RequestParam @Nullable String channel, @RequestParam @Nullable String status, @RequestParam @Nullable Instant since, @RequestParam @Nullable String template,
            @RequestParam @Nullable String after, @RequestParam @Nullable Integer limit) {
        var checks = new Checks();
        if (channel != null && java.util.Arrays.stream(Channel.values()).noneMatch(one -> one.key().equals(channel))) {
            checks.fail("channel", "There is no such channel. Use email, sms or push.");
        }
        if (status != null && !Message.STATUSES.contains(status)) {
            checks.fail("status", "There is no such status. Use " + String.join(", ", Message.STATUSES) + ".");
        }
        checks.orThrow();
        var page = ledger.list(new Filter(customer, campaign, journey, channel, status, since, template), after, Page.limit(limit, 100));
        return new Page<>(page.items().stream().map(MessageApi::view).toList(), page.next());
    }

    @GetMapping("/messages/{id}")
    Map<String, Object> one(@PathVariable long id) {
        var view = view(ledger.require(id));
        ledger.content(id).ifPresent(kept -> {
            view.put("content", kept.content());
            view.put("data", kept.data());
        });
        view.put("steps", ledger.steps(id));
        view.put("engagements", engagements.ofMessage(id));
        return view;
    }

    @PostMapping("/messages")
    @ResponseStatus(HttpStatus.ACCEPTED)
    DeliveryOutcome send(@RequestBody Send send) {
        new Checks().required("customerId", send.customerId()).required("channel", send.channel()).required("template", send.template())
                .required("key", send.key()).atMost("key", send.key(), 200).atMost("customerId", send.customerId(), 200).atMost("template", send.template(), 200)
                .json("data", send.data(), MOST_DATA).orThrow();
        var channel = Channel.of(send.channel());
        var template = templates.find(send.template()).orElseThrow(() -> Problem.invalid("template", "There is no template '" + send.template() + "'."));
        if (template.type().equals("marketing")) {
            throw Problem.invalid("template", "'%s' is a marketing template: this call is for transactional messages; use a campaign or a journey."
                    .formatted(template.key()));
        }
        var customer = customers.byExternalId(send.customerId())
                .orElseThrow(() -> Problem.invalid("customerId", "There is no customer '" + send.customerId() + "'. Send the customer first."));
        return deliveries.accept(new DeliveryRequest("api:" + send.key(), customer.id(), channel, template.key(),
                Objects.requireNonNullElse(send.data(), Map.of()), null, null, new MessageOrigin("api", "messages", null, null)));
    }

    @PostMapping("/eligibility")
    Decided rehearse(@RequestBody Rehearsal asked) {
        new Checks().required("customerId", asked.customerId()).required("channel", asked.channel()).atMost("customerId", asked.customerId(), 200).orThrow();
        // A category of its own for what isn't advertising; everything else is judged as marketing, the stricter way.
        String type = Objects.requireNonNullElse(asked.type(), "transactional".equals(asked.category()) ? "transactional" : "marketing");
        var decision = deliveries.rehearse(asked.customerId(), Channel.of(asked.channel()), type, Objects.requireNonNullElse(asked.category(), "newsletter"),
                Objects.requireNonNullElse(asked.origin(), "api"));
        return new Decided(decision.word(), decision.rule(), decision.reason(), decision.until());
    }

    static Map<String, Object> view(Message message) {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", message.id());
        view.put("customerId", message.customer());
        view.put("channel", message.channel().key());
        view.put("address", message.address());
        view.put("origin", message.origin());
        view.put("template", message.template());
        view.put("category", message.category());
        view.put("status", message.status());
        view.put("rule", message.rule());
        view.put("reason", message.reason());
        view.put("notBefore", message.notBefore());
        view.put("queuedAt", message.queuedAt());
        view.put("sentAt", message.sentAt());
        view.put("deliveredAt", message.deliveredAt());
        view.put("attempts", message.attempts());
        view.put("provider", message.provider());
        view.put("providerMessageId", message.providerMessageId());
        return view;
    }
}
