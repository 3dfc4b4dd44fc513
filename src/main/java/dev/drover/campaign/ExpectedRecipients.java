package dev.drover.campaign;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drover.campaign.Runs.Run;
import dev.drover.kernel.Problem;
import java.time.Duration;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How many a campaign that hasn't begun will be sent to, without asking the eligibility rules about each: whoever looks at a month waits for all of its campaigns. */
@Component
class ExpectedRecipients {

    private static final Duration KNOWN_FOR = Duration.ofMinutes(1);
    private static final int LOOKED_AT = 5;

    private final Crowds crowds;
    private final Runs runs;
    private final Cache<AudienceKey, Long> known = Caffeine.newBuilder().expireAfterWrite(KNOWN_FOR).maximumSize(2_000).build();

    ExpectedRecipients(Crowds crowds, Runs runs) {
        this.crowds = crowds;
        this.runs = runs;
    }

    /** Whoever is in its audience now, as it was within the last minute. @return {@code null}: its conditions can't be asked any more, which is told where it is sent */
    @Nullable Long next(Campaign campaign) {
        return known.get(AudienceKey.of(campaign), key -> {
            try {
                return crowds.now(campaign, 1).count();
            } catch (Problem unknown) {
                return null;
            }
        });
    }

    /**
     * What comes after the next: as many again, or where nobody gets it twice, as many as it was lately.
     *
     * @return {@code null}: nobody gets it twice, and it never was sent; or as of the next
     */
    @Nullable Long later(Campaign campaign) {
        if (campaign.settings().oncePerDays() == 0) {
            return next(campaign);
        }
        OptionalDouble lately = runs.of(campaign.id()).stream().filter(Run::begun).limit(LOOKED_AT).mapToLong(Run::recipients).average();
        return lately.isPresent() ? Long.valueOf(Math.round(lately.getAsDouble())) : null;
    }
}
