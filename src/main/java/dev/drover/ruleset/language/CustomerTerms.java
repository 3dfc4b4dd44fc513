package dev.drover.ruleset.language;

import dev.drover.ruleset.fact.Customer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What rules may read of a customer. A fact's method that isn't listed here isn't there for rules. */
final class CustomerTerms {

    private static final String[] OPENED = {"email.opened", "sms.opened", "push.opened"};
    private static final String[] CLICKED = {"email.clicked", "sms.clicked", "push.clicked"};
    private static final String[] SUBSCRIPTION = {"subscription.created", "subscription.renewed", "subscription.resumed", "subscription.paused",
        "subscription.payment_failed", "subscription.cancelled"};

    /** Of a term with one argument. */
    @FunctionalInterface
    private interface Asked<A> {

        @Nullable Object of(Customer customer, A argument);
    }

    private CustomerTerms() {}

    static List<Term> all() {
        return Stream.of(person(), dates(), orders(), cartAndScores(), engagement(), subscription(), events()).flatMap(List::stream).toList();
    }

    private static List<Term> person() {
        return List.of(
                text("country", "Country, as the shop wrote it", "country == \"NL\"", Customer::getCountry),
                text("timeZone", "Time zone", "timeZone == \"Europe/Amsterdam\"", Customer::getTimeZone),
                text("email", "Mail address; null: none is known", "email str[endsWith] \".nl\"", Customer::getEmail),
                text("phone", "Phone number; null: none is known", "phone != null", Customer::getPhone),
                number("daysSinceKnown", "Days since the shop first told of the customer", "daysSinceKnown <= 7", Customer::getDaysSinceKnown)
                        .with(Ageing.since((customer, none) -> customer.knownSince())),
                number("daysToBirthday", "Whole days until the next birthday, 0 on the day (UTC); infinite where it isn't known", "daysToBirthday <= 7",
                        Customer::getDaysToBirthday).with(Ageing.birthday()),
                ask("text", Argument.ATTRIBUTE, Type.TEXT, "An attribute that is a text; null: there is none", "text(\"tier\") == \"gold\"", Customer::text),
                ask("number", Argument.ATTRIBUTE, Type.NUMBER, "An attribute that is a number; without one every comparison but != fails",
                        "number(\"householdSize\") >= 3", Customer::number),
                ask("flag", Argument.ATTRIBUTE, Type.FLAG, "Whether an attribute is true", "flag(\"beta\")", Customer::flag),
                ask("daysSince", Argument.ATTRIBUTE, Type.NUMBER, "Days since an attribute that is a date; negative: it is yet to come; infinite: there is none",
                        "daysSince(\"trialEndsOn\") >= -3", Customer::daysSince).with(Ageing.since(Customer::momentOf)),
                ask("has", Argument.ATTRIBUTE, Type.FLAG, "Whether the attribute is there at all", "has(\"tier\")", Customer::has),
                ask("inSegment", Argument.SEGMENT, Type.FLAG, "Whether the customer is in another segment", "inSegment(\"vip\")", Customer::inSegment));
    }

    /** Compared with a day that is written out, of which time alone changes nothing. */
    private static List<Term> dates() {
        return List.of(
                ask("knownSince", Argument.DATE, Type.FLAG, "Whether the shop first told of the customer on or after this day (UTC)", "knownSince(\"2026-01-01\")",
                        (Customer customer, String date) -> customer.knownSince(date)),
                ask("knownBefore", Argument.DATE, Type.FLAG, "Whether the shop first told of the customer before this day (UTC)", "knownBefore(\"2026-01-01\")",
                        (Customer customer, String date) -> customer.knownBefore(date)),
                ask("bornSince", Argument.DATE, Type.FLAG, "Whether the customer was born on or after this day", "bornSince(\"2000-01-01\")",
                        (Customer customer, String date) -> customer.bornSince(date)),
                ask("bornBefore", Argument.DATE, Type.FLAG, "Whether the customer was born before this day", "bornBefore(\"2000-01-01\")",
                        (Customer customer, String date) -> customer.bornBefore(date)),
                ask("hasDate", Argument.ATTRIBUTE, Type.FLAG, "Whether the attribute is a date", "hasDate(\"trialEndsOn\")", Customer::hasDate),
                onDay("dateSince", "Whether an attribute is a date on or after this day (UTC)", "dateSince(\"trialEndsOn\", \"2026-01-01\")", Customer::dateSince),
                onDay("dateBefore", "Whether an attribute is a date before this day (UTC)", "dateBefore(\"trialEndsOn\", \"2026-01-01\")", Customer::dateBefore));
    }

