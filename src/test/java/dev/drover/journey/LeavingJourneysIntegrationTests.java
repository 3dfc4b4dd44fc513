package dev.drover.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.eventlog.Event;
import dev.drover.testing.IntegrationTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What ends a shipped journey wherever somebody stands: what it was for has happened, or they want no more mail. */
@IntegrationTest
class LeavingJourneysIntegrationTests extends JourneyWalk {

    @ParameterizedTest
    @CsvSource({
        "browse-abandonment, interested,        order.placed,           left_ordered",
        "browse-abandonment, interested,        cart.updated,           left_filled",
        "browse-abandonment, interested,        unsubscribes,           left_unsubscribed",
        "post-purchase,      delivered,         order.cancelled,        left_cancelled",
        "post-purchase,      delivered,         unsubscribes,           left_unsubscribed",
        "replenishment,      reaction,          order.placed,           left_ordered",
        "replenishment,      reaction,          unsubscribes,           left_unsubscribed",
        "birthday,           within_a_week,     unsubscribes,           left_unsubscribed",
        "vip,                morning,           segment.left,           left_vip_no_more",
        "vip,                morning,           unsubscribes,           left_unsubscribed",
        "subscription,       renews,            subscription.cancelled, left_cancelled",
        "sunset,             first_sign,        unsubscribes,           left_unsubscribed"})
    void ends(String journey, String standing, String event, String end) {
        var customer = begins(journey);
        awaitStanding(customer, standing);
        int before = all(customer, null).size();
        switch (event) {
            case "unsubscribes" -> unsubscribes(customer);
            case "order.placed" -> buys(customer, Duration.ZERO, Event.Origin.LIVE);
            case "segment.left" -> happens(customer, event, Map.of("segment", "vip"));
            case "cart.updated" -> happens(customer, event, Map.of("cartId", "cart-" + customer.externalId(), "currency", "EUR",
                    "items", List.of(Map.of("productId", "journey-butter", "quantity", 1, "unitPrice", 4.5))));
            default -> happens(customer, event);
        }
        awaitEnded(customer, journey, end);
        // What was written before may still be on its way.
        assertThat(all(customer, null)).hasSize(before);
    }

    /** Whoever takes no more texts still reads mails. */
    @ParameterizedTest
    @CsvSource({"sms", "push"})
    void anotherChannelsConsentEndsNothing(String channel) {
        var customer = begins("birthday");
        awaitStanding(customer, "within_a_week");
        happens(customer, "consent.withdrawn", Map.of("channel", channel));
        time.advance(Duration.ofDays(7));
        awaitSent(customer, "birthday-1", "birthday-2");
        awaitEnded(customer, "birthday", "reminded");
    }
}
