package dev.drover.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.audience.CustomerInput;
import dev.drover.audience.CustomerIntake;
import dev.drover.audience.Customers;
import dev.drover.audience.OrderInput;
import dev.drover.audience.OrderIntake;
import dev.drover.audience.ProductInput;
import dev.drover.audience.Products;
import dev.drover.eventlog.Event;
import dev.drover.eventlog.EventLog;
import dev.drover.eventlog.NewEvent;
import dev.drover.kernel.PlatformClock;
import dev.drover.ruleset.Needs;
import dev.drover.ruleset.fact.Customer;
import dev.drover.testing.IntegrationTest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@IntegrationTest
class FactsIntegrationTests {

    private static final Needs ALL = new Needs(Set.of("orders.countWithin", "orders.countOf", "engagement.daysSinceSeen", "cart.total", "rfm.recency", "text", "email",
            "country", "daysToBirthday"), Set.of("product.viewed", "order.placed", "segment.entered"), Set.of(), false);

    @Autowired
    Facts facts;
    @Autowired
    AttributeTypes attributes;
    @Autowired
    CustomerIntake intake;
    @Autowired
    Customers customers;
    @Autowired
    OrderIntake orders;
    @Autowired
    Products products;
    @Autowired
    EventLog log;
    @Autowired
    PlatformClock clock;

    @Test
    void areSummedUpAsOrdersComeIn() {
        String gouda = product("cheese");
        String cream = product("cream");
        long customer = customer(Map.of());
        order(customer, 100, line(gouda, "2", "10.05"));
        order(customer, 10, line(gouda, "1", "10.05"), line(cream, "3", "1.10"));
        awaitFacts(customer, found -> {
            assertThat(found.getOrders().getCount()).isEqualTo(2);
            assertThat(found.getOrders().getRevenue()).isEqualTo(33.45);
            assertThat(found.getOrders().getAverage()).isEqualTo(16.73);
            assertThat(found.getOrders().getDaysSinceLast()).isBetween(10d, 10.1);
            assertThat(found.getOrders().getDaysSinceFirst()).isBetween(100d, 100.1);
            assertThat(found.getOrders().countWithin(30)).isEqualTo(1);
            assertThat(found.getOrders().revenueWithin(30)).isEqualTo(13.35);
            assertThat(found.getOrders().countOf("cheese")).isEqualTo(2);
            assertThat(found.getOrders().revenueOf("cheese")).isEqualTo(30.15);
            assertThat(found.getOrders().daysSinceLastOf("cream")).isBetween(10d, 10.1);
            assertThat(found.getOrders().daysSinceLastOf("butter")).isInfinite();
            assertThat(found.getEvents().count("order.placed")).isEqualTo(2);
            assertThat(found.getEngagement().getDaysSinceSeen()).isBetween(10d, 10.1);
        });
    }

    @Test
    void countEventsByDayEachOnce() {
        long customer = customer(Map.of());
        for (int day : List.of(0, 0, 3, 40)) {
            see(customer, day);
        }
        awaitFacts(customer, found -> {
            assertThat(found.getEvents().count("product.viewed")).isEqualTo(4);
            assertThat(found.getEvents().count("product.viewed", 1)).isEqualTo(2);
            assertThat(found.getEvents().count("product.viewed", 7)).isEqualTo(3);
            assertThat(found.getEvents().count("segment.entered")).as("what rules decided is no fact").isZero();
            assertThat(found.getEngagement().getDaysSinceSeen()).isLessThan(0.1);
        });
    }

    @Test
    void followAProductIntoAnotherCategory() {
        String product = product("chese");
        long customer = customer(Map.of());
        order(customer, 5, line(product, "1", "4"));
        awaitFacts(customer, found -> assertThat(found.getOrders().countOf("chese")).isEqualTo(1));
        products.takeAll(List.of(new ProductInput(product, "Gouda", "proper cheese", BigDecimal.TEN, null, null, null, null, null)));
        awaitFacts(customer, found -> {
            assertThat(found.getOrders().countOf("chese")).isZero();
            assertThat(found.getOrders().revenueOf("proper cheese")).isEqualTo(4);
        });
    }

    @Test
    void holdNoMoreThanIsNeeded() {
        long customer = customer(Map.of("tier", "gold"));
        order(customer, 1, line(product("milk"), "1", "1"));
        awaitFacts(customer, found -> assertThat(found.getOrders().countWithin(3)).isEqualTo(1));
        var few = facts.of(List.of(customer), new Needs(Set.of("orders.count"), Set.of(), Set.of(), false)).getFirst();
        assertThat(few.getOrders().getCount()).isEqualTo(1);
        assertThat(few.getOrders().countWithin(3)).isZero();
        assertThat(few.has("tier")).isFalse();
        assertThat(facts.of(Whom.range(customer, customer + 1), ALL, Map.of())).singleElement().satisfies(whole -> assertThat(whole.text("tier")).isEqualTo("gold"));
    }

    @Test
    void tellOfWhichTypeAttributesAre() {
        String name = "shoe-size-" + UUID.randomUUID();
        customer(Map.of(name, 42));
        customer(Map.of(name, "43"));
        customer(Map.of(name, 44));
        String since = "since-" + UUID.randomUUID();
        customer(Map.of(since, "2026-01-05"));
        assertThat(attributes.all()).anySatisfy(attribute -> {
            assertThat(attribute.name()).isEqualTo(name);
            assertThat(attribute.types()).containsExactly(Map.entry("number", 2L), Map.entry("text", 1L));
            assertThat(attribute.mixed()).isTrue();
        }).anySatisfy(attribute -> {
            assertThat(attribute.name()).isEqualTo(since);
            assertThat(attribute.types()).containsOnlyKeys("date");
            assertThat(attribute.mixed()).isFalse();
        });
    }

    private void awaitFacts(long customer, java.util.function.Consumer<Customer> expected) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(facts.of(List.of(customer), ALL)).singleElement().satisfies(expected));
    }

    private long customer(Map<String, Object> told) {
        return intake.take(new CustomerInput("facts-" + UUID.randomUUID(), null, null, null, null, null, null, null, null, told, null), Event.Origin.IMPORT).id();
    }

    private String product(String category) {
        String id = "facts-" + UUID.randomUUID();
        products.takeAll(List.of(new ProductInput(id, "Product", category, BigDecimal.TEN, null, null, null, null, null)));
        return id;
    }

    private static OrderInput.Line line(String product, String quantity, String price) {
        return new OrderInput.Line(product, new BigDecimal(quantity), new BigDecimal(price), null);
    }

    private void order(long customer, int daysAgo, OrderInput.Line... lines) {
        orders.take(new OrderInput("facts-" + UUID.randomUUID(), customers.byId(customer).orElseThrow().externalId(), clock.instant().minus(Duration.ofDays(daysAgo)), "EUR",
                List.of(lines), null, null), Event.Origin.IMPORT);
    }

    /** At midday, or now: whichever is earlier, so that the day is the one meant. */
    private void see(long customer, int daysAgo) {
        var now = clock.instant();
        var day = now.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(daysAgo));
        var at = daysAgo == 0 ? now : day.plus(Duration.ofHours(12));
        log.append(new NewEvent("facts-" + UUID.randomUUID(), "product.viewed", customer, null, at, Event.Origin.IMPORT, Map.of()));
    }
}