    /** Of an attribute and a day. */
    @FunctionalInterface
    private interface OnDay {

        boolean of(Customer customer, String attribute, String date);
    }

    private static Term onDay(String name, String description, String example, OnDay reading) {
        return new Term(name, List.of(Argument.ATTRIBUTE, Argument.DATE), Type.FLAG, description, example,
                (fact, literals) -> reading.of((Customer) fact, (String) argument(literals), (String) java.util.Objects.requireNonNull(literals.get(1).value())));
    }

    private static List<Term> orders() {
        return List.of(
                number("orders.count", "Orders; cancellations are none", "orders.count >= 3", customer -> customer.getOrders().getCount()).counted(),
                number("orders.revenue", "Money spent, in the shop's currency; cancellations lower it", "orders.revenue >= 500", customer -> customer.getOrders().getRevenue()),
                number("orders.average", "Revenue by order; 0 without one", "orders.average > 40", customer -> customer.getOrders().getAverage()),
                number("orders.daysSinceFirst", "Days since the first order; infinite without one", "orders.daysSinceFirst <= 30",
                        customer -> customer.getOrders().getDaysSinceFirst()).with(Ageing.since((customer, none) -> customer.getOrders().firstAt())),
                number("orders.daysSinceLast", "Days since the last order; infinite without one", "orders.daysSinceLast > 90",
                        customer -> customer.getOrders().getDaysSinceLast()).with(Ageing.since((customer, none) -> customer.getOrders().lastAt())),
                number("orders.usualInterval", "Days between two orders of theirs, on the average; infinite with fewer than two", "orders.usualInterval <= 30",
                        customer -> customer.getOrders().getUsualInterval()),
                number("orders.daysSinceDue", "Days since the next order was due by the usual interval; negative: it is yet to come; infinite with fewer than two orders",
                        "orders.daysSinceDue >= -2", customer -> customer.getOrders().getDaysSinceDue()).with(Ageing.since((customer, none) -> customer.getOrders().dueAt())),
                new Term("orders.firstOn", List.of(), Type.DAY, "The day of the first order, for reasons; null: never ordered", "$first : orders.firstOn",
                        (fact, none) -> ((Customer) fact).getOrders().getFirstOn()),
                new Term("orders.lastOn", List.of(), Type.DAY, "The day of the last order, for reasons; null: never ordered", "$last : orders.lastOn",
                        (fact, none) -> ((Customer) fact).getOrders().getLastOn()),
                ask("orders.firstSince", Argument.DATE, Type.FLAG, "Whether the first order was on or after this day (UTC)", "orders.firstSince(\"2026-01-01\")",
                        (Customer customer, String date) -> customer.getOrders().firstSince(date)),
                ask("orders.firstBefore", Argument.DATE, Type.FLAG, "Whether the first order was before this day (UTC)", "orders.firstBefore(\"2026-01-01\")",
                        (Customer customer, String date) -> customer.getOrders().firstBefore(date)),
                ask("orders.lastSince", Argument.DATE, Type.FLAG, "Whether the last order was on or after this day (UTC)", "orders.lastSince(\"2026-01-01\")",
                        (Customer customer, String date) -> customer.getOrders().lastSince(date)),
                ask("orders.lastBefore", Argument.DATE, Type.FLAG, "Whether the last order was before this day (UTC)", "orders.lastBefore(\"2026-01-01\")",
                        (Customer customer, String date) -> customer.getOrders().lastBefore(date)),
                within("orders.countWithin", "Orders within the last so many times 24 hours", "orders.countWithin(30) >= 2",
                        (customer, days) -> customer.getOrders().countWithin(days)).counted()
                        .with(Ageing.window((customer, none) -> customer.getOrders().purchases().at())),
                within("orders.revenueWithin", "Revenue within the last so many times 24 hours", "orders.revenueWithin(30) >= 100",
                        (customer, days) -> customer.getOrders().revenueWithin(days))
                        .with(Ageing.window((customer, none) -> customer.getOrders().purchases().at())),
                ask("orders.countOf", Argument.CATEGORY, Type.NUMBER, "Orders with something of this category", "orders.countOf(\"cheese\") >= 2",
                        (Customer customer, String category) -> customer.getOrders().countOf(category)).counted(),
                ask("orders.revenueOf", Argument.CATEGORY, Type.NUMBER, "Money spent on this category", "orders.revenueOf(\"cheese\") >= 50",
                        (Customer customer, String category) -> customer.getOrders().revenueOf(category)),
                ask("orders.daysSinceLastOf", Argument.CATEGORY, Type.NUMBER, "Days since the last order of this category; infinite without one",
                        "orders.daysSinceLastOf(\"cheese\") > 60", (Customer customer, String category) -> customer.getOrders().daysSinceLastOf(category))
                        .with(Ageing.since((customer, category) -> customer.getOrders().lastAtOf(category))));
    }

