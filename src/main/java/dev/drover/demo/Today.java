package dev.drover.demo;

import dev.drover.audience.EventInput;
import dev.drover.audience.OrderInput;
import dev.drover.demo.People.Habit;
import dev.drover.demo.People.Person;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What happens in the demo's shop while one begins to look: orders, people who only look, subscriptions. It is live, so that journeys have somebody on them. */
final class Today {

    private static final int ORDERS = 12;
    private static final int LOOKERS = 6;
    private static final int FAILURES = 3;
    private static final int SUBSCRIBED_OF = 8;
    private static final int CYCLE = 28;

    private final Catalogue catalogue;
    private final List<Person> people;
    private final Instant now;
    private final SplittableRandom random;

    Today(Catalogue catalogue, List<Person> people, Instant now, SplittableRandom random) {
        this.catalogue = catalogue;
        this.people = people;
        this.now = now;
        this.random = random;
    }

    /** When somebody's subscription renews, on one of the next days; empty for who has none. */
    static Map<String, Object> subscription(Person person, Instant now) {
        return isSubscribed(person) ? Map.of("renewsOn", LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(5 + number(person) / SUBSCRIBED_OF % CYCLE).toString()) : Map.of();
    }

    /** Of the last hours. */
    List<OrderInput> orders() {
        var buyers = people.stream().filter(person -> person.habit() == Habit.LOYAL || person.habit() == Habit.REGULAR).toList();
        return IntStream.range(0, ORDERS).mapToObj(n -> {
            var person = buyers.get(n * buyers.size() / ORDERS);
            var good = catalogue.pick(random, now.atZone(person.zone()).getMonthValue(), person.favourite());
            return new OrderInput("O-today-" + (n + 1), person.id(), ago(10, 180), "EUR", List.of(new OrderInput.Line(good.id(), BigDecimal.valueOf(1 + random.nextInt(3)), good.price(), null)),
                    null, null);
        }).toList();
    }

    /** People who look at a few things, which they will have left in an hour; payments that were refused. */
    List<EventInput> events() {
        var lookers = people.stream().filter(person -> person.habit() == Habit.LOOKING).limit(LOOKERS).toList();
        var events = new ArrayList<EventInput>();
        for (Person person : lookers) {
            for (int n = 0; n < 3; n++) {
                var good = catalogue.pick(random, now.atZone(person.zone()).getMonthValue(), person.favourite());
                events.add(event("look-" + n, "product.viewed", person, ago(5, 40), Map.of("productId", good.id())));
            }
        }
        subscribers().skip(2).limit(FAILURES).forEach(person -> events.add(event("failed", "subscription.payment_failed", person, ago(5, 90), Map.of("plan", "weekly box"))));
        return events;
    }

    /** When the subscriptions began, which is history. */
    List<EventInput> subscribed() {
        return subscribers().map(person -> event("subscribed", "subscription.created", person, now.minus(Duration.ofDays(30 + number(person) % 60)), Map.of("plan", "weekly box"))).toList();
    }

    private Stream<Person> subscribers() {
        return people.stream().filter(Today::isSubscribed);
    }

    private static boolean isSubscribed(Person person) {
        return person.habit() == Habit.LOYAL && number(person) % SUBSCRIBED_OF == 0;
    }

    private static int number(Person person) {
        return Integer.parseInt(person.id().substring(2));
    }

    private Instant ago(int least, int most) {
        return now.minus(Duration.ofMinutes(least + random.nextInt(most - least)));
    }

    private static EventInput event(String what, String name, Person person, Instant at, Map<String, Object> properties) {
        return new EventInput("demo-%s-%s".formatted(what, person.id()), name, person.id(), null, at, properties);
    }
}
