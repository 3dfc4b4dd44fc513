package dev.drover.demo;

import dev.drover.audience.CustomerInput;
import dev.drover.audience.CustomerIntake;
import dev.drover.audience.EventInput;
import dev.drover.audience.EventIntake;
import dev.drover.audience.OrderInput;
import dev.drover.audience.OrderIntake;
import dev.drover.audience.Products;
import dev.drover.demo.People.Habit;
import dev.drover.demo.People.Person;
import dev.drover.eventlog.Event;
import dev.drover.kernel.DemoMode;
import dev.drover.kernel.PlatformClock;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Fills the demo's database, once: a dairy shop with a year behind it. The same everywhere, but for the day it ends on. It goes in through
 * the doors everything else uses, as history, so that no journey starts for last year's customers; only the youngest carts, and {@link Today}, are live.
 */
@Component
@Order(20)
class DemoShop implements ApplicationRunner {

    static final int CUSTOMERS = 2_000;
    private static final int SEED = 1_897;
    private static final int BATCH = 1_000;
    /** Small, because within a batch customers are numbered by their id and not by when they came. */
    private static final int NEWCOMERS = 50;
    private static final Logger log = LoggerFactory.getLogger(DemoShop.class);

    private final DemoMode demo;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Products products;
    private final CustomerIntake customers;
    private final OrderIntake orders;
    private final EventIntake events;
    private final PlatformClock clock;

    DemoShop(DemoMode demo, JdbcClient jdbc, TransactionTemplate transaction, Products products, CustomerIntake customers, OrderIntake orders, EventIntake events,
            PlatformClock clock) {
        this.demo = demo;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.products = products;
        this.customers = customers;
        this.orders = orders;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (demo.on() && jdbc.sql("SELECT count(*) FROM demo_shop").query(Integer.class).single() == 0) {
            log.info("Filling the demo's dairy shop with {} customers and a year of orders", CUSTOMERS);
            long begun = System.nanoTime();
            // One transaction: a start that is killed in the middle has filled nothing, and the next one does.
            int placed = transaction.execute(status -> fill());
            log.info("The shop is filled: {} orders, in {} ms", placed, Duration.ofNanos(System.nanoTime() - begun).toMillis());
        }
    }

    private int fill() {
        Instant now = clock.instant();
        var random = new SplittableRandom(SEED);
        var catalogue = new Catalogue();
        var people = People.of(CUSTOMERS, catalogue.categories(), random.split());
        var year = new YearOfOrders(catalogue, now, random.split());
        var past = new ArrayList<OrderInput>();
        Map<String, Instant> since = new HashMap<>();
        for (Person person : people) {
            var own = year.of(person);
            past.addAll(own);
            since.put(person.id(), own.isEmpty() ? now.minus(Duration.ofHours(1 + random.nextInt(24 * 300))) : own.getFirst().placedAt().minus(Duration.ofMinutes(9)));
        }
        products.takeAll(catalogue.goods().stream().map(Catalogue.Good::product).toList());
        var inputs = people.stream().map(person -> input(person, since.get(person.id()), now, random)).toList();
        // As they came, so that the newest customers are the newest in every list.
        batches(NEWCOMERS, inputs.stream().sorted(Comparator.comparing(input -> since.get(input.externalId()))).toList(),
                batch -> customers.takeAll(batch, Event.Origin.IMPORT, since::get));
        batches(BATCH, past.stream().sorted(Comparator.comparing(OrderInput::placedAt)).toList(), batch -> orders.takeAll(batch, Event.Origin.IMPORT));
        leaveCarts(people, inputs, catalogue, now, random.split());
        var today = new Today(catalogue, people, now, random.split());
        events.takeAll(today.subscribed(), "", Event.Origin.IMPORT);
        events.takeAll(today.events(), "", Event.Origin.LIVE);
        orders.takeAll(today.orders(), Event.Origin.LIVE);
        jdbc.sql("INSERT INTO demo_shop (filled_at) VALUES (?)").param(Timestamp.from(now)).update();
        return past.size();
    }

