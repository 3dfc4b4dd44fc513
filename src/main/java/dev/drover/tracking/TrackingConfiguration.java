package dev.drover.tracking;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
@EnableConfigurationProperties(TrackingSettings.class)
class TrackingConfiguration {

    /** Some seconds of a big campaign's busiest minute, and a few megabytes. */
    private static final int ROOM = 20_000;

    @Bean
    HitBuffer hitBuffer(HitStore store) {
        return new HitBuffer(store::write, ROOM);
    }
}
