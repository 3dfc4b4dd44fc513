package dev.drover.delivery.email;

import dev.drover.delivery.WhereSet;
import dev.drover.kernel.PlatformClock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Mail leaves by Amazon SES where a region is named, also beside an SMTP server. */
@Configuration
@WhereSet("drover.ses.region")
@EnableConfigurationProperties(SesSettings.class)
class SesConfiguration {

    @Bean
    SesProvider sesProvider(SesSettings settings, PlatformClock clock) {
        return new SesProvider(settings, clock);
    }
}
