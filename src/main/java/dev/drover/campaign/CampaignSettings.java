package dev.drover.campaign;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code drover.campaign.*}.
 *
 * @param lateWithin      a campaign whose time came while the server was away is sent when it is back, if that is no later than so long; else somebody is asked
 * @param attributionDays an order counts for a campaign within so many days after a click in its message
 * @param sample          an estimate for more recipients than these asks the rules for as many, and says so
 * @param minimumSample  recipients of each variant that a test needs, where it doesn't say another number
 */
@ConfigurationProperties("drover.campaign")
record CampaignSettings(@DefaultValue("PT2H") Duration lateWithin, @DefaultValue("7") int attributionDays, @DefaultValue("5000") int sample,
        @DefaultValue("1000") int minimumSample) {

    CampaignSettings {
        if (lateWithin.isNegative() || attributionDays < 1 || sample < 100 || minimumSample < 1) {
            throw new IllegalArgumentException("drover.campaign.late-within can't be less than nothing, attribution-days must be 1 at least sample 100 at least and minimum-sample 1 at least.");
        }
    }
}
