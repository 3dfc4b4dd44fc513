package dev.drover.campaign;

import dev.drover.campaign.Campaign.Audience;
import dev.drover.campaign.Campaign.Content;
import dev.drover.campaign.Campaign.Settings;
import dev.drover.campaign.Campaign.Type;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What somebody wants of a campaign, checked as far as that goes before it is sent. */
record Draft(String name, @Nullable String description, Type type, @Nullable Instant scheduledAt, Audience audience, Content content, Settings settings,
        @Nullable Map<String, Object> experiment) {

    static Draft of(Campaign campaign) {
        return new Draft(campaign.name(), campaign.description(), campaign.type(), campaign.scheduledAt(), campaign.audience(), campaign.content(), campaign.settings(), campaign.experiment());
    }

    Draft named(String other) {
        return new Draft(other, description, type, null, audience, content, settings.withoutEnd(), experiment);
    }
}
