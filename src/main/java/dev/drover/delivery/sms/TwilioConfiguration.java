package dev.drover.delivery.sms;

import dev.drover.delivery.WhereSet;
import dev.drover.kernel.PlatformClock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Text messages leave only where an account is named; elsewhere the capture provider keeps them. */
@Configuration
@WhereSet("drover.twilio.account-sid")
@EnableConfigurationProperties(TwilioSettings.class)
class TwilioConfiguration {

    @Bean
    TwilioProvider twilioProvider(TwilioSettings settings, @Value("${drover.base-url:}") String baseUrl, PlatformClock clock) {
        return new TwilioProvider(settings, new StatusCallback(baseUrl), clock);
    }
}
