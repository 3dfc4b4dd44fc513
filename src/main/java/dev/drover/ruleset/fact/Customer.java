package dev.drover.ruleset.fact;

import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A customer as segment rules see one: {@code Customer(orders.count >= 5, orders.daysSinceLast <= 90)}. All "days since" are fractions of
 * days, so that {@code > 90} means more than 90 times 24 hours; what never happened is infinitely long ago.
 */
public final class Customer {

    /** Who it is, as the shop told. @param attributes plain JSON values by name @param knownSince see {@link Moments} */
    public record Person(long id, @Nullable String email, @Nullable String phone, @Nullable String country, @Nullable String timeZone,
            @Nullable LocalDate birthday, Map<String, Object> attributes, long knownSince) {}

    private final Person person;
    private final Orders orders;
    private final Cart cart;
    private final Rfm rfm;
    private final Events events;
    private final Engagement engagement;
    private final Subscription subscription;
    private final Set<String> segments;
    /** Found by rules in the decision that is being made. */
    private final Set<String> entered = new HashSet<>();
    private final long now;
    private @Nullable Budget budget;

    /** @param segments the static ones; those that rules decide join as they are decided, see {@link #entered} */
    public Customer(Person person, Orders orders, Cart cart, Rfm rfm, Events events, long seenAt, Set<String> segments, long now) {
        this.person = person;
        this.orders = orders;
        this.cart = cart;
        this.rfm = rfm;
        this.events = events;
        this.engagement = new Engagement(events, seenAt, now);
        this.subscription = new Subscription(events, now);
        this.segments = segments;
        this.now = now;
    }

    /** With what is said of orders and the cart, and nothing else. */
    public Customer(long id, @Nullable String country, Map<String, Object> attributes, Instant knownSince, Instant now, Orders orders, Cart cart) {
        this(new Person(id, null, null, country, null, null, attributes, knownSince.toEpochMilli()), orders, cart, Rfm.NONE,
                new Events(Map.of(), now.toEpochMilli()), orders.lastAt(), Set.of(), now.toEpochMilli());
    }

    public long getId() {
        return person.id();
    }

    public @Nullable String getEmail() {
        tick();
        return person.email();
    }

    public @Nullable String getPhone() {
        tick();
        return person.phone();
    }

    /** As the shop wrote it, such as {@code NL}. */
    public @Nullable String getCountry() {
        tick();
        return person.country();
    }

    /** Such as {@code Europe/Amsterdam}. */
    public @Nullable String getTimeZone() {
        tick();
        return person.timeZone();
    }

    public double getDaysSinceKnown() {
        tick();
        return Moments.daysBetween(person.knownSince(), now);
    }

    /** Whether the shop first told of the customer on or after this ISO date (UTC). */
    public boolean knownSince(String date) {
        tick();
        return person.knownSince() >= Moments.parse(date);
    }

    public boolean knownBefore(String date) {
        tick();
        return person.knownSince() < Moments.parse(date);
    }

    /** Whether the customer was born on or after this ISO date; false where it isn't known. */
    public boolean bornSince(String date) {
        tick();
        return person.birthday() != null && !person.birthday().isBefore(LocalDate.parse(date));
    }

    public boolean bornBefore(String date) {
        tick();
        return person.birthday() != null && person.birthday().isBefore(LocalDate.parse(date));
    }

    /** Whole days until the next birthday, 0 on the day itself (UTC); infinite where it isn't known. On 29 February's behalf 1 March counts. */
    public double getDaysToBirthday() {
        tick();
        if (person.birthday() == null) {
            return Double.POSITIVE_INFINITY;
        }
        LocalDate today = LocalDate.ofInstant(Instant.ofEpochMilli(now), ZoneOffset.UTC);
        LocalDate next = birthdayIn(today.getYear());
        return (next.isBefore(today) ? birthdayIn(today.getYear() + 1) : next).toEpochDay() - today.toEpochDay();
    }

    private LocalDate birthdayIn(int year) {
        var day = MonthDay.from(java.util.Objects.requireNonNull(person.birthday()));
        return day.isValidYear(year) ? day.atYear(year) : LocalDate.of(year, 3, 1);
    }

    /** An attribute that is a text; {@code null}: there is none, or it is something else. */
    public @Nullable String text(String attribute) {
        tick();
        return person.attributes().get(attribute) instanceof String text ? text : null;
    }

    /** An attribute that is a number; without one every comparison but {@code !=} is false. */
    public double number(String attribute) {
        tick();
        // Adding nothing makes zero of "minus zero", which comparisons would tell apart.
        return person.attributes().get(attribute) instanceof Number number ? number.doubleValue() + 0.0 : Double.NaN;
    }

    /** Asked before a number is compared; not for rules. */
    public boolean isNumber(String attribute) {
        return person.attributes().get(attribute) instanceof Number;
    }

    /** An attribute that is {@code true}. */
    public boolean flag(String attribute) {
        tick();
        return Boolean.TRUE.equals(person.attributes().get(attribute));
    }

    /** Days since an attribute that is an ISO date or instant; negative: it is yet to come; infinite: there is none. */
    public double daysSince(String attribute) {
        tick();
        return Moments.daysBetween(momentOf(attribute), now);
    }

    /** Whether the attribute is an ISO date or instant. */
    public boolean hasDate(String attribute) {
        tick();
        return momentOf(attribute) != Moments.NEVER;
    }

    /** Whether an attribute is a date on or after this one (UTC). */
    public boolean dateSince(String attribute, String date) {
        tick();
        return hasDate(attribute) && momentOf(attribute) >= Moments.parse(date);
    }

    public boolean dateBefore(String attribute, String date) {
        tick();
        return hasDate(attribute) && momentOf(attribute) < Moments.parse(date);
    }

    /** Whether the attribute is there at all. */
    public boolean has(String attribute) {
        tick();
        return person.attributes().get(attribute) != null;
    }

    /** Whether the customer is in this segment: a static one, or one whose rule was decided before. */
    public boolean inSegment(String key) {
        tick();
        return segments.contains(key) || entered.contains(key);
    }

    public Orders getOrders() {
        tick();
        return orders;
    }

    public Cart getCart() {
        tick();
        return cart;
    }

    public Rfm getRfm() {
        tick();
        return rfm;
    }

    public Engagement getEngagement() {
        tick();
        return engagement;
    }

    public Subscription getSubscription() {
        tick();
        return subscription;
    }

    public Events getEvents() {
        tick();
        return events;
    }

    /** Told between two layers of rules, so that the later one can ask; not for rules. */
    public void entered(String segment) {
        entered.add(segment);
    }

    /** A decision begins, which may take so long: what an earlier one found is forgotten. Not for rules. */
    public void decideWithin(@Nullable Budget budget) {
        this.budget = budget;
        entered.clear();
    }

    private void tick() {
        if (budget != null) {
            budget.tick();
        }
    }

    /** For working out when time alone changes a decision; not for rules. */
    public long momentOf(String attribute) {
        return person.attributes().get(attribute) instanceof String text ? Moments.parse(text) : Moments.NEVER;
    }

    public long knownSince() {
        return person.knownSince();
    }

    public long now() {
        return now;
    }
}
