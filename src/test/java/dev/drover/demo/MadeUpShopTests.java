package dev.drover.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.audience.OrderInput;
import dev.drover.demo.People.Person;
import java.time.Instant;
import java.time.Month;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MadeUpShopTests {

    private static final Instant NOW = Instant.parse("2026-03-02T10:15:00Z");

    private final Catalogue catalogue = new Catalogue();
    private final List<Person> people = people();
    private final List<OrderInput> orders = orders();

    @Test
    void isTheSameEveryTime() {
        assertThat(people()).isEqualTo(people);
        assertThat(orders()).isEqualTo(orders);
    }

    @Test
    void sellsSixtyThingsThatTheDoorTakes() {
        assertThat(catalogue.goods()).hasSize(60).allSatisfy(good -> assertThat(good.product().problems()).as(good.id()).isEmpty());
        assertThat(catalogue.categories()).hasSize(10);
    }

    @Test
    void nobodyCouldBeWrittenToForReal() {
        assertThat(people).hasSize(2_000).allSatisfy(person -> assertThat(person.email()).matches("[a-z.0-9]+@[a-z]+\\.example"));
        assertThat(people).extracting(Person::email).doesNotHaveDuplicates();
        assertThat(people).filteredOn(person -> person.phone() != null).isNotEmpty()
                .allSatisfy(person -> assertThat(person.phone()).matches("\\+(3363998\\d{4}|447700900\\d{3}|467017406\\d{2}|120255501\\d{2})"));
        assertThat(people).extracting(Person::zone).as("several clocks").hasSizeGreaterThan(5).contains(java.time.ZoneId.of("America/New_York"), java.time.ZoneId.of("Europe/London"));
    }

    @Test
    void ordersLieInThePastYear() {
        assertThat(orders).hasSizeBetween(5_000, 20_000).allSatisfy(order -> {
            assertThat(order.placedAt()).isBefore(NOW).isAfter(NOW.minusSeconds(380 * 86_400L));
            assertThat(order.problems(NOW)).isEmpty();
        });
        assertThat(orders).extracting(OrderInput::externalId).doesNotHaveDuplicates();
    }

    @Test
    void hasSeasons() {
        assertThat(lines("ice-", Month.JULY)).isGreaterThan(3 * lines("ice-", Month.JANUARY));
        assertThat(lines("box-", Month.DECEMBER)).isGreaterThan(3 * lines("box-", Month.JUNE));
    }

    @Test
    void someStayAndSomeStopComing() {
        var last = new java.util.HashMap<String, Instant>();
        orders.forEach(order -> last.merge(order.customerId(), order.placedAt(), (one, two) -> one.isAfter(two) ? one : two));
        long lapsed = last.values().stream().filter(at -> at.isBefore(NOW.minusSeconds(90 * 86_400L))).count();
        long lately = last.values().stream().filter(at -> at.isAfter(NOW.minusSeconds(30 * 86_400L))).count();
        assertThat(lapsed).isBetween(200L, 800L);
        assertThat(lately).isBetween(400L, 1_500L);
    }

    private long lines(String prefix, Month month) {
        return orders.stream().filter(order -> order.placedAt().atZone(ZoneOffset.UTC).getMonth() == month)
                .flatMap(order -> order.lines().stream()).filter(line -> line.productId().startsWith(prefix)).count();
    }

    private List<Person> people() {
        return People.of(2_000, catalogue.categories(), new SplittableRandom(1));
    }

    private List<OrderInput> orders() {
        var year = new YearOfOrders(catalogue, NOW, new SplittableRandom(2));
        return people.stream().flatMap(person -> year.of(person).stream()).toList();
    }
}
