package dev.drover.ruleset.fact;

import java.util.Map;

/** A customer's subscription, as the shop's {@code subscription.*} events tell it; the latest of them says how it stands. */
public final class Subscription {

    private static final Map<String, String> STATUS = Map.of("subscription.created", "active", "subscription.renewed", "active", "subscription.resumed", "active",
            "subscription.paused", "paused", "subscription.payment_failed", "past_due", "subscription.cancelled", "cancelled");

    private final Events events;
    private final long now;

    public Subscription(Events events, long now) {
        this.events = events;
        this.now = now;
    }

    /** {@code none}, {@code active}, {@code paused}, {@code past_due} or {@code cancelled}. */
    public String getStatus() {
        String status = "none";
        long latest = Moments.NEVER;
        for (var one : STATUS.entrySet()) {
            long at = events.lastAt(one.getKey());
            if (at > latest) {
                latest = at;
                status = one.getValue();
            }
        }
        return status;
    }

    public boolean isActive() {
        return getStatus().equals("active");
    }

    public double getDaysSinceStart() {
        return events.daysSinceLast("subscription.created");
    }

    public double getDaysSinceRenewal() {
        return events.daysSinceLast("subscription.renewed");
    }

    public double getDaysSinceCancellation() {
        return events.daysSinceLast("subscription.cancelled");
    }

    public double getDaysSincePaymentFailure() {
        return events.daysSinceLast("subscription.payment_failed");
    }
}
