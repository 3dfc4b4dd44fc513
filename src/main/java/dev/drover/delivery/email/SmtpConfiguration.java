package dev.drover.delivery.email;

import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Mail leaves only where a server is named; elsewhere the capture provider keeps it. */
@Configuration
@ConditionalOnExpression("'${drover.smtp.host:}' != ''")
@EnableConfigurationProperties(SmtpSettings.class)
class SmtpConfiguration {

    @Bean
    SmtpProvider smtpProvider(SmtpSettings settings, dev.drover.kernel.PlatformClock clock) {
        return new SmtpProvider(settings, clock);
    }
}
