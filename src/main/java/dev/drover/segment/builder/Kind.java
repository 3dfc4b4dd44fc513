package dev.drover.segment.builder;

import org.jspecify.annotations.Nullable;

/** The fields conditions are about, each with the fact that rules read for it. */
public enum Kind {

    TOTAL_ORDERS("totalOrders", "Orders", "Number of orders", Type.COUNT, "orders.count"),
    TOTAL_SPENT("totalSpent", "Orders", "Total spent", Type.NUMBER, "orders.revenue"),
    AVERAGE_ORDER_VALUE("averageOrderValue", "Orders", "Average order value", Type.NUMBER, "orders.average", "orders.count > 0", 0),
    FIRST_ORDER_DATE("firstOrderDate", "Orders", "First order", Type.DATE, "orders.daysSinceFirst", "orders.count > 0", "orders.firstSince", "orders.firstBefore"),
    LAST_ORDER_DATE("lastOrderDate", "Orders", "Last order", Type.DATE, "orders.daysSinceLast", "orders.count > 0", "orders.lastSince", "orders.lastBefore"),
    DAYS_BETWEEN_ORDERS("daysBetweenOrders", "Orders", "Usual days between orders", Type.NUMBER, "orders.usualInterval", "orders.count >= 2", Double.POSITIVE_INFINITY),
    ORDERS_IN_LAST_DAYS("ordersInLastDays", "Orders", "Orders in the last … days", Type.COUNT, "orders.countWithin", Takes.DAYS),
    SPENT_IN_LAST_DAYS("spentInLastDays", "Orders", "Spent in the last … days", Type.NUMBER, "orders.revenueWithin", Takes.DAYS),
    ORDERS_IN_CATEGORY("ordersInCategory", "Orders", "Orders in the category …", Type.COUNT, "orders.countOf", Takes.NAME),
    SPENT_IN_CATEGORY("spentInCategory", "Orders", "Spent in the category …", Type.NUMBER, "orders.revenueOf", Takes.NAME),
    LAST_ORDER_IN_CATEGORY("lastOrderInCategory", "Orders", "Last order in the category …", Type.DATE, "orders.daysSinceLastOf", Takes.NAME, "orders.countOf(%s) > 0"),
    CART_TOTAL("cartTotal", "Cart", "Value of the open cart", Type.NUMBER, "cart.total"),
    CART_ITEMS("cartItems", "Cart", "Items in the open cart", Type.COUNT, "cart.itemCount"),
    CART_CHANGED_DATE("cartChangedDate", "Cart", "Open cart last changed", Type.DATE, "cart.daysSinceChange", Takes.NOTHING, "cart.itemCount > 0"),
    LAST_SEEN_DATE("lastSeenDate", "Engagement", "Last seen", Type.DATE, "engagement.daysSinceSeen", "engagement.seen", "engagement.seenSince", "engagement.seenBefore"),
    OPENS("opens", "Engagement", "Messages opened", Type.COUNT, "engagement.opens"),
    CLICKS("clicks", "Engagement", "Messages clicked", Type.COUNT, "engagement.clicks"),
    OPENS_IN_LAST_DAYS("opensInLastDays", "Engagement", "Opened in the last … days", Type.COUNT, "engagement.opensWithin", Takes.DAYS),
    CLICKS_IN_LAST_DAYS("clicksInLastDays", "Engagement", "Clicked in the last … days", Type.COUNT, "engagement.clicksWithin", Takes.DAYS),
    LAST_OPEN_DATE("lastOpenDate", "Engagement", "Last open", Type.DATE, "engagement.daysSinceOpen", Takes.NOTHING, "engagement.opens > 0"),
    LAST_CLICK_DATE("lastClickDate", "Engagement", "Last click", Type.DATE, "engagement.daysSinceClick", Takes.NOTHING, "engagement.clicks > 0"),
    RECENCY("recency", "RFM", "Recency score", Type.SCORE, "rfm.recency", "rfm.recency > 0", 0),
    FREQUENCY("frequency", "RFM", "Frequency score", Type.SCORE, "rfm.frequency", "rfm.frequency > 0", 0),
    MONETARY("monetary", "RFM", "Monetary score", Type.SCORE, "rfm.monetary", "rfm.monetary > 0", 0),
    RFM_SEGMENT("rfmSegment", "RFM", "RFM segment", Type.CHOICE, "rfm.segment"),
    SUBSCRIPTION_STATUS("subscriptionStatus", "Subscription", "Subscription", Type.CHOICE, "subscription.status"),
    SUBSCRIPTION_START_DATE("subscriptionStartDate", "Subscription", "Subscription started", Type.DATE, "subscription.daysSinceStart", Takes.NOTHING,
            "events.count(\"subscription.created\") > 0"),
    SUBSCRIPTION_RENEWAL_DATE("subscriptionRenewalDate", "Subscription", "Subscription renewed", Type.DATE, "subscription.daysSinceRenewal", Takes.NOTHING,
            "events.count(\"subscription.renewed\") > 0"),
    SUBSCRIPTION_CANCELLATION_DATE("subscriptionCancellationDate", "Subscription", "Subscription cancelled", Type.DATE, "subscription.daysSinceCancellation",
            Takes.NOTHING, "events.count(\"subscription.cancelled\") > 0"),
    PAYMENT_FAILURE_DATE("paymentFailureDate", "Subscription", "Payment failed", Type.DATE, "subscription.daysSincePaymentFailure", Takes.NOTHING,
            "events.count(\"subscription.payment_failed\") > 0"),
    EVENT_COUNT("eventCount", "Events", "Number of … events", Type.COUNT, "events.count", Takes.NAME_AND_DAYS),
    LAST_EVENT_DATE("lastEventDate", "Events", "Last … event", Type.DATE, "events.daysSinceLast", Takes.NAME, "events.count(%s) > 0"),
    COUNTRY("country", "Person", "Country", Type.TEXT, "country"),
    TIME_ZONE("timeZone", "Person", "Time zone", Type.TEXT, "timeZone"),
    EMAIL("email", "Person", "Email address", Type.TEXT, "email"),
    PHONE("phone", "Person", "Phone number", Type.TEXT, "phone"),
    CUSTOMER_SINCE("customerSince", "Person", "Customer since", Type.DATE, "daysSinceKnown", "", "knownSince", "knownBefore"),
    BIRTHDAY("birthday", "Person", "Date of birth", Type.DATE, "", "", "bornSince", "bornBefore"),
    DAYS_TO_BIRTHDAY("daysToBirthday", "Person", "Days to the next birthday", Type.COUNT, "daysToBirthday", "daysToBirthday <= 366", Double.POSITIVE_INFINITY),
    ATTRIBUTE_TEXT("attributes", "Attributes", "Attribute … (text)", Type.TEXT, "text", Takes.NAME),
    ATTRIBUTE_NUMBER("attributes", "Attributes", "Attribute … (number)", Type.NUMBER, "number", Takes.NAME),
    ATTRIBUTE_FLAG("attributes", "Attributes", "Attribute … (yes or no)", Type.FLAG, "flag", Takes.NAME),
    ATTRIBUTE_DATE("attributes", "Attributes", "Attribute … (date)", Type.DATE, "daysSince", Takes.NAME, "hasDate(%s)", "dateSince", "dateBefore", 0),
    SEGMENT("segment", "Segment", "Segment", Type.SEGMENT, "inSegment");

