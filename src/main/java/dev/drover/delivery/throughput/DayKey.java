package dev.drover.delivery.throughput;

/** What is counted by day. @param domain empty: all of the provider's */
record DayKey(String provider, String domain) implements Comparable<DayKey> {

    static DayKey all(String provider) {
        return new DayKey(provider, "");
    }

    @Override
    public int compareTo(DayKey other) {
        int byProvider = provider.compareTo(other.provider);
        return byProvider != 0 ? byProvider : domain.compareTo(other.domain);
    }
}
