package dev.drover.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.testing.IntegrationTest;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What whoever reads the log may count on. Each test has consumers of its own that look at events of its own. */
@IntegrationTest
class EventLogIntegrationTests {

    @Autowired
    EventLog eventLog;

    @Autowired
    EventCursors cursors;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    DataSource database;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformClock clock;

    private final String test = UUID.randomUUID().toString();
    private final long customer = ThreadLocalRandom.current().nextLong(1L << 40, 1L << 50);
    private final List<EventConsumers> instances = new ArrayList<>();

    @AfterEach
    void stop() {
        instances.forEach(EventConsumers::stop);
    }

    @Test
    void absorbsARepeatedEvent() {
        assertThat(eventLog.append(event("once", customer))).isTrue();
        assertThat(eventLog.append(event("once", customer))).isFalse();
        assertThat(eventLog.append(List.of(event("once", customer), event("twice", customer), event("twice", customer)))).containsExactly(test + ":twice");
        assertThat(eventLog.byId(test + ":once")).get().extracting(Event::customerId).isEqualTo(customer);
    }

    @Test
    void tellsACustomersEventsInTheirOrder() {
        var told = new ConcurrentLinkedQueue<String>();
        start(consumer("order", events -> events.forEach(event -> told.add(event.id()))));
        var appended = IntStream.range(0, 1_200).mapToObj(n -> event("n" + n, customer)).toList();
        appended.subList(0, 1_000).forEach(eventLog::append);
        eventLog.append(appended.subList(1_000, 1_200));
        await(() -> assertThat(told).containsExactlyElementsOf(appended.stream().map(NewEvent::id).toList()));
    }

    @Test
    void neverPassesAGapThatAStalledWriterMayStillFill() throws Exception {
        var told = new ConcurrentLinkedQueue<String>();
        start(consumer("stalled", events -> events.forEach(event -> told.add(event.id()))));
        try (var stalled = database.getConnection()) {
            stalled.setAutoCommit(false);
            insert(stalled, "slow");
            eventLog.append(event("quick", customer));
            Awaitility.await().during(Duration.ofMillis(1_500)).atMost(Duration.ofSeconds(4)).until(told::isEmpty);
            stalled.commit();
        }
        await(() -> assertThat(told).containsExactly(test + ":slow", test + ":quick"));
    }

    @Test
    void forgetsNothingOfAWriterThatGaveUp() throws Exception {
        var told = new ConcurrentLinkedQueue<String>();
        start(consumer("gave-up", events -> events.forEach(event -> told.add(event.id()))));
        try (var stalled = database.getConnection()) {
            stalled.setAutoCommit(false);
            insert(stalled, "never");
            eventLog.append(event("after", customer));
            stalled.rollback();
        }
        await(() -> assertThat(told).containsExactly(test + ":after"));
    }

    @Test
    void movesTheCursorInTheTransactionOfTheEffect() {
        var failOnce = new AtomicBoolean(true);
        start(consumer("effect", events -> events.forEach(event -> {
            jdbc.sql("INSERT INTO event_setback (consumer, position, event_id, reason) VALUES (?, ?, ?, 'effect')")
                    .params("effect-" + test, event.position(), event.id()).update();
            if (event.id().endsWith(":second") && failOnce.getAndSet(false)) {
                throw new IllegalStateException("just once");
            }
        })));
        eventLog.append(List.of(event("first", customer), event("second", customer), event("third", customer)));
        // The primary key would refuse a second effect, and then the events would land among the setbacks of the consumer itself.
        await(() -> assertThat(effects("effect-" + test)).containsExactly(test + ":first", test + ":second", test + ":third"));
        assertThat(effects("test-effect-" + test)).isEmpty();
    }

    @Test
    void setsAPoisonousEventAsideAndGoesOn() {
        var told = new ConcurrentLinkedQueue<String>();
        var tries = new AtomicInteger();
        start(consumer("poison", events -> {
            if (events.stream().anyMatch(event -> event.id().endsWith(":n40"))) {
                tries.incrementAndGet();
                throw new IllegalArgumentException("can't digest this");
            }
            events.forEach(event -> told.add(event.id()));
        }));
        eventLog.append(IntStream.range(0, 60).mapToObj(n -> event("n" + n, customer)).toList());
        await(() -> assertThat(told).hasSize(59).endsWith(test + ":n59").doesNotHaveDuplicates());
        assertThat(tries).as("with the batch, then alone").hasValue(6);
        assertThat(jdbc.sql("SELECT event_id || ' ' || reason FROM event_setback WHERE consumer = ?").param("test-poison-" + test).query(String.class).list())
                .singleElement().asString().startsWith(test + ":n40").contains("can't digest this");
    }

