package dev.drover.ruleset.fact;

/** Scores from 1 to 5, 5 being the best; all 0 for who never ordered. Calculated nightly over everybody. */
public final class Rfm {

    public static final Rfm NONE = new Rfm(0, 0, 0, "none");

    private final int recency;
    private final int frequency;
    private final int monetary;
    private final String segment;

    public Rfm(int recency, int frequency, int monetary, String segment) {
        this.recency = recency;
        this.frequency = frequency;
        this.monetary = monetary;
        this.segment = segment;
    }

    public int getRecency() {
        return recency;
    }

    public int getFrequency() {
        return frequency;
    }

    public int getMonetary() {
        return monetary;
    }

    /** The named cell, such as {@code champions}; {@code none}: never ordered. */
    public String getSegment() {
        return segment;
    }
}
