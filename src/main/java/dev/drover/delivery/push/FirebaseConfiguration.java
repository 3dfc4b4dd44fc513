package dev.drover.delivery.push;

import dev.drover.delivery.WhereSet;
import dev.drover.kernel.PlatformClock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Push messages leave only where a key is named; elsewhere the capture provider keeps them. */
@Configuration
@WhereSet("drover.firebase.credentials")
@EnableConfigurationProperties(FirebaseSettings.class)
class FirebaseConfiguration {

    @Bean
    FirebaseProvider firebaseProvider(FirebaseSettings settings, PlatformClock clock) {
        return new FirebaseProvider(settings, clock);
    }
}
