package dev.drover.demo;

import dev.drover.audience.OrderInput;
import dev.drover.demo.People.Habit;
import dev.drover.demo.People.Person;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What a year of a dairy shop looks like: habits, seasons, the days before the weekend, the weeks before Christmas, and people who stop coming. */
final class YearOfOrders {

    private static final int DAYS = 365;

    private final Catalogue catalogue;
    private final Instant now;
    private final SplittableRandom random;

    YearOfOrders(Catalogue catalogue, Instant now, SplittableRandom random) {
        this.catalogue = catalogue;
        this.now = now;
        this.random = random;
    }

    /** Somebody's orders, oldest first. */
    List<OrderInput> of(Person person) {
        var orders = new ArrayList<OrderInput>();
        if (person.habit() == Habit.LOOKING) {
            return orders;
        }
        boolean stops = person.habit() != Habit.FRESH && random.nextInt(100) < 26;
        int first = person.habit() == Habit.FRESH ? 1 + random.nextInt(29) : 20 + random.nextInt(DAYS - 20);
        int last = stops ? Math.min(first, 50 + random.nextInt(200)) : 0;
        double day = first;
        while (day > last && day > 0.1) {
            var at = moment(person, (int) Math.ceil(day));
            if (at.isBefore(now)) {
                orders.add(order(person, orders.size() + 1, at));
            }
            day -= person.habit().shortest + random.nextDouble() * (person.habit().longest - person.habit().shortest);
            if (christmasComes(at, person) && random.nextInt(100) < 35) {
                orders.add(order(person, orders.size() + 1, at.plus(Duration.ofHours(50 + random.nextInt(60)))));
            }
        }
        orders.removeIf(order -> !order.placedAt().isBefore(now));
        return orders;
    }

    private static boolean christmasComes(Instant at, Person person) {
        var local = at.atZone(person.zone());
        return local.getMonth() == Month.DECEMBER && local.getDayOfMonth() > 5 && local.getDayOfMonth() < 19;
    }

    /** Thursdays to Saturdays more than other days; in the morning or after work, on their own clock. */
    private Instant moment(Person person, int daysAgo) {
        ZonedDateTime day = now.atZone(person.zone()).minusDays(daysAgo);
        if (random.nextInt(100) < 45) {
            day = day.with(java.time.temporal.TemporalAdjusters.previousOrSame(People.any(List.of(DayOfWeek.THURSDAY, DayOfWeek.FRIDAY, DayOfWeek.SATURDAY), random)));
        }
        int hour = random.nextInt(100) < 35 ? 7 + random.nextInt(4) : 16 + random.nextInt(6);
        return day.with(LocalTime.of(hour, random.nextInt(60), random.nextInt(60))).toInstant();
    }

    private OrderInput order(Person person, int number, Instant at) {
        return new OrderInput("O-" + person.id().substring(2) + "-" + number, person.id(), at, "EUR", lines(person, at), null, null);
    }

    private List<OrderInput.Line> lines(Person person, Instant at) {
        int month = at.atZone(person.zone()).getMonthValue();
        Map<String, OrderInput.Line> lines = new LinkedHashMap<>();
        int kinds = 1 + random.nextInt(person.habit() == Habit.LOYAL ? 6 : 4);
        for (int n = 0; n < kinds; n++) {
            var good = catalogue.pick(random, month, person.favourite());
            lines.putIfAbsent(good.id(), new OrderInput.Line(good.id(), BigDecimal.valueOf(good.category().equals("Gift boxes") ? 1 : 1 + random.nextInt(3)), good.price(), null));
        }
        return List.copyOf(lines.values());
    }
}
