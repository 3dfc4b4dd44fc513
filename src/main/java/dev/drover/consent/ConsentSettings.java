package dev.drover.consent;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param doubleOptIn          consent to e-mail counts once it was confirmed from the mailbox
 * @param doubleOptInCountries only for customers of these countries, as the shop writes them; empty: for all
 * @param confirmWithin        how long a confirmation of consent can be given
 * @param confirmEvery         an address is mailed for the same confirmation at most once in so long
 */
@ConfigurationProperties("drover.consent")
record ConsentSettings(@DefaultValue("false") boolean doubleOptIn, @Nullable List<String> doubleOptInCountries, @DefaultValue("P7D") Duration confirmWithin,
        @DefaultValue("PT12H") Duration confirmEvery) {

    ConsentSettings {
        doubleOptInCountries = doubleOptInCountries == null ? List.of()
                : doubleOptInCountries.stream().map(country -> country.strip().toLowerCase(Locale.ROOT)).filter(country -> !country.isEmpty()).toList();
        if (!confirmWithin.isPositive() || !confirmEvery.isPositive()) {
            throw new IllegalArgumentException("drover.consent.confirm-within and drover.consent.confirm-every must be more than nothing");
        }
    }

    boolean confirms(@Nullable String country) {
        return doubleOptIn && (doubleOptInCountries.isEmpty() || country != null && doubleOptInCountries.contains(country.strip().toLowerCase(Locale.ROOT)));
    }
}