    /** What kind of value it has. A {@code SCORE} goes from 1 to 5; of a {@code CHOICE} there are few values, and always one. */
    public enum Type { COUNT, NUMBER, SCORE, DATE, TEXT, CHOICE, FLAG, SEGMENT }

    /** What follows its name: {@code ordersInLastDays:30}. */
    public enum Takes { NOTHING, DAYS, NAME, NAME_AND_DAYS }

    public final String key;
    public final String group;
    public final String label;
    public final Type type;
    public final Takes takes;
    /** The path that rules read; of a date, the one that counts days since. */
    final String fact;
    /** Holds of customers who have such a value at all; {@code %s} stands for the name in quotes. Empty: all have. */
    final String guard;
    /** Of a date: on or after, before a day. {@code null}: there is no such fact. */
    final @Nullable String since;
    final @Nullable String before;
    /** Of a number: what the fact says where there is no value. */
    final double missing;

    Kind(String key, String group, String label, Type type, String fact) {
        this(key, group, label, type, fact, Takes.NOTHING, "", null, null, Double.NaN);
    }

    Kind(String key, String group, String label, Type type, String fact, Takes takes) {
        this(key, group, label, type, fact, takes, "", null, null, Double.NaN);
    }

    Kind(String key, String group, String label, Type type, String fact, String guard, double missing) {
        this(key, group, label, type, fact, Takes.NOTHING, guard, null, null, missing);
    }

    Kind(String key, String group, String label, Type type, String fact, Takes takes, String guard) {
        this(key, group, label, type, fact, takes, guard, null, null, Double.NaN);
    }

    Kind(String key, String group, String label, Type type, String fact, String guard, String since, String before) {
        this(key, group, label, type, fact, Takes.NOTHING, guard, since, before, Double.NaN);
    }

    Kind(String key, String group, String label, Type type, String fact, Takes takes, String guard, @Nullable String since, @Nullable String before, double missing) {
        this.key = key;
        this.group = group;
        this.label = label;
        this.type = type;
        this.takes = takes;
        this.fact = fact;
        this.guard = guard;
        this.since = since;
        this.before = before;
        this.missing = missing;
    }

    boolean isAttribute() {
        return group.equals("Attributes");
    }

    boolean isNumber() {
        return type == Type.COUNT || type == Type.NUMBER || type == Type.SCORE;
    }

    /** Whether it never lies ahead. */
    boolean isPast() {
        return this != ATTRIBUTE_DATE;
    }

    boolean isWhole() {
        return type == Type.COUNT || type == Type.SCORE;
    }

    /** Whether it is never below zero. */
    boolean isFromZero() {
        return isWhole() || this == CART_TOTAL;
    }
}