    private static List<Term> cartAndScores() {
        return List.of(
                number("cart.total", "What lies in the open cart; 0 without one", "cart.total >= 75", customer -> customer.getCart().getTotal()),
                number("cart.itemCount", "Items in the open cart", "cart.itemCount > 0", customer -> customer.getCart().getItemCount()).counted(),
                number("cart.daysSinceChange", "Days since the open cart was changed; infinite without one", "cart.daysSinceChange > 2",
                        customer -> customer.getCart().getDaysSinceChange()).with(Ageing.since((customer, none) -> customer.getCart().changedAt())),
                number("rfm.recency", "Score 1 to 5 of how recent the last order is; 0: never ordered", "rfm.recency >= 4", customer -> customer.getRfm().getRecency()).counted(),
                number("rfm.frequency", "Score 1 to 5 of how often they order; 0: never ordered", "rfm.frequency >= 4", customer -> customer.getRfm().getFrequency()).counted(),
                number("rfm.monetary", "Score 1 to 5 of how much they spend; 0: never ordered", "rfm.monetary >= 4", customer -> customer.getRfm().getMonetary()).counted(),
                text("rfm.segment", "The named cell of the scores; \"none\": never ordered", "rfm.segment == \"champions\"", customer -> customer.getRfm().getSegment()));
    }

    private static List<Term> engagement() {
        return List.of(
                number("engagement.opens", "Messages opened, all channels; machines aren't counted", "engagement.opens > 0",
                        customer -> customer.getEngagement().getOpens()).counted().withEvents(OPENED),
                number("engagement.clicks", "Messages clicked in, all channels; machines aren't counted", "engagement.clicks > 0",
                        customer -> customer.getEngagement().getClicks()).counted().withEvents(CLICKED),
                ask("engagement.opensOf", Argument.CHANNEL, Type.NUMBER, "Messages of this channel opened", "engagement.opensOf(\"email\") >= 3",
                        (Customer customer, String channel) -> customer.getEngagement().opensOf(channel)).counted().withEvents(literals -> named(literals, ".opened")),
                ask("engagement.clicksOf", Argument.CHANNEL, Type.NUMBER, "Messages of this channel clicked in", "engagement.clicksOf(\"email\") >= 3",
                        (Customer customer, String channel) -> customer.getEngagement().clicksOf(channel)).counted().withEvents(literals -> named(literals, ".clicked")),
                within("engagement.opensWithin", "Messages opened on the last so many days (UTC), today being one", "engagement.opensWithin(30) > 0",
                        (customer, days) -> customer.getEngagement().opensWithin(days)).counted().withEvents(OPENED)
                        .with(Ageing.dayWindow((customer, none) -> days(customer, OPENED))),
                within("engagement.clicksWithin", "Messages clicked in on the last so many days (UTC), today being one", "engagement.clicksWithin(30) > 0",
                        (customer, days) -> customer.getEngagement().clicksWithin(days)).counted().withEvents(CLICKED)
                        .with(Ageing.dayWindow((customer, none) -> days(customer, CLICKED))),
                number("engagement.daysSinceOpen", "Days since a message was last opened; infinite: never", "engagement.daysSinceOpen > 60",
                        customer -> customer.getEngagement().getDaysSinceOpen()).withEvents(OPENED)
                        .with(Ageing.since((customer, none) -> customer.getEngagement().openedAt())),
                number("engagement.daysSinceClick", "Days since a message was last clicked in; infinite: never", "engagement.daysSinceClick > 60",
                        customer -> customer.getEngagement().getDaysSinceClick()).withEvents(CLICKED)
                        .with(Ageing.since((customer, none) -> customer.getEngagement().clickedAt())),
                new Term("engagement.seen", List.of(), Type.FLAG, "Whether the customer ever did anything", "engagement.seen",
                        (fact, none) -> ((Customer) fact).getEngagement().isSeen()),
                ask("engagement.seenSince", Argument.DATE, Type.FLAG, "Whether the last thing the customer did was on or after this day (UTC)",
                        "engagement.seenSince(\"2026-01-01\")", (Customer customer, String date) -> customer.getEngagement().seenSince(date)),
                ask("engagement.seenBefore", Argument.DATE, Type.FLAG, "Whether the last thing the customer did was before this day (UTC)",
                        "engagement.seenBefore(\"2026-01-01\")", (Customer customer, String date) -> customer.getEngagement().seenBefore(date)),
                number("engagement.daysSinceSeen", "Days since the customer did anything at all; infinite: never", "engagement.daysSinceSeen > 30",
                        customer -> customer.getEngagement().getDaysSinceSeen()).with(Ageing.since((customer, none) -> customer.getEngagement().seenAt())));
    }