    @Test
    void losesNothingWhileSomethingItNeedsIsAway() {
        var told = new ConcurrentLinkedQueue<String>();
        var away = new AtomicBoolean(true);
        var tries = new AtomicInteger();
        start(consumer("away", events -> {
            tries.incrementAndGet();
            if (away.get()) {
                throw Problem.unavailable("The engine is away.");
            }
            events.forEach(event -> told.add(event.id()));
        }));
        eventLog.append(List.of(event("first", customer), event("second", customer)));
        await(() -> assertThat(tries).hasValueGreaterThan(7));
        away.set(false);
        await(() -> assertThat(told).containsExactly(test + ":first", test + ":second"));
        assertThat(effects("test-away-" + test)).isEmpty();
    }

    @Test
    void sharesThePartitionsAmongInstances() {
        var by = new ConcurrentHashMap<String, List<String>>();
        for (String instance : List.of("one", "two")) {
            start(consumer("shared", events -> {
                by.computeIfAbsent(instance, name -> Collections.synchronizedList(new ArrayList<>())).addAll(events.stream().map(Event::id).toList());
                hold(20);
            }));
        }
        var expected = IntStream.range(0, 400).mapToObj(n -> event("n" + n, customer + n)).toList();
        expected.forEach(eventLog::append);
        await(() -> assertThat(by.values().stream().flatMap(List::stream).toList()).hasSize(400));
        assertThat(by.values().stream().flatMap(List::stream)).doesNotHaveDuplicates();
        assertThat(by).as("both had their share").hasSize(2);
    }

    @Test
    void leavesOutWhatIsNotWantedAndHistory() {
        var told = new ConcurrentLinkedQueue<String>();
        start(new EventConsumer() {
            @Override
            public String name() {
                return "test-picky-" + test;
            }

            @Override
            public java.util.Set<String> wanted() {
                return java.util.Set.of(test);
            }

            @Override
            public boolean wantsHistory() {
                return false;
            }

            @Override
            public void consume(List<Event> events) {
                events.forEach(event -> told.add(event.id()));
            }
        });
        eventLog.append(List.of(
                new NewEvent(test + ":past", test, customer, null, clock.instant(), Event.Origin.IMPORT, Map.of()),
                new NewEvent(test + ":other", "other.name", customer, null, clock.instant(), Event.Origin.LIVE, Map.of()),
                event("wanted", customer)));
        await(() -> assertThat(told).containsExactly(test + ":wanted"));
        await(() -> assertThat(cursors.lag("test-picky-" + test)).isZero());
    }

    private NewEvent event(String id, long customer) {
        return NewEvent.live(test + ":" + id, test, customer, clock.instant(), Map.of("n", 1));
    }

    private EventConsumer consumer(String name, Consumer<List<Event>> effect) {
        return new EventConsumer() {
            @Override
            public String name() {
                return "test-" + name + "-" + test;
            }

            @Override
            public java.util.Set<String> wanted() {
                return java.util.Set.of(test);
            }

            @Override
            public void consume(List<Event> events) {
                effect.accept(events);
            }
        };
    }

    private void start(EventConsumer consumer) {
        var beans = new StaticListableBeanFactory(Map.of("consumer", consumer));
        var instance = new EventConsumers(beans.getBeanProvider(EventConsumer.class), cursors, transaction, true);
        instances.add(instance);
        instance.start();
    }

    /** What a writer does that then stalls before its commit; the partition is the customer's. */
    private void insert(Connection connection, String id) throws Exception {
        try (var statement = connection.prepareStatement("""
                INSERT INTO event_log (event_id, name, customer_id, occurred_at, recorded_at, origin, properties, partition)
                VALUES (?, ?, ?, now(), now(), 'live', '{}', (hashtext(?::bigint::text) & 2147483647) % 8)""")) {
            statement.setString(1, test + ":" + id);
            statement.setString(2, test);
            statement.setLong(3, customer);
            statement.setLong(4, customer);
            statement.executeUpdate();
        }
    }

    private List<String> effects(String consumer) {
        return jdbc.sql("SELECT event_id FROM event_setback WHERE consumer = ? ORDER BY position").param(consumer).query(String.class).list();
    }

    /** Slow work, so that one instance can't do all of it before the other looks. */
    private static void hold(long millis) {
        long until = System.nanoTime() + millis * 1_000_000;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    private static void await(org.awaitility.core.ThrowingRunnable holds) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50)).untilAsserted(holds);
    }
}
