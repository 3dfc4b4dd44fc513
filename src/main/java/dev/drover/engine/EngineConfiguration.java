package dev.drover.engine;

import dev.drover.kernel.DroverSettings;
import dev.drover.kernel.PlatformClock;
import io.camunda.client.CamundaClient;
import io.camunda.client.CamundaClientConfiguration;
import io.camunda.client.CredentialsProvider;
import io.camunda.client.impl.CamundaClientImpl;
import io.grpc.ManagedChannel;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
@EnableConfigurationProperties(EngineSettings.class)
class EngineConfiguration {

    @Configuration
    @ConditionalOnProperty(name = "drover.engine.mode", matchIfMissing = true, havingValue = "embedded")
    static class Embedded {

        /** The migration is a parameter because the engine's exporter writes to tables from its first second. */
        @Bean
        EmbeddedEngine embeddedEngine(EngineSettings settings, DroverSettings drover, PlatformClock clock, DataSource dataSource,
                SecureRandom random, FlywayMigrationInitializer migrated) {
            return EmbeddedEngine.launch(settings, drover.home(), clock, HistoryTarget.of(dataSource), random);
        }

        @Bean
        EngineConnection engineConnection(EmbeddedEngine engine) {
            return engine.connection();
        }

        @Bean
        EngineClock engineClock(EmbeddedEngine engine) {
            return engine.clock();
        }
    }

    @Configuration
    @ConditionalOnProperty(name = "drover.engine.mode", havingValue = "remote")
    static class Remote {

        @Bean
        EngineConnection engineConnection(EngineSettings settings) {
            URI grpc = settings.address();
            URI rest = settings.restAddress() != null ? settings.restAddress() : URI.create("http://" + grpc.getHost() + ":8080");
            return new EngineConnection(settings.identity(), grpc, rest);
        }

        @Bean
        EngineClock engineClock(EngineSettings settings, PlatformClock clock) {
            var engine = new EngineClock(clock, settings.managementAddress());
            engine.follow();
            return engine;
        }
    }

    @Bean
    CamundaClient camundaClient(EngineConnection connection, EngineSettings settings, DroverSettings drover,
            ObjectProvider<EmbeddedEngine> embedded) {
        var builder = CamundaClient.newClientBuilder()
                .applyEnvironmentVariableOverrides(false)
                .grpcAddress(connection.grpc())
                .restAddress(connection.rest())
                .preferRestOverGrpc(false)
                .defaultRequestTimeout(Duration.ofSeconds(15))
                .defaultJobWorkerName("drover-" + ProcessHandle.current().pid())
                .jobHandlingExecutor(Executors.newFixedThreadPool(settings.workerThreads(), Thread.ofPlatform().name("job-", 1).factory()), true);
        var oauth = settings.oauth();
        if (oauth != null) {
            builder.credentialsProvider(CredentialsProvider.newCredentialsProviderBuilder()
                    .authorizationServerUrl(oauth.url())
                    .clientId(oauth.clientId())
                    .clientSecret(oauth.clientSecret())
                    .audience(oauth.audience())
                    .scope(oauth.scope())
                    .credentialsCachePath(drover.home().resolve("engine-credentials").toString())
                    .build());
        }
        // The builder's own way, but for the channel: after an outage it would wait up to two minutes before it looks for the engine again.
        var configuration = (CamundaClientConfiguration) builder;
        ManagedChannel channel = CamundaClientImpl.buildChannel(configuration);
        embedded.ifAvailable(engine -> engine.whenReady(channel::resetConnectBackoff));
        return new CamundaClientImpl(configuration, channel);
    }

    @Bean
    Commands engineCommands(EngineSettings settings) {
        return new Commands(settings.inFlight(), settings.patience());
    }
}