    private static List<Term> subscription() {
        return List.of(
                text("subscription.status", "none, active, paused, past_due or cancelled", "subscription.status == \"paused\"",
                        customer -> customer.getSubscription().getStatus()).withEvents(SUBSCRIPTION),
                new Term("subscription.active", List.of(), Type.FLAG, "Whether a subscription runs", "subscription.active",
                        (fact, none) -> ((Customer) fact).getSubscription().isActive()).withEvents(SUBSCRIPTION),
                lastOne("subscription.daysSinceStart", "subscription.created", "it began", customer -> customer.getSubscription().getDaysSinceStart()),
                lastOne("subscription.daysSinceRenewal", "subscription.renewed", "it was renewed", customer -> customer.getSubscription().getDaysSinceRenewal()),
                lastOne("subscription.daysSinceCancellation", "subscription.cancelled", "it was cancelled", customer -> customer.getSubscription().getDaysSinceCancellation()),
                lastOne("subscription.daysSincePaymentFailure", "subscription.payment_failed", "a payment failed",
                        customer -> customer.getSubscription().getDaysSincePaymentFailure()));
    }

    private static Term lastOne(String name, String event, String what, ToDoubleFunction<Customer> reading) {
        return number(name, "Days since %s; infinite: never".formatted(what), name + " <= 7", reading::applyAsDouble).withEvents(event)
                .with(Ageing.since((customer, none) -> customer.getEvents().lastAt(event)));
    }

    private static List<Term> events() {
        return List.of(
                ask("events.count", Argument.EVENT, Type.NUMBER, "How often an event happened, ever", "events.count(\"product.viewed\") > 10",
                        (Customer customer, String name) -> customer.getEvents().count(name)).counted().withEvents(literals -> named(literals, "")),
                new Term("events.count", List.of(Argument.EVENT, Argument.DAYS), Type.NUMBER, "How often an event happened on the last so many days (UTC), today being one",
                        "events.count(\"product.viewed\", 7) >= 3",
                        (fact, literals) -> ((Customer) fact).getEvents().count((String) argument(literals), (int) literals.get(1).number()))
                        .counted().withEvents(literals -> named(literals, "")).with(Ageing.dayWindow((customer, name) -> days(customer, name))),
                ask("events.daysSinceLast", Argument.EVENT, Type.NUMBER, "Days since an event last happened; infinite: never", "events.daysSinceLast(\"product.viewed\") < 2",
                        (Customer customer, String name) -> customer.getEvents().daysSinceLast(name)).withEvents(literals -> named(literals, ""))
                        .with(Ageing.since((customer, name) -> customer.getEvents().lastAt(name))));
    }

    private static Term text(String name, String description, String example, Function<Customer, @Nullable String> reading) {
        return new Term(name, List.of(), Type.TEXT, description, example, (fact, none) -> reading.apply((Customer) fact));
    }

    private static Term number(String name, String description, String example, Function<Customer, Number> reading) {
        return new Term(name, List.of(), Type.NUMBER, description, example, (fact, none) -> reading.apply((Customer) fact));
    }

    private static Term ask(String name, Argument argument, Type type, String description, String example, Asked<String> reading) {
        return new Term(name, List.of(argument), type, description, example, (fact, literals) -> reading.of((Customer) fact, (String) argument(literals)));
    }

    private static Term within(String name, String description, String example, Asked<Integer> reading) {
        return new Term(name, List.of(Argument.DAYS), Type.NUMBER, description, example,
                (fact, literals) -> reading.of((Customer) fact, (int) literals.getFirst().number()));
    }

    private static Object argument(List<Literal> literals) {
        return java.util.Objects.requireNonNull(literals.getFirst().value());
    }

    private static List<String> named(List<Literal> literals, String ending) {
        return List.of(argument(literals) + ending);
    }

    /** On which these events happened, since 1970 in UTC. */
    private static long[] days(Customer customer, String... names) {
        return Arrays.stream(names).map(customer.getEvents().byName()::get).filter(java.util.Objects::nonNull).flatMapToLong(one -> Arrays.stream(one.days())).toArray();
    }
}
