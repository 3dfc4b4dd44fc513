package dev.drover.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.eventlog.Event;
import dev.drover.segment.Segments;
import dev.drover.testing.IntegrationTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Welcome and win-back as shipped, through their weeks in virtual days. Cart recovery is the main job's test. */
@IntegrationTest
class ShippedJourneysIntegrationTests extends JourneyWalk {

    @Autowired
    Segments segments;
    @Test
    void welcomesInThreeMailsOverAWeek() {
        var customer = joins(Event.Origin.LIVE);
        awaitSent(customer, "welcome-1");
        awaitStanding(customer, "wait_1");
        time.advance(Duration.ofDays(2));
        awaitSent(customer, "welcome-1", "welcome-2");
        awaitStanding(customer, "wait_2");
        time.advance(Duration.ofDays(5));
        awaitSent(customer, "welcome-1", "welcome-2", "welcome-3");
        awaitEnded(customer, "welcome", "welcomed");
    }

    @Test
    void thanksWhoHasBecomeLoyalMeanwhile() {
        var customer = joins(Event.Origin.LIVE);
        awaitStanding(customer, "wait_1");
        for (int n = 0; n < 5; n++) {
            buys(customer, Duration.ZERO, Event.Origin.LIVE);
        }
        await().atMost(PATIENCE).until(() -> segments.isMember("loyal", customer.id()));
        time.advance(Duration.ofDays(2));
        awaitSent(customer, "welcome-1", "welcome-2-loyal");
    }

    @Test
    void winsBackWithAnOfferAndStopsAtTheOrder() {
        var customer = joins(Event.Origin.IMPORT);
        buys(customer, Duration.ofDays(89), Event.Origin.IMPORT);
        await().atMost(PATIENCE).until(() -> segments.isMember("lapsing", customer.id()));
        time.advance(Duration.ofDays(3));
        awaitSent(customer, "win-back-1");
        awaitStanding(customer, "within_a_week");
        time.advance(Duration.ofDays(7));
        awaitSent(customer, "win-back-1", "win-back-2");
        awaitStanding(customer, "within_two_weeks");
        buys(customer, Duration.ZERO, Event.Origin.LIVE);
        awaitEnded(customer, "win-back", "won");
        assertThat(sent(customer)).hasSize(2);
    }

    @Test
    void winsBackWithTheFirstMailAlone() {
        var customer = joins(Event.Origin.IMPORT);
        buys(customer, Duration.ofDays(89), Event.Origin.IMPORT);
        await().atMost(PATIENCE).until(() -> segments.isMember("lapsing", customer.id()));
        time.advance(Duration.ofDays(3));
        awaitStanding(customer, "within_a_week");
        buys(customer, Duration.ZERO, Event.Origin.LIVE);
        awaitEnded(customer, "win-back", "won");
        assertThat(sent(customer)).containsExactly("win-back-1");
    }
}