    private static CustomerInput input(Person person, Instant since, Instant now, SplittableRandom random) {
        int word = random.nextInt(100);
        Boolean email = word < 78 ? Boolean.TRUE : word < 85 ? Boolean.FALSE : null;
        Boolean sms = person.phone() != null && random.nextInt(100) < 25 ? Boolean.TRUE : null;
        String source = email == null || email ? People.any(List.of("checkout", "newsletter form", "autumn fair"), random) : "unsubscribe page";
        var attributes = new HashMap<String, Object>(Today.subscription(person, now));
        attributes.put("favouriteCategory", person.favourite());
        attributes.put("delivery", random.nextInt(100) < 80 ? "home" : "pick-up point");
        return new CustomerInput(person.id(), person.email(), person.phone(), null, person.firstName(), person.lastName(), person.country(), person.zone().getId(),
                person.birthday(), attributes, email == null && sms == null ? null : new CustomerInput.Consent(email, sms, null, source, since));
    }

    /** Carts of the last days, which are history, and of the last hours, which are live: their reminders come while one looks. */
    private void leaveCarts(List<Person> people, List<CustomerInput> inputs, Catalogue catalogue, Instant now, SplittableRandom random) {
        var asked = inputs.stream().filter(input -> input.consent() != null && Boolean.TRUE.equals(input.consent().email())).map(CustomerInput::externalId).toList();
        var live = new ArrayList<EventInput>();
        var past = new ArrayList<EventInput>();
        var buyers = people.stream().filter(person -> person.habit() != Habit.LOOKING).toList();
        for (int n = 0; n < 44; n++) {
            var person = People.any(buyers, random);
            if (n < 14 && asked.contains(person.id())) {
                // Most were left a few minutes ago, some this morning.
                live.add(cart(person, n, now.minus(Duration.ofMinutes(n % 3 == 0 ? 45 + random.nextInt(200) : 2 + random.nextInt(22))), catalogue, random));
            } else {
                past.add(cart(person, n, now.minus(Duration.ofMinutes(300 + random.nextInt(60 * 24 * 9))), catalogue, random));
            }
        }
        events.takeAll(past, "", Event.Origin.IMPORT);
        orders.takeAll(past.stream().filter(event -> random.nextInt(100) < 45).map(event -> ordered(event, random)).filter(order -> order.placedAt().isBefore(now)).toList(),
                Event.Origin.IMPORT);
        events.takeAll(live, "", Event.Origin.LIVE);
    }

    private static EventInput cart(Person person, int number, Instant at, Catalogue catalogue, SplittableRandom random) {
        int month = at.atZone(person.zone()).getMonthValue();
        Map<String, Map<String, Object>> items = new HashMap<>();
        int kinds = 1 + random.nextInt(5);
        for (int n = 0; n < kinds; n++) {
            var good = catalogue.pick(random, month, person.favourite());
            items.put(good.id(), Map.of("productId", good.id(), "quantity", 1 + random.nextInt(number % 9 == 0 ? 9 : 3), "unitPrice", good.price()));
        }
        return new EventInput("demo-cart-" + number, "cart.updated", person.id(), null, at,
                Map.of("cartId", "K-%04d".formatted(number + 1), "currency", "EUR", "items", items.values().stream()
                        .sorted(Comparator.comparing(item -> item.get("productId").toString())).toList()));
    }

    /** Some come back by themselves and order what they left. */
    private static OrderInput ordered(EventInput cart, SplittableRandom random) {
        var lines = new ArrayList<OrderInput.Line>();
        ((List<?>) cart.properties().get("items")).forEach(one -> {
            var item = (Map<?, ?>) one;
            lines.add(new OrderInput.Line((String) item.get("productId"), BigDecimal.valueOf((int) item.get("quantity")), (BigDecimal) item.get("unitPrice"), null));
        });
        return new OrderInput("O-" + cart.properties().get("cartId"), cart.customerId(), cart.occurredAt().plus(Duration.ofMinutes(20 + random.nextInt(60 * 30))), "EUR",
                lines, (String) cart.properties().get("cartId"), null);
    }

    private static <T> void batches(int size, List<T> all, Consumer<List<T>> take) {
        for (int from = 0; from < all.size(); from += size) {
            take.accept(all.subList(from, Math.min(from + size, all.size())));
        }
    }
}
