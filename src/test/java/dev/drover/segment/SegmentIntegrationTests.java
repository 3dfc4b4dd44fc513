package dev.drover.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.audience.CustomerInput;
import dev.drover.audience.CustomerIntake;
import dev.drover.audience.Customers;
import dev.drover.audience.OrderInput;
import dev.drover.audience.OrderIntake;
import dev.drover.eventlog.Event;
import dev.drover.eventlog.EventLog;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.kernel.TimeMachine;
import dev.drover.testing.IntegrationTest;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
class SegmentIntegrationTests {

    private static final Duration SECONDS = Duration.ofSeconds(15);

    @Autowired
    CustomerIntake intake;

    @Autowired
    OrderIntake orders;

    @Autowired
    Customers customers;

    @Autowired
    Segments segments;

    @Autowired
    SegmentCatalogue catalogue;

    @Autowired
    SegmentSchedule schedule;

    @Autowired
    SegmentRebuild rebuild;

    @Autowired
    SegmentTimeline timeline;

    @Autowired
    EventLog log;

    @Autowired
    PlatformClock clock;

    @Autowired
    TimeMachine time;

    @Autowired
    JdbcClient jdbc;

    @Test
    void knowsTheSegmentsOfTheShippedRules() {
        assertThat(segments.all()).extracting(Segment::key).contains("new", "loyal", "vip", "lapsing", "lapsed", "high-value-cart");
        var lapsed = segments.require("lapsed");
        assertThat(lapsed.type()).isEqualTo("behavioral");
        assertThat(lapsed.ruleFile()).isEqualTo("segments/lapsed.drl");
        assertThat(lapsed.refreshedAt()).isNotNull();
    }

    @Test
    void forgetsMembershipsWithTheCustomer() {
        long customer = customer(Event.Origin.LIVE);
        catalogue.createStatic("gone-" + customer, "Gone", "");
        jdbc.sql("INSERT INTO segment_membership (segment_id, customer_id, entered_at, source, reason) SELECT id, ?, now(), 'manual', 'Added by hand' FROM customer_segment WHERE key = ?")
                .params(customer, "gone-" + customer).update();
        jdbc.sql("DELETE FROM customer WHERE id = ?").param(customer).update();
        assertThat(jdbc.sql("SELECT count(*) FROM segment_membership WHERE customer_id = ?").param(customer).query(Long.class).single()).isZero();
    }

    @Test
    void putsACustomerIntoASegmentWithinSecondsOfAnOrder() {
        long customer = customer(Event.Origin.LIVE);
        order(customer, Duration.ZERO, Event.Origin.LIVE);
        awaitKeys(customer, "new");
        assertThat(segments.of(customer)).singleElement().satisfies(stay -> {
            assertThat(stay.rule()).isNotBlank();
            assertThat(stay.reason()).isNotBlank();
        });
        assertThat(news(customer)).singleElement().satisfies(event -> {
            assertThat(event.name()).isEqualTo("segment.entered");
            assertThat(event.origin()).isEqualTo(Event.Origin.LIVE);
            assertThat(event.properties()).containsEntry("segment", "new").containsKeys("rule", "reason");
        });
    }

    @Test
    void startsNothingForImportedHistory() {
        long customer = customer(Event.Origin.IMPORT);
        order(customer, Duration.ofDays(200), Event.Origin.IMPORT);
        awaitKeys(customer, "lapsed");
        assertThat(news(customer)).extracting(Event::origin).containsOnly(Event.Origin.IMPORT);
    }

    @Test
    void movesCustomersOnAsTimePassesAndKeepsTheHistory() {
        long customer = customer(Event.Origin.LIVE);
        order(customer, Duration.ZERO, Event.Origin.LIVE);
        awaitKeys(customer, "new");
        time.advance(Duration.ofDays(50));
        awaitKeys(customer, "lapsing");
        time.advance(Duration.ofDays(41));
        awaitKeys(customer, "lapsed");
        order(customer, Duration.ZERO, Event.Origin.LIVE);
        awaitKeys(customer);

        assertThat(news(customer)).extracting(event -> event.name() + " " + event.properties().get("segment") + " " + event.origin()).containsExactlyInAnyOrder(
                "segment.entered new LIVE", "segment.left new LIVE", "segment.entered lapsing LIVE", "segment.left lapsing LIVE",
                "segment.entered lapsed LIVE", "segment.left lapsed LIVE");
        assertThat(jdbc.sql("SELECT s.key || ', ' || m.left_reason FROM segment_membership m JOIN customer_segment s ON s.id = m.segment_id WHERE customer_id = ? ORDER BY m.id")
                .param(customer).query(String.class).list()).satisfiesExactly(
                        reason -> assertThat(reason).startsWith("new, orders.daysSinceFirst <= 30 fails: 50"),
                        reason -> assertThat(reason).startsWith("lapsing, orders.daysSinceLast <= 90 fails: 91"),
                        reason -> assertThat(reason).startsWith("lapsed, orders.daysSinceLast > 90 fails: 0"));
        assertThat(jdbc.sql("SELECT bool_and(rule_version >= 1 AND left_rule_version >= rule_version) FROM segment_membership WHERE customer_id = ?").param(customer)
                .query(Boolean.class).single()).as("by which version").isTrue();
        assertThat(timeline.of(customers.byId(customer).orElseThrow(), Instant.parse("9999-01-01T00:00:00Z"), 100)).hasSize(6)
                .isSortedAccordingTo((one, two) -> two.at().compareTo(one.at()));
    }

