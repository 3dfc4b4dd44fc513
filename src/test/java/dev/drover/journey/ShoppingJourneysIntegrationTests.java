package dev.drover.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.audience.ProductInput;
import dev.drover.audience.Products;
import dev.drover.eventlog.Event;
import dev.drover.testing.IntegrationTest;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Browse abandonment, what follows an order, and replenishment as shipped, on each of their ways. */
@IntegrationTest
class ShoppingJourneysIntegrationTests extends JourneyWalk {

    @Autowired
    Products products;

    @Test
    void showsWhatTheyLookedAtAndLeavesThemInPeace() {
        var customer = joins(Event.Origin.IMPORT);
        String product = "looked-" + UUID.randomUUID();
        products.takeAll(List.of(new ProductInput(product, "Nettle Gouda " + product, "Cheese", new BigDecimal("12.50"), "EUR", null, null, true, Map.of())));
        happens(customer, "product.viewed", Map.of("productId", product));
        journeys.start("browse-abandonment", customer.externalId(), Map.of()).join();
        awaitSent(customer, "browse-1");
        assertThat(said(customer, "browse-1", "html")).contains("Nettle Gouda " + product);
        awaitStanding(customer, "interested");
        time.advance(Duration.ofDays(2));
        awaitEnded(customer, "browse-abandonment", "in_peace");
        assertThat(sent(customer)).containsExactly("browse-1");
    }

    @Test
    void answersTheDoubtsOfWhoComesBackAndHesitates() {
        var customer = begins("browse-abandonment");
        awaitStanding(customer, "interested");
        happens(customer, "email.clicked");
        awaitStanding(customer, "thinks");
        time.advance(Duration.ofDays(1));
        awaitSent(customer, "browse-1", "browse-2");
        awaitEnded(customer, "browse-abandonment", "answered");
    }

    @Test
    void thanksForAReviewAndAsksNoMore() {
        var customer = begins("post-purchase", Map.of("event", Map.of("orderId", "O-77")));
        awaitStanding(customer, "delivered");
        time.advance(Duration.ofDays(3));
        awaitSent(customer, "post-purchase-1");
        assertThat(said(customer, "post-purchase-1", "html")).contains("O-77");
        awaitStanding(customer, "tasted");
        time.advance(Duration.ofDays(5));
        awaitStanding(customer, "within_a_week");
        happens(customer, "review.submitted", Map.of("rating", 5));
        awaitSent(customer, "post-purchase-1", "review-1", "review-thanks");
        awaitEnded(customer, "post-purchase", "thanked");
    }

    @Test
    void asksForAReviewOnceMoreAndThanksThen() {
        var customer = askedTwiceForAReview();
        happens(customer, "review.submitted", Map.of("rating", 4));
        awaitSent(customer, "post-purchase-1", "review-1", "review-2", "review-thanks");
        awaitEnded(customer, "post-purchase", "thanked");
    }

    @Test
    void letsWhoWantsToWriteNoReviewGo() {
        var customer = askedTwiceForAReview();
        time.advance(Duration.ofDays(7));
        awaitEnded(customer, "post-purchase", "unreviewed");
        assertThat(sent(customer)).containsExactly("post-purchase-1", "review-1", "review-2");
    }

    private dev.drover.audience.CustomerIntake.Taken askedTwiceForAReview() {
        var customer = begins("post-purchase", Map.of("event", Map.of("orderId", "O-78")));
        awaitStanding(customer, "delivered");
        time.advance(Duration.ofDays(3));
        awaitStanding(customer, "tasted");
        time.advance(Duration.ofDays(5));
        awaitStanding(customer, "within_a_week");
        time.advance(Duration.ofDays(7));
        awaitStanding(customer, "within_another");
        return customer;
    }

    @Test
    void showsTheLastOrderToWhoIsDueAndGivesTimeToWhoClicks() {
        var customer = joins(Event.Origin.IMPORT);
        buys(customer, Duration.ofDays(20), Event.Origin.IMPORT);
        journeys.start("replenishment", customer.externalId(), Map.of()).join();
        awaitSent(customer, "replenishment-1");
        assertThat(said(customer, "replenishment-1", "html")).contains("Butter").contains("1 &times;");
        awaitStanding(customer, "reaction");
        happens(customer, "email.clicked");
        awaitStanding(customer, "time_to_order");
        time.advance(Duration.ofDays(3));
        awaitEnded(customer, "replenishment", "only_looked");
        assertThat(sent(customer)).containsExactly("replenishment-1");
    }

    @Test
    void asksWhoIsDueOnceMoreByText() {
        var customer = begins("replenishment");
        awaitStanding(customer, "reaction");
        time.advance(Duration.ofDays(3));
        awaitSent(customer, "replenishment-1", "replenishment-sms");
        awaitStanding(customer, "four_days");
        time.advance(Duration.ofDays(4));
        awaitEnded(customer, "replenishment", "not_now");
    }

    @Test
    void takesBackATextThatWaitsWhenTheOrderComes() {
        var customer = begins("replenishment");
        awaitStanding(customer, "reaction");
        // Until their night: the text waits for the morning.
        time.advance(Duration.ofDays(3).plusHours(10));
        awaitStanding(customer, "four_days");
        assertThat(all(customer, "deferred")).singleElement().satisfies(message -> assertThat(message.template()).isEqualTo("replenishment-sms"));
        buys(customer, Duration.ZERO, Event.Origin.LIVE);
        awaitEnded(customer, "replenishment", "left_ordered");
        assertThat(all(customer, "deferred")).isEmpty();
        assertThat(sent(customer)).containsExactly("replenishment-1");
    }
}
