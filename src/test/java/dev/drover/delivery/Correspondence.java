package dev.drover.delivery;

import dev.drover.audience.Customer;
import dev.drover.audience.Customers;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import dev.drover.template.Templates;
import dev.drover.template.Templates.Template;
import dev.drover.testing.Api;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What tests of delivery need: somebody to write to, something to write, and the ledger's word on it. */
@Component
class Correspondence {

    private final Customers customers;
    private final Templates templates;
    private final Deliveries deliveries;
    private final MessageLedger ledger;
    private final PlatformClock clock;

    Correspondence(Customers customers, Templates templates, Deliveries deliveries, MessageLedger ledger, PlatformClock clock) {
        this.customers = customers;
        this.templates = templates;
        this.deliveries = deliveries;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** @param hour that their clock shows now */
    Customer somebody(Api api, int hour, boolean consent) throws IOException, InterruptedException {
        int ahead = hour - clock.instant().atZone(ZoneOffset.UTC).getHour();
        ahead = ahead > 14 ? ahead - 24 : ahead < -12 ? ahead + 24 : ahead;
        String zone = "Etc/GMT" + (ahead == 0 ? "" : ahead > 0 ? "-" + ahead : "+" + -ahead);
        String id = "delivery-" + UUID.randomUUID();
        api.postJson("/api/v1/customers", """
                {"externalId": "%1$s", "email": "%1$s@example.org", "pushToken": "script-%1$s", "firstName": "Sam", "timeZone": "%2$s",
                 "consent": {"email": %3$s, "push": %3$s, "source": "test"}}""".formatted(id, zone, consent));
        return customers.require(id);
    }

    /** @return its key */
    String template(Channel channel, String type, String text) {
        String key = "delivery-" + UUID.randomUUID();
        templates.save(new Template(key, key, channel, type, type, channel == Channel.EMAIL ? "For {{customer.firstName}}" : null, null,
                channel == Channel.EMAIL ? "<p>" + text + "</p>" + (type.equals("marketing") ? "<p>{{sender.address}}</p>" : "") : null, channel == Channel.EMAIL ? null : text, true, false, 1));
        return key;
    }

    DeliveryRequest request(Customer customer, Channel channel, String template) {
        return request(customer, channel, template, UUID.randomUUID().toString(), null);
    }

    DeliveryRequest request(Customer customer, Channel channel, String template, String key, @Nullable String instance) {
        return new DeliveryRequest(key, customer.id(), channel, template, Map.of(), null, null,
                instance == null ? new MessageOrigin("api", "test", null, null) : new MessageOrigin("journey", "test", instance, "hello"));
    }

    DeliveryOutcome send(Customer customer, Channel channel, String type) {
        return deliveries.accept(request(customer, channel, template(channel, type, "Hello")));
    }

    Message await(long id, Predicate<Message> wanted) {
        return Awaitility.await("message " + id).atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50)).until(() -> ledger.require(id), wanted);
    }

    Message await(long id, String status) {
        return await(id, message -> message.status().equals(status));
    }
}
