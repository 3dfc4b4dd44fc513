package dev.drover.engine;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The way to Camunda 8 ({@code DROVER_ENGINE_…}).
 *
 * @param mode              {@code embedded}: a child process on this machine; {@code remote}: your cluster
 * @param distribution      embedded: the unpacked engine
 * @param exporter          embedded: the jar of ours that runs inside it
 * @param heap              embedded: the child's {@code -Xmx}
 * @param address           remote: the gateway, {@code http://host:26500} in plaintext or {@code https://host:443}
 * @param restAddress       remote: the REST gateway, where it isn't the same host at 8080
 * @param managementAddress remote: the broker's management address; needed only where the platform's clock is controllable
 * @param identity          remote: names the cluster's data, the exporter there has the same as {@code args.identity}
 * @param inFlight          commands under way at once, at most
 * @param patience          how long a command is tried again before it fails as unavailable
 * @param workerThreads     jobs of this process handled at once, at most
 * @param jobTimeout        after which a job that was taken and not finished goes to somebody else
 */
@ConfigurationProperties("drover.engine")
record EngineSettings(
        @DefaultValue("embedded") String mode,
        @DefaultValue("target/engine") Path distribution,
        @DefaultValue("target/drover-exporter.jar") Path exporter,
        @DefaultValue("256m") String heap,
        @Nullable URI address,
        @Nullable URI restAddress,
        @Nullable URI managementAddress,
        @DefaultValue("remote") String identity,
        @DefaultValue("96") int inFlight,
        @DefaultValue("60s") Duration patience,
        @DefaultValue("8") int workerThreads,
        @DefaultValue("30s") Duration jobTimeout,
        @Nullable OAuth oauth) {

    /**
     * @param url      where tokens come from
     * @param audience what they are for, such as {@code zeebe.camunda.io}
     */
    record OAuth(String url, String clientId, String clientSecret, String audience, @Nullable String scope) {

        OAuth {
            if (url == null || clientId == null || clientSecret == null || audience == null) {
                throw new IllegalArgumentException("DROVER_ENGINE_OAUTH needs all of _URL, _CLIENT_ID, _CLIENT_SECRET and _AUDIENCE.");
            }
        }

        @Override
        public String toString() {
            return "OAuth[" + url + ", " + clientId + "]";
        }
    }

    EngineSettings {
        if (!mode.equals("embedded") && !mode.equals("remote")) {
            throw new IllegalArgumentException("DROVER_ENGINE_MODE is '%s': use 'embedded' or 'remote'.".formatted(mode));
        }
        if (mode.equals("remote") && (address == null || address.getHost() == null)) {
            throw new IllegalArgumentException(
                    "DROVER_ENGINE_ADDRESS is '%s': with DROVER_ENGINE_MODE=remote give the gateway, for example http://zeebe:26500.".formatted(address));
        }
        if (inFlight < 1 || workerThreads < 1) {
            throw new IllegalArgumentException("drover.engine.in-flight and drover.engine.worker-threads are at least 1.");
        }
        distribution = distribution.toAbsolutePath().normalize();
        exporter = exporter.toAbsolutePath().normalize();
    }

    boolean embedded() {
        return mode.equals("embedded");
    }
}