    @Test
    void looksAtNobodyButWhomTimeMakesLapse() {
        long customer = customer(Event.Origin.LIVE);
        long other = customer(Event.Origin.LIVE);
        order(customer, Duration.ofDays(60), Event.Origin.LIVE);
        order(other, Duration.ofDays(20), Event.Origin.LIVE);
        awaitKeys(customer, "lapsing");
        awaitKeys(other, "new");
        Awaitility.await().atMost(SECONDS).until(() -> !schedule.busy());
        var before = rebuild.lastEnded();
        var looks = looksOf(customer, other);
        assertThat(looks.get(0)).isBetween(clock.instant().plus(Duration.ofDays(29)), clock.instant().plus(Duration.ofDays(31)));
        assertThat(looks.get(1)).isBetween(clock.instant().plus(Duration.ofDays(9)), clock.instant().plus(Duration.ofDays(11)));

        time.advance(Duration.ofDays(9));
        time.advance(Duration.ofMillis(1));
        assertThat(looksOf(customer, other)).isEqualTo(looks);
        time.advance(Duration.ofDays(21).plusMinutes(5));
        awaitKeys(customer, "lapsed");
        awaitKeys(other, "lapsing");
        assertThat(rebuild.lastEnded()).as("nobody else was looked at").isEqualTo(before);
    }

    private List<Instant> looksOf(long... customers) {
        return java.util.Arrays.stream(customers).mapToObj(customer -> jdbc.sql("SELECT at FROM customer_look WHERE customer_id = ?").param(customer)
                .query(Timestamp.class).single().toInstant()).toList();
    }

    @Test
    void changesNothingWhenCalculatedAgain() {
        long customer = customer(Event.Origin.LIVE);
        order(customer, Duration.ZERO, Event.Origin.LIVE);
        awaitKeys(customer, "new");
        var before = segments.of(customer);
        schedule.request("test");
        Awaitility.await().atMost(SECONDS).until(() -> !schedule.busy());
        assertThat(segments.of(customer)).isEqualTo(before);
        assertThat(news(customer)).hasSize(1);
        assertThat(rebuild.lastEnded().orElseThrow().customers()).isPositive();
    }

    @Test
    void keepsAStaticSegmentByHand() {
        String key = "fair-" + UUID.randomUUID();
        catalogue.createStatic(key, "Spring fair", "");
        long customer = customer(Event.Origin.LIVE);
        assertThat(segments.add(key, List.of(customer, customer), "api")).isOne();
        assertThat(segments.add(key, List.of(customer), "manual")).isZero();
        assertThat(segments.isMember(key, customer)).isTrue();
        assertThat(segments.members(key, null, 10).items()).singleElement().extracting(Segments.Member::reason).isEqualTo("Added by the API");

        segments.remove(key, customer, "automation");
        segments.remove(key, customer, "automation");
        assertThat(segments.isMember(key, customer)).isFalse();
        segments.add(key, customer, "automation");
        assertThat(segments.require(key).size()).isOne();
        assertThat(news(customer)).extracting(Event::name).containsExactlyInAnyOrder("segment.entered", "segment.left", "segment.entered");
        assertThatThrownBy(() -> catalogue.createStatic(key, "Again", "")).isInstanceOf(Problem.class).hasMessageContaining("already");
    }

    @Test
    void refusesToOverruleARuleByHand() {
        long customer = customer(Event.Origin.LIVE);
        assertThatThrownBy(() -> segments.add("vip", customer, "manual")).isInstanceOf(Problem.class).hasMessageContaining("decided by a rule");
        assertThatThrownBy(() -> segments.isMember("no-such", customer)).isInstanceOf(Problem.class).hasMessageContaining("no segment 'no-such'");
    }

    @Test
    void pagesThroughMembers() {
        String key = "pages-" + UUID.randomUUID();
        catalogue.createStatic(key, "Pages", "");
        var ids = List.of(customer(Event.Origin.LIVE), customer(Event.Origin.LIVE), customer(Event.Origin.LIVE));
        segments.add(key, ids, "api");
        var first = segments.members(key, null, 2);
        var second = segments.members(key, first.next(), 2);
        assertThat(first.items()).hasSize(2);
        assertThat(second.items()).hasSize(1);
        assertThat(second.next()).isNull();
    }

    private long customer(Event.Origin origin) {
        return intake.take(new CustomerInput("segment-" + UUID.randomUUID(), null, null, null, "Marie", null, null, null, null, null, null), origin).id();
    }

    private void order(long customer, Duration ago, Event.Origin origin) {
        var line = new OrderInput.Line("segment-cheese", BigDecimal.ONE, new BigDecimal("12.50"), "Cheese");
        orders.take(new OrderInput("segment-" + UUID.randomUUID(), customers.byId(customer).orElseThrow().externalId(), clock.instant().minus(ago), "EUR",
                List.of(line), null, null), origin);
    }

    private void awaitKeys(long customer, String... keys) {
        Awaitility.await().atMost(SECONDS).untilAsserted(() -> assertThat(segments.of(customer)).extracting(Segments.Stay::key).containsExactlyInAnyOrder(keys));
    }

    private List<Event> news(long customer) {
        return log.ofCustomer(customer, Instant.parse("9999-01-01T00:00:00Z"), 100).stream().filter(event -> event.name().startsWith("segment.")).toList();
    }
}
