package dev.drover.delivery.email;

import dev.drover.kernel.PlatformClock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Mail leaves only where a server is named; elsewhere the capture provider keeps it. */
@Configuration
@ConditionalOnExpression("'${drover.smtp.host:}' != ''")
@EnableConfigurationProperties({SmtpSettings.class, DkimSettings.class})
class SmtpConfiguration {

    @Bean
    SmtpProvider smtpProvider(SmtpSettings settings, DkimSettings dkim, PlatformClock clock) {
        return new SmtpProvider(settings, DkimSigning.of(dkim), clock);
    }
}
