package dev.drover.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.drover.kernel.DroverSettings;
import dev.drover.kernel.PlatformClock;
import dev.drover.testing.IntegrationTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The engine that the tests' application runs, as a second application would see it: by its address. */
@IntegrationTest
class RemoteEngineIntegrationTests {

    @EnableConfigurationProperties(DroverSettings.class)
    static class Kernel {}

    @Autowired
    Engine engine;
    @Autowired
    EngineConnection embedded;
    @Autowired
    EmbeddedEngine broker;
    @Autowired
    PlatformClock clock;
    @TempDir
    Path home;

    @BeforeEach
    void theEngineIsThere() {
        await().atMost(Duration.ofSeconds(60)).until(engine::healthy);
    }

    @Test
    void isReachedByItsAddress() {
        remote().run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(EmbeddedEngine.class);
            assertThat(context.getBean(EngineHealth.class).up()).isTrue();
            assertThat(context.getBean(Engine.class).identity()).isEqualTo("cluster-7");
            context.getBean(Engine.class).deploy(Map.of());
        });
    }

    @Test
    void showsItsTokenFromTheAuthorizationServer() throws IOException {
        Queue<String> asked = new ConcurrentLinkedQueue<>();
        var authorization = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        authorization.createContext("/token", exchange -> {
            asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] answer = "{\"access_token\":\"t\",\"token_type\":\"Bearer\",\"expires_in\":3600}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        authorization.start();
        try {
            remote().withPropertyValues("drover.engine.oauth.url=http://127.0.0.1:" + authorization.getAddress().getPort() + "/token",
                    "drover.engine.oauth.client-id=me", "drover.engine.oauth.client-secret=secret", "drover.engine.oauth.audience=zeebe").run(context -> {
                assertThat(context).hasNotFailed();
                assertThat(context.getBean(EngineHealth.class).up()).isTrue();
            });
            assertThat(asked).isNotEmpty().allSatisfy(body -> assertThat(body).contains("grant_type=client_credentials", "audience=zeebe"));
        } finally {
            authorization.stop(0);
        }
    }

    @Test
    void needsAnAddress() {
        new ApplicationContextRunner().withUserConfiguration(EngineConfiguration.class).withPropertyValues("drover.engine.mode=remote")
                .run(context -> assertThat(context).getFailure().hasRootCauseMessage(
                        "DROVER_ENGINE_ADDRESS is 'null': with DROVER_ENGINE_MODE=remote give the gateway, for example http://zeebe:26500."));
    }

    private ApplicationContextRunner remote() {
        return new ApplicationContextRunner()
                .withUserConfiguration(Kernel.class, EngineConfiguration.class, EngineHealth.class, CamundaEngine.class)
                .withBean(PlatformClock.class, () -> clock)
                .withPropertyValues("drover.home=" + home, "drover.engine.mode=remote", "drover.engine.address=" + embedded.grpc(),
                        "drover.engine.rest-address=" + embedded.rest(), "drover.engine.management-address=" + broker.management(),
                        "drover.engine.identity=cluster-7");
    }
}
