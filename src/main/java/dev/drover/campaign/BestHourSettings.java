package dev.drover.campaign;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code drover.campaign.best-hour.*}, for campaigns sent at each one's best hour. Hours are those of the customer's own clock.
 *
 * @param from      the first that comes into question, 0 to 23
 * @param to        behind the last, 1 to 24; with {@code from} as the shipped quiet hours leave it, so that none is put off
 * @param days      of reactions that are looked at
 * @param weight    everybody's habits count as so many reactions of one's own
 */
@ConfigurationProperties("drover.campaign.best-hour")
record BestHourSettings(@DefaultValue("8") int from, @DefaultValue("21") int to, @DefaultValue("180") int days, @DefaultValue("20") double weight) {

    BestHourSettings {
        if (from < 0 || to > 24 || from >= to || days < 1 || !(weight > 0 && weight < 1e6)) {
            throw new IllegalArgumentException("drover.campaign.best-hour.from must be 0 at least and less than to, which is 24 at most; days 1 at least; weight above 0 and below a million.");
        }
    }
}
