package dev.drover.ruleset.fact;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/** Who the message is for, as far as it matters for sending. */
public final class Recipient {

    private final boolean consented;
    private final @Nullable String suppressedFor;
    private final int marketingInLast7Days;
    private final ZonedDateTime localTime;

    /** @param suppressedFor the reason the address is suppressed for; {@code null}: it isn't */
    public Recipient(boolean consented, @Nullable String suppressedFor, int marketingInLast7Days, Instant now, ZoneId zone) {
        this.consented = consented;
        this.suppressedFor = suppressedFor;
        this.marketingInLast7Days = marketingInLast7Days;
        this.localTime = now.atZone(zone);
    }

    /** Whether consent was given for the message's channel and not withdrawn. */
    public boolean isConsented() {
        return consented;
    }

    public @Nullable String getSuppressedFor() {
        return suppressedFor;
    }

    /** Marketing messages of all channels accepted for this customer in the last 7 times 24 hours, this one not counted. */
    public int getMarketingInLast7Days() {
        return marketingInLast7Days;
    }

    /** The hour on the customer's clock, 0 to 23. */
    public int getLocalHour() {
        return localTime.getHour();
    }

    public String getTimeZone() {
        return localTime.getZone().getId();
    }

    /** The next time the customer's clock shows this full hour, in winter and summer time alike. */
    public Instant nextLocal(int hour) {
        var today = localTime.toLocalDate().atTime(LocalTime.of(hour, 0)).atZone(localTime.getZone());
        var next = today.isAfter(localTime) ? today : localTime.toLocalDate().plusDays(1).atTime(LocalTime.of(hour, 0)).atZone(localTime.getZone());
        return next.toInstant();
    }
}
