package dev.drover.ruleset.fact;

import java.time.Instant;

/** What a rule in {@code rules/eligibility} may say. Silence means: send. A skip outweighs a defer. */
public final class DeliveryVerbs extends Verdicts {

    /** The message is never sent, and why. */
    public void skip(Message message, String reason) {
        add("skip", 0, message.getChannel(), reason, null);
    }

    /** The message waits, until when and why; it is asked again then. */
    public void defer(Message message, Instant until, String reason) {
        add("defer", 0, message.getChannel(), reason, until);
    }
}
