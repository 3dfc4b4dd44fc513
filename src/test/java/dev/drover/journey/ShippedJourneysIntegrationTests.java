package dev.drover.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.audience.CustomerInput;
import dev.drover.audience.CustomerIntake;
import dev.drover.audience.OrderInput;
import dev.drover.audience.OrderIntake;
import dev.drover.delivery.Message;
import dev.drover.delivery.MessageLedger;
import dev.drover.engine.EngineHistory;
import dev.drover.eventlog.Event;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.TimeMachine;
import dev.drover.segment.Segments;
import dev.drover.testing.IntegrationTest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Welcome and win-back as shipped, through their weeks in virtual days. Cart recovery is the main job's test. */
@IntegrationTest
class ShippedJourneysIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Autowired
    CustomerIntake intake;
    @Autowired
    OrderIntake orders;
    @Autowired
    MessageLedger messages;
    @Autowired
    EngineHistory history;
    @Autowired
    Segments segments;
    @Autowired
    PlatformClock clock;
    @Autowired
    TimeMachine time;

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

    /** Somebody who gave consent and has midday now, so that no quiet hours come in between. */
    private CustomerIntake.Taken joins(Event.Origin origin) {
        int ahead = 12 - clock.instant().atZone(ZoneOffset.UTC).getHour();
        String zone = "Etc/GMT" + (ahead == 0 ? "" : ahead > 0 ? "-" + ahead : "+" + -ahead);
        String id = "guest-" + UUID.randomUUID();
        return intake.take(new CustomerInput(id, id + "@example.org", null, null, "Ada", null, null, zone, null, null,
                new CustomerInput.Consent(true, null, null, "form", null)), origin);
    }

    private void buys(CustomerIntake.Taken customer, Duration ago, Event.Origin origin) {
        orders.take(new OrderInput("order-" + UUID.randomUUID(), customer.externalId(), clock.instant().minus(ago), "EUR",
                List.of(new OrderInput.Line("journey-butter", BigDecimal.ONE, new BigDecimal("4.50"), "Butter")), null, null), origin);
    }

    private List<String> sent(CustomerIntake.Taken customer) {
        return messages.list(new MessageLedger.Filter(customer.externalId(), null, null, null, "sent", null, null), null, 50).items().reversed().stream()
                .map(Message::template).toList();
    }

    private void awaitSent(CustomerIntake.Taken customer, String... templates) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sent(customer)).containsExactly(templates));
    }

    private void awaitStanding(CustomerIntake.Taken customer, String element) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(history.stepsOf(customer.externalId(), 100))
                .anySatisfy(step -> {
                    assertThat(step.elementId()).isEqualTo(element);
                    assertThat(step.leftAt()).isNull();
                    assertThat(step.dueAt()).isNotNull();
                }));
    }

    private void awaitEnded(CustomerIntake.Taken customer, String journey, String end) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(history.stepsOf(customer.externalId(), 100)).extracting(EngineHistory.Step::elementId).contains(end);
            assertThat(history.instancesOf(customer.externalId(), 10)).filteredOn(instance -> instance.processId().equals(journey))
                    .singleElement().extracting(EngineHistory.Instance::state).isEqualTo(EngineHistory.State.COMPLETED);
        });
    }
}
