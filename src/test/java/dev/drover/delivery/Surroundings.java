package dev.drover.delivery;

import dev.drover.kernel.PlatformClock;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** An application that consists of one provider's configuration, in an environment of the test's own. */
public final class Surroundings {

    public static final PlatformClock CLOCK = new PlatformClock(Clock.fixed(HttpProviderContract.NOW, ZoneOffset.UTC), false, Duration.ZERO);

    private Surroundings() {}

    /** @param environment name, value, name, value … */
    public static ApplicationContextRunner with(Class<?> configuration, String... environment) {
        Map<String, Object> variables = new LinkedHashMap<>();
        for (int n = 0; n < environment.length; n += 2) {
            variables.put(environment[n], environment[n + 1]);
        }
        return new ApplicationContextRunner().withUserConfiguration(configuration).withBean(PlatformClock.class, () -> CLOCK).withInitializer(context -> {
            context.getEnvironment().getPropertySources().addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables));
            ConfigurationPropertySources.attach(context.getEnvironment());
        });
    }
}
