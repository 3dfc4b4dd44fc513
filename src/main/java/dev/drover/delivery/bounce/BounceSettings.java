package dev.drover.delivery.bounce;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When soft bounces are too many ({@code DROVER_BOUNCES_…}).
 *
 * @param softMost   that many messages to one address come back softly …
 * @param softWithin … within that time, and it gets no more
 * @param mailedWithin a bounce that doesn't name its message is taken for the last one that went to the address within that time
 */
@ConfigurationProperties("drover.bounces")
record BounceSettings(@DefaultValue("5") int softMost, @DefaultValue("P30D") Duration softWithin, @DefaultValue("P7D") Duration mailedWithin) {

    BounceSettings {
        if (softMost < 1 || softMost > 1_000) {
            throw new IllegalArgumentException("DROVER_BOUNCES_SOFT_MOST must be between 1 and 1000.");
        }
        if (softWithin.isNegative() || softWithin.isZero()) {
            throw new IllegalArgumentException("DROVER_BOUNCES_SOFT_WITHIN must be a duration above nothing, such as P30D.");
        }
        if (mailedWithin.isNegative()) {
            throw new IllegalArgumentException("DROVER_BOUNCES_MAILED_WITHIN must be a duration, such as P7D.");
        }
    }
}
