package dev.drover.delivery.email;

import dev.drover.delivery.WhereSet;
import dev.drover.kernel.PlatformClock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Mail leaves by SendGrid where a key is given, also beside an SMTP server. */
@Configuration
@WhereSet("drover.sendgrid.api-key")
@EnableConfigurationProperties(SendGridSettings.class)
class SendGridConfiguration {

    @Bean
    SendGridProvider sendGridProvider(SendGridSettings settings, PlatformClock clock) {
        return new SendGridProvider(settings, clock);
    }
}
