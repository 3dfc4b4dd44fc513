package dev.drover.outgoing;

import java.net.InetAddress;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
@EnableConfigurationProperties(OutgoingSettings.class)
class OutgoingConfiguration {

    @Bean
    OutgoingRequests outgoingRequests(OutgoingSettings settings) {
        return new OutgoingRequests(settings, InetAddress::getAllByName);
    }
}
