package dev.drover.ruleset.fact;

/** What a rule in {@code rules/segments} may say. */
public final class SegmentVerbs extends Verdicts {

    /** The customer belongs to the segment, and why. */
    public void enter(Customer customer, String segment, String reason) {
        add("enter", customer.getId(), segment, reason, null);
    }
}
