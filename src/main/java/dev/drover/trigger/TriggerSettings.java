package dev.drover.trigger;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code drover.trigger.*}.
 *
 * @param lateAfter      what is known later than so long after it happened isn't acted upon, unless a trigger says otherwise; the same goes for what a
 *                       downtime left undone
 * @param hourlyLimit    how often one trigger acts within an hour before it is taken for a storm, unless it says otherwise
 * @param customerLimit  how many occasions of one trigger count for one customer within an hour; the rest is refused at once
 * @param stormRest      a storm that held nothing for so long is over
 * @param shippedActive  whether triggers that come along begin switched on; {@code null}: where nobody is known yet, so that an installation at work
 *                       mails nobody who hasn't asked for it
 * @param keepLog        how long the log tells what came of an occasion; what caps and re-entry ask for is kept as long as they need it
 * @param webhookTries   how often a webhook that doesn't answer is called
 */
@ConfigurationProperties("drover.trigger")
record TriggerSettings(@DefaultValue("PT24H") Duration lateAfter, @DefaultValue("10000") int hourlyLimit, @DefaultValue("10") int customerLimit,
        @DefaultValue("PT1H") Duration stormRest, @Nullable Boolean shippedActive, @DefaultValue("P90D") Duration keepLog,
        @DefaultValue("8") int webhookTries) {

    TriggerSettings {
        if (!lateAfter.isPositive() || hourlyLimit < 1 || customerLimit < 1 || !stormRest.isPositive() || webhookTries < 1) {
            throw new IllegalArgumentException("drover.trigger.late-after, hourly-limit, customer-limit, storm-rest and webhook-tries must be more than nothing.");
        }
        if (keepLog.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("drover.trigger.keep-log (DROVER_TRIGGER_KEEP_LOG) is '%s': use at least P1D, such as P90D.".formatted(keepLog));
        }
    }
}
