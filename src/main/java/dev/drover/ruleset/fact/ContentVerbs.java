package dev.drover.ruleset.fact;

/** What a rule in {@code rules/content} may say: which way a journey goes, or what it offers. The first that speaks, by salience, decides. */
public final class ContentVerbs extends Verdicts {

    /** This is to be done with the customer, and why. */
    public void decide(Customer customer, String decision, String reason) {
        add("decide", customer.getId(), decision, reason, null);
    }
}
