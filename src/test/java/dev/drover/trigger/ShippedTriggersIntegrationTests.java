package dev.drover.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.audience.CustomerInput;
import dev.drover.audience.CustomerIntake;
import dev.drover.audience.OrderInput;
import dev.drover.audience.OrderIntake;
import dev.drover.engine.EngineHistory;
import dev.drover.eventlog.Event;
import dev.drover.eventlog.EventLog;
import dev.drover.eventlog.NewEvent;
import dev.drover.kernel.DroverSettings;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.TimeMachine;
import dev.drover.segment.Segments;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The triggers that come along: each begins its journey on its own occasion. Switched off for tests but the one at hand. */
@IntegrationTest
class ShippedTriggersIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    Triggers triggers;
    @Autowired
    TriggerDefinitions definitions;
    @Autowired
    ShippedTriggers shipped;
    @Autowired
    CustomerIntake intake;
    @Autowired
    OrderIntake orders;
    @Autowired
    EventLog log;
    @Autowired
    EngineHistory history;
    @Autowired
    Segments segments;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    DroverSettings settings;
    @Autowired
    PlatformClock clock;
    @Autowired
    TimeMachine time;

    private final String id = "occasion-" + UUID.randomUUID();
    private String on = "";

    @AfterEach
    void switchOff() {
        if (!on.isEmpty()) {
            definitions.switchTo(on, false);
        }
    }

    @Test
    void eachFileIsATriggerThatBeginsAJourneyOfTheFolder() throws IOException {
        try (var files = Files.list(settings.workflows().resolve("triggers"))) {
            var keys = files.map(file -> file.getFileName().toString().replace(".json", "")).toList();
            assertThat(keys).hasSize(8).allSatisfy(key -> {
                var trigger = triggers.require(key);
                assertThat(trigger.definition().active()).isFalse();
                assertThat(trigger.definition().reentry()).isNotNull();
                assertThat(settings.workflows().resolve("journeys/" + trigger.definition().action().required("journey") + ".bpmn")).exists();
            });
        }
    }

    @Test
    void whoeverDeletesOneIsRidOfItAndWhatIsChangedStays() {
        var wanted = new TriggerInput("shipped-" + UUID.randomUUID(), "As it came", null, "event", "order.placed", null, null, null, null, null,
                Map.of("type", "start_journey", "journey", "birthday"), null, null, null, null, false);
        assertThat(shipped.ship(wanted, "test")).isTrue();
        assertThat(shipped.ship(wanted, "test")).isFalse();
        definitions.delete(wanted.key());
        assertThat(shipped.ship(wanted, "test")).isFalse();
        assertThat(triggers.find(wanted.key())).isEmpty();
    }

    @Test
    void lookingAtThingsAndLeavingBeginsBrowseAbandonment() {
        switchOn("browse-abandonment");
        long customer = customer(null, Map.of());
        happens(customer, "product.viewed", Map.of("productId", "journey-butter"));
        happens(customer, "product.viewed", Map.of("productId", "journey-cheese"));
        Api.await("both are counted", PATIENCE, () -> log.unreadBy("facts", List.of(id + ":1", id + ":2")).isEmpty());
        assertThat(segments.isMember("browsing", customer)).isFalse();
        time.advance(Duration.ofMinutes(62));
        awaitOn("browse-abandonment");
    }

    @Test
    void theirOwnRhythmBeginsReplenishment() {
        switchOn("replenishment");
        long customer = customer(null, Map.of());
        for (int days : new int[] {79, 59, 39, 19}) {
            buys(Duration.ofDays(days), "8.00", Event.Origin.IMPORT);
        }
        Api.await("the orders are summed up", PATIENCE, () -> jdbc.sql("SELECT count(*) FROM customer_summary WHERE customer_id = ? AND orders = 4").param(customer).query(Integer.class).single() == 1);
        assertThat(segments.isMember("due-again", customer)).isFalse();
        time.advance(Duration.ofDays(1).plusMinutes(1));
        awaitOn("replenishment");
        assertThat(segments.of(customer)).filteredOn(stay -> stay.key().equals("due-again")).singleElement()
                .satisfies(stay -> assertThat(stay.reason()).contains("rhythm of 4 orders"));
    }

    @Test
    void anOrderBeginsWhatFollowsItAndTheNextOneWithinTwoMonthsDoesNot() {
        switchOn("post-purchase");
        customer(null, Map.of());
        buys(Duration.ZERO, "20.00", Event.Origin.LIVE);
        awaitOn("post-purchase");
        time.advance(Duration.ofDays(30));
        buys(Duration.ZERO, "20.00", Event.Origin.LIVE);
        Api.await("the second one is refused", PATIENCE, () -> skipped("post-purchase") == 1);
        assertThat(instances("post-purchase")).isEqualTo(1);
    }

    @Test
    void theBirthdayBeginsItsJourney() {
        switchOn("birthday");
        customer(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(2).withYear(1984), Map.of());
        time.advance(Duration.ofDays(3));
        awaitOn("birthday");
    }

    @Test
    void spendingMuchBeginsVip() {
        switchOn("vip");
        customer(null, Map.of());
        for (int n = 0; n < 3; n++) {
            buys(Duration.ZERO, "200.00", Event.Origin.LIVE);
        }
        awaitOn("vip");
    }

    @Test
    void aWeekBeforeTheRenewalItIsToldUnlessItWasCancelled() {
        switchOn("subscription-renewal");
        String renewsOn = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(9).toString();
        customer(null, Map.of("renewsOn", renewsOn));
        time.advance(Duration.ofDays(3));
        awaitOn("subscription");
        awaitStep("notice");
        assertThat(history.stepsOf(id, 50)).extracting(EngineHistory.Step::elementId).doesNotContain("first_notice");
    }

    @Test
    void aFailedPaymentBeginsItsJourneyOnce() {
        switchOn("payment-failed");
        long customer = customer(null, Map.of());
        happens(customer, "subscription.payment_failed", Map.of());
        awaitOn("subscription");
        awaitStep("within_three_days");
        happens(customer, "subscription.payment_failed", Map.of());
        Api.await("the second one is refused", PATIENCE, () -> skipped("payment-failed") == 1);
        assertThat(instances("subscription")).isEqualTo(1);
    }

    @Test
    void halfAYearsSilenceBeginsSunset() {
        switchOn("sunset");
        customer(null, Map.of());
        buys(Duration.ofDays(179), "20.00", Event.Origin.IMPORT);
        time.advance(Duration.ofHours(12));
        assertThat(instances("sunset")).isZero();
        time.advance(Duration.ofHours(13));
        awaitOn("sunset");
    }

    private void switchOn(String key) {
        definitions.switchTo(key, true);
        on = key;
    }

    private long customer(LocalDate birthday, Map<String, Object> attributes) {
        return intake.take(new CustomerInput(id, id + "@example.org", null, null, "Bea", null, null, "UTC", birthday, attributes,
                new CustomerInput.Consent(true, null, null, "form", null)), Event.Origin.IMPORT).id();
    }

    private int told;

    private void happens(long customer, String event, Map<String, Object> properties) {
        log.append(NewEvent.live(id + ":" + ++told, event, customer, clock.instant(), properties));
    }

    private void buys(Duration ago, String price, Event.Origin origin) {
        orders.take(new OrderInput("order-" + UUID.randomUUID(), id, clock.instant().minus(ago), "EUR",
                List.of(new OrderInput.Line("journey-butter", BigDecimal.ONE, new BigDecimal(price), "Butter")), null, null), origin);
    }

    private void awaitOn(String journey) {
        Api.await("the journey " + journey + " begins", PATIENCE, () -> instances(journey) == 1);
    }

    private void awaitStep(String element) {
        Api.await("they come to " + element, PATIENCE, () -> history.stepsOf(id, 50).stream().anyMatch(step -> step.elementId().equals(element)));
    }

    private int skipped(String trigger) {
        return jdbc.sql("""
                SELECT count(*) FROM trigger_execution_log l JOIN marketing_trigger t ON t.id = l.trigger_id JOIN customer c ON c.id = l.customer_id
                 WHERE t.key = ? AND c.external_id = ? AND l.execution_status = 'skipped'""").param(trigger).param(id).query(Integer.class).single();
    }

    private long instances(String journey) {
        return history.instancesOf(id, 20).stream().filter(instance -> instance.processId().equals(journey)).count();
    }
}
