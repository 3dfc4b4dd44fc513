package dev.drover.ruleset.fact;

import java.util.List;

/** How a customer reacts to messages. Opens and clicks of machines (privacy proxies, scanners) aren't counted. */
public final class Engagement {

    private static final List<String> CHANNELS = List.of("email", "sms", "push");

    private final Events events;
    private final long seenAt;
    private final long now;

    /** @param seenAt when the customer last did anything: ordered, looked at something, filled a cart, opened or clicked; see {@link Moments} */
    public Engagement(Events events, long seenAt, long now) {
        this.events = events;
        this.seenAt = seenAt;
        this.now = now;
    }

    public int getOpens() {
        return CHANNELS.stream().mapToInt(this::opensOf).sum();
    }

    public int getClicks() {
        return CHANNELS.stream().mapToInt(this::clicksOf).sum();
    }

    /** @param channel {@code email}, {@code sms} or {@code push} */
    public int opensOf(String channel) {
        return events.count(channel + ".opened");
    }

    public int clicksOf(String channel) {
        return events.count(channel + ".clicked");
    }

    /** On the last so many days (UTC), today being one of them; all channels. */
    public int opensWithin(int days) {
        return CHANNELS.stream().mapToInt(channel -> events.count(channel + ".opened", days)).sum();
    }

    public int clicksWithin(int days) {
        return CHANNELS.stream().mapToInt(channel -> events.count(channel + ".clicked", days)).sum();
    }

    public double getDaysSinceOpen() {
        return Moments.daysBetween(openedAt(), now);
    }

    public double getDaysSinceClick() {
        return Moments.daysBetween(clickedAt(), now);
    }

    /** Since the customer did anything at all. */
    public double getDaysSinceSeen() {
        return Moments.daysBetween(seenAt, now);
    }

    /** Whether the customer ever did anything. */
    public boolean isSeen() {
        return seenAt != Moments.NEVER;
    }

    /** Whether the last thing the customer did was on or after this ISO date (UTC). */
    public boolean seenSince(String date) {
        return isSeen() && seenAt >= Moments.parse(date);
    }

    public boolean seenBefore(String date) {
        return isSeen() && seenAt < Moments.parse(date);
    }

    /** For working out when time alone changes a decision; not for rules. */
    public long openedAt() {
        return CHANNELS.stream().mapToLong(channel -> events.lastAt(channel + ".opened")).max().orElse(Moments.NEVER);
    }

    public long clickedAt() {
        return CHANNELS.stream().mapToLong(channel -> events.lastAt(channel + ".clicked")).max().orElse(Moments.NEVER);
    }

    public long seenAt() {
        return seenAt;
    }
}
