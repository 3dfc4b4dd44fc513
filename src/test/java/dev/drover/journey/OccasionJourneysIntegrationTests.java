package dev.drover.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.audience.CustomerInput;
import dev.drover.audience.CustomerIntake;
import dev.drover.engine.EngineHistory;
import dev.drover.eventlog.Event;
import dev.drover.segment.Segments;
import dev.drover.testing.IntegrationTest;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Birthday, VIP entry and sunset as shipped, on each of their ways. */
@IntegrationTest
class OccasionJourneysIntegrationTests extends JourneyWalk {

    @Autowired
    Segments segments;

    @Test
    void congratulatesWithACodeAndRemindsNobodyWhoOrders() {
        var customer = begins("birthday");
        awaitSent(customer, "birthday-1");
        assertThat(said(customer, "birthday-1", "text")).containsPattern("BDAY-?[A-Z0-9]{6,}");
        awaitStanding(customer, "within_a_week");
        buys(customer, Duration.ZERO, Event.Origin.LIVE);
        awaitEnded(customer, "birthday", "celebrated");
        assertThat(sent(customer)).containsExactly("birthday-1");
    }

    @Test
    void remindsOfThePresentThatWasntUsed() {
        var customer = begins("birthday");
        awaitStanding(customer, "within_a_week");
        time.advance(Duration.ofDays(7));
        awaitSent(customer, "birthday-1", "birthday-2");
        awaitEnded(customer, "birthday", "reminded");
        String code = said(customer, "birthday-1", "text").replaceAll("(?s).*(BDAY-?[A-Z0-9]{6,}).*", "$1");
        assertThat(said(customer, "birthday-2", "text")).as("the same one").contains(code);
    }

    @Test
    void invitesTheVipWhoClicks() {
        var customer = noticedVip();
        happens(customer, "email.clicked");
        awaitSent(customer, "vip-1", "vip-2-tasting");
        awaitEnded(customer, "vip", "invited");
    }

    @Test
    void givesTheVipWhoSaysNothingAPresent() {
        var customer = noticedVip();
        time.advance(Duration.ofDays(5));
        awaitSent(customer, "vip-1", "vip-2-present");
        awaitEnded(customer, "vip", "given");
    }

    private CustomerIntake.Taken noticedVip() {
        var customer = begins("vip");
        awaitStanding(customer, "morning");
        assertThat(sent(customer)).as("not before the working day").isEmpty();
        time.advance(Duration.ofDays(4));
        awaitSent(customer, "vip-1");
        awaitStanding(customer, "curious");
        return customer;
    }

    @ParameterizedTest
    @ValueSource(strings = {"email.clicked", "order.placed"})
    void goesOnWritingToWhoGivesASignOfLife(String sign) {
        var early = begins("sunset");
        awaitStanding(early, "first_sign");
        gives(early, sign);
        awaitEnded(early, "sunset", "stays");
        assertThat(sent(early)).containsExactly("sunset-1");

        var late = begins("sunset");
        awaitStanding(late, "first_sign");
        time.advance(Duration.ofDays(14));
        awaitStanding(late, "last_sign");
        gives(late, sign);
        awaitEnded(late, "sunset", "stays");
        assertThat(sent(late)).containsExactly("sunset-1", "sunset-2");
        assertThat(segments.isMember("sunset", late.id())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"email.clicked", "order.placed", "consent.granted"})
    void stopsWritingUntilTheyComeBack(String sign) {
        var customer = letGo();
        journeys.start("birthday", customer.externalId(), Map.of()).join();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(all(customer, "skipped")).singleElement().satisfies(message -> {
            assertThat(message.template()).isEqualTo("birthday-1");
            assertThat(message.rule()).isEqualTo("sunset");
            assertThat(message.reason()).contains("hasn't reacted");
        }));
        journeys.start("subscription", customer.externalId(), Map.of("why", "payment_failed")).join();
        awaitSent(customer, "sunset-1", "sunset-2", "payment-failed-1");
        gives(customer, sign);
        awaitEnded(customer, "sunset", "back");
        assertThat(segments.isMember("sunset", customer.id())).isFalse();
    }

    @Test
    void whoUnsubscribesWhileLetGoIsAskedByTheirChoiceAlone() {
        var customer = letGo();
        unsubscribes(customer);
        awaitEnded(customer, "sunset", "left_unsubscribed");
        assertThat(segments.isMember("sunset", customer.id())).isFalse();
    }

    @Test
    void asksNobodyWhoGetsNoMailAnyway() {
        var customer = intake.take(new CustomerInput("silent-" + UUID.randomUUID(), "silent@example.org", null, null, null, null, null, "UTC", null, null, null), Event.Origin.IMPORT);
        journeys.start("sunset", customer.externalId(), Map.of()).join();
        awaitEnded(customer, "sunset", "not_written");
        assertThat(sent(customer)).isEmpty();
        assertThat(segments.isMember("sunset", customer.id())).isFalse();
    }

    private CustomerIntake.Taken letGo() {
        var customer = begins("sunset");
        awaitStanding(customer, "first_sign");
        time.advance(Duration.ofDays(14));
        awaitStanding(customer, "last_sign");
        time.advance(Duration.ofDays(7));
        await().atMost(PATIENCE).until(() -> segments.isMember("sunset", customer.id()));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(history.stepsOf(customer.externalId(), 100)).filteredOn(step -> step.leftAt() == null)
                .extracting(EngineHistory.Step::elementId).contains("comes_back"));
        return customer;
    }

    private void gives(CustomerIntake.Taken customer, String sign) {
        if (sign.equals("order.placed")) {
            buys(customer, Duration.ZERO, Event.Origin.LIVE);
        } else {
            happens(customer, sign, Map.of("channel", "email"));
        }
    }
}
