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
import dev.drover.engine.EngineHistory.Instance;
import dev.drover.eventlog.Event;
import dev.drover.eventlog.EventLog;
import dev.drover.eventlog.NewEvent;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.TimeMachine;
import dev.drover.testing.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What tests of journeys need to walk somebody through one, in virtual time: those that come along, and ones of a test's own. */
abstract class JourneyWalk {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    @LocalServerPort
    int port;
    @Autowired
    CustomerIntake intake;
    @Autowired
    OrderIntake orders;
    @Autowired
    EventLog log;
    @Autowired
    MessageLedger messages;
    @Autowired
    EngineHistory history;
    @Autowired
    Journeys journeys;
    @Autowired
    EventPublisher publisher;
    @Autowired
    PlatformClock clock;
    @Autowired
    TimeMachine time;

    /** Somebody who gave consent to mail and texts and has midday now, so that no quiet hours come in between. As history, nobody is welcomed. */
    CustomerIntake.Taken joins(Event.Origin origin) {
        int ahead = 12 - clock.instant().atZone(ZoneOffset.UTC).getHour();
        String zone = "Etc/GMT" + (ahead == 0 ? "" : ahead > 0 ? "-" + ahead : "+" + -ahead);
        String id = "guest-" + UUID.randomUUID();
        return intake.take(new CustomerInput(id, id + "@example.org", "+316" + (10_000_000 + ThreadLocalRandom.current().nextInt(89_999_999)), null, "Ada", null, null, zone, null, null,
                new CustomerInput.Consent(true, true, null, "form", null)), origin);
    }

    void unsubscribes(CustomerIntake.Taken customer) {
        intake.take(new CustomerInput(customer.externalId(), null, null, null, null, null, null, null, null, null,
                new CustomerInput.Consent(false, null, null, "preference page", null)), Event.Origin.LIVE);
    }

    void buys(CustomerIntake.Taken customer, Duration ago, Event.Origin origin) {
        orders.take(new OrderInput("order-" + UUID.randomUUID(), customer.externalId(), clock.instant().minus(ago), "EUR",
                List.of(new OrderInput.Line("journey-butter", BigDecimal.ONE, new BigDecimal("4.50"), "Butter")), null, null), origin);
    }

    void happens(CustomerIntake.Taken customer, String event, Map<String, Object> properties) {
        log.append(NewEvent.live(event + ":" + UUID.randomUUID(), event, customer.id(), clock.instant(), properties));
    }

    void happens(CustomerIntake.Taken customer, String event) {
        happens(customer, event, Map.of());
    }

    /** Somebody new who begins this journey. */
    CustomerIntake.Taken begins(String journey, Map<String, Object> variables) {
        var customer = joins(Event.Origin.IMPORT);
        journeys.start(journey, customer.externalId(), variables).join();
        return customer;
    }

    CustomerIntake.Taken begins(String journey) {
        return begins(journey, Map.of());
    }

    /** @param status {@code null}: whatever they are */
    List<Message> all(CustomerIntake.Taken customer, @Nullable String status) {
        return messages.list(new MessageLedger.Filter(customer.externalId(), null, null, null, status, null, null), null, 50).items().reversed();
    }

    List<String> sent(CustomerIntake.Taken customer) {
        return all(customer, "sent").stream().map(Message::template).toList();
    }

    /** What the newest message of this template says. @param part {@code html} or {@code text} */
    String said(CustomerIntake.Taken customer, String template, String part) {
        var message = all(customer, "sent").stream().filter(one -> one.template().equals(template)).toList().getLast();
        try {
            return new Api("http://127.0.0.1:" + port, "test-token").get("/api/v1/messages/" + message.id()).at("/content/" + part).asString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void awaitSent(CustomerIntake.Taken customer, String... templates) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sent(customer)).containsExactly(templates));
    }

    /** Where a timer runs. */
    void awaitStanding(CustomerIntake.Taken customer, String element) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(history.stepsOf(customer.externalId(), 100))
                .anySatisfy(step -> {
                    assertThat(step.elementId()).isEqualTo(element);
                    assertThat(step.leftAt()).isNull();
                    assertThat(step.dueAt()).isNotNull();
                }));
    }

    void awaitEnded(CustomerIntake.Taken customer, String journey, String end) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(history.stepsOf(customer.externalId(), 100)).extracting(EngineHistory.Step::elementId).contains(end);
            assertThat(history.instancesOf(customer.externalId(), 10)).filteredOn(instance -> instance.processId().equals(journey))
                    .singleElement().extracting(EngineHistory.Instance::state).isEqualTo(EngineHistory.State.COMPLETED);
        });
    }

    // Journeys of a test's own

    int deploy(TriedJourney journey) {
        var deployment = journeys.deploy(journey.xml());
        assertThat(deployment.problems()).noneMatch(BpmnProblem::isError);
        publisher.refresh();
        return deployment.version();
    }

    String customer() {
        String id = "walker-" + UUID.randomUUID();
        intake.take(new CustomerInput(id, null, null, null, "Wim", null, null, null, null, null, null), Event.Origin.IMPORT);
        return id;
    }

    /** A new customer to whom {@code JOURNEY.begun} happens, as a {@link TriedJourney} begins. */
    String enters(String journey) {
        String id = customer();
        happens(id, journey + ".begun");
        return id;
    }

    void happens(String customer, String event) {
        var taken = intake.take(new CustomerInput(customer, null, null, null, "Wim", null, null, null, null, null, null), Event.Origin.IMPORT);
        log.append(NewEvent.live("happens-" + UUID.randomUUID(), event, taken.id(), clock.instant(), Map.of("note", "x")));
    }

    /** Their instances of the journey, newest first. */
    List<Instance> of(String customer, String journey) {
        return history.instancesOf(customer, 20).stream().filter(instance -> instance.processId().equals(journey)).toList();
    }

    Instance awaitAt(String customer, String journey, int version, String element) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(of(customer, journey)).filteredOn(instance -> instance.version() == version && instance.state() == EngineHistory.State.ACTIVE)
                .singleElement().satisfies(instance -> assertThat(history.stepsOf(instance.key())).filteredOn(step -> step.leftAt() == null).extracting(EngineHistory.Step::elementId)
                        .containsExactly(element)));
        return of(customer, journey).stream().filter(instance -> instance.version() == version).findFirst().orElseThrow();
    }

    void awaitEnd(String customer, String journey, EngineHistory.State state) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(of(customer, journey)).isNotEmpty().first().extracting(Instance::state).isEqualTo(state));
    }
}
