package dev.drover.kernel;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the installation's one row: the offset of its clock and its secret. The parameters on the migration keep the order of start-up. */
@Configuration
@EnableConfigurationProperties(DroverSettings.class)
class KernelConfiguration {

    @Bean
    PlatformClock platformClock(DroverSettings settings, DemoMode demo, JdbcClient jdbc, FlywayMigrationInitializer migrated) {
        boolean controllable = settings.clock() == null ? demo.on() : settings.clock().equals("controllable");
        long offset = controllable ? jdbc.sql("SELECT clock_offset_ms FROM installation").query(Long.class).single() : 0;
        return new PlatformClock(Clock.systemUTC(), controllable, Duration.ofMillis(offset));
    }

    @Bean
    TimeMachine timeMachine(PlatformClock clock, JdbcClient jdbc, ApplicationEventPublisher events, ObjectProvider<Appointments> appointments) {
        return new TimeMachine(clock, jdbc, events, appointments);
    }

    @Bean
    SecureRandom secureRandom() {
        return new SecureRandom();
    }

    @Bean
    SignedTokens signedTokens(DroverSettings settings, JdbcClient jdbc, SecureRandom random, FlywayMigrationInitializer migrated) {
        if (settings.secret() != null) {
            return new SignedTokens(settings.secret());
        }
        byte[] fresh = new byte[32];
        random.nextBytes(fresh);
        // Several instances may start at once: the first one's secret stands.
        jdbc.sql("UPDATE installation SET secret = coalesce(secret, ?)").param(HexFormat.of().formatHex(fresh)).update();
        return new SignedTokens(jdbc.sql("SELECT secret FROM installation").query(String.class).single());
    }

    @Bean
    DemoMode demoMode(DroverSettings settings, JdbcClient jdbc, DatabaseKind database, FlywayMigrationInitializer migrated) {
        return DemoMode.decide(settings, database, jdbc);
    }
}
