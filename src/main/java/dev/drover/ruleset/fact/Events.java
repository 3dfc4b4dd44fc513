package dev.drover.ruleset.fact;

import java.util.Map;

/** What a customer did, counted by name and day (UTC): {@code events.count("product.viewed", 7) >= 3}. */
public final class Events {

    /**
     * One name's counts, oldest first, as arrays of one length.
     *
     * @param days   since 1970, UTC
     * @param lastAt see {@link Moments}
     */
    public record Days(long[] days, int[] counts, long lastAt) {}

    private final Map<String, Days> byName;
    private final long now;

    public Events(Map<String, Days> byName, long now) {
        this.byName = byName;
        this.now = now;
    }

    /** How often ever. */
    public int count(String name) {
        return sum(name, Long.MIN_VALUE);
    }

    /** How often on the last so many days, today being one of them. */
    public int count(String name, int days) {
        return sum(name, Math.floorDiv(now, Moments.DAY) - days + 1);
    }

    public double daysSinceLast(String name) {
        return Moments.daysBetween(lastAt(name), now);
    }

    /** For working out when time alone changes a decision; not for rules. */
    public long lastAt(String name) {
        var days = byName.get(name);
        return days == null ? Moments.NEVER : days.lastAt();
    }

    public Map<String, Days> byName() {
        return byName;
    }

    private int sum(String name, long since) {
        var one = byName.get(name);
        int sum = 0;
        for (int n = one == null ? -1 : one.days().length - 1; n >= 0 && one.days()[n] >= since; n--) {
            sum += one.counts()[n];
        }
        return sum;
    }
}
