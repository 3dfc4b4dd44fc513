package dev.drover.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.audience.CustomerInput;
import dev.drover.audience.CustomerIntake;
import dev.drover.eventlog.Event;
import dev.drover.testing.IntegrationTest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Subscription renewal and failed payment as shipped, on each of its ways. It is about a contract, so it needs no consent. */
@IntegrationTest
class SubscriptionJourneyIntegrationTests extends JourneyWalk {

    private static final String ID = "subscription";
    private static final Map<String, Object> FAILED = Map.of("why", "payment_failed");

    @Test
    void tellsOfTheRenewalWithItsDay() {
        var customer = joins(Event.Origin.IMPORT);
        unsubscribes(customer);
        intake.take(new CustomerInput(customer.externalId(), null, null, null, null, null, null, null, null, Map.of("renewsOn", "2031-05-09"), null), Event.Origin.IMPORT);
        journeys.start(ID, customer.externalId(), Map.of("why", "renewal")).join();
        awaitSent(customer, "subscription-renews");
        assertThat(said(customer, "subscription-renews", "html")).contains("Friday 9 May").contains("This is about your subscription");
        awaitStanding(customer, "renews");
        happens(customer, "subscription.renewed");
        awaitEnded(customer, ID, "goes_on");
        assertThat(sent(customer)).containsExactly("subscription-renews");
    }

    @Test
    void endsWhereNothingIsHeardOfTheRenewal() {
        var customer = begins(ID);
        awaitStanding(customer, "renews");
        time.advance(Duration.ofDays(14));
        awaitEnded(customer, ID, "unheard");
    }

    @Test
    void aRenewalThatFailsIsAPaymentThatFailed() {
        var customer = begins(ID);
        awaitStanding(customer, "renews");
        happens(customer, "subscription.payment_failed");
        awaitStanding(customer, "within_three_days");
        happens(customer, "subscription.renewed");
        awaitSent(customer, "subscription-renews", "payment-failed-1", "payment-received");
        awaitEnded(customer, ID, "settled");
    }

    @Test
    void remindsOfAFailedPaymentByMailAndTextAndConfirmsWhenItComes() {
        var customer = remindedTwice();
        happens(customer, "subscription.renewed");
        awaitSent(customer, "payment-failed-1", "payment-failed-2", "payment-failed-sms", "payment-received");
        awaitEnded(customer, ID, "settled");
    }

    @Test
    void pausesWhatIsntPaid() {
        var customer = remindedTwice();
        time.advance(Duration.ofDays(7));
        awaitSent(customer, "payment-failed-1", "payment-failed-2", "payment-failed-sms", "payment-failed-3");
        awaitEnded(customer, ID, "unpaid");
    }

    private CustomerIntake.Taken remindedTwice() {
        var customer = begins(ID, FAILED);
        awaitStanding(customer, "within_three_days");
        time.advance(Duration.ofDays(3));
        awaitSent(customer, "payment-failed-1", "payment-failed-2", "payment-failed-sms");
        awaitStanding(customer, "within_a_week");
        return customer;
    }
}
