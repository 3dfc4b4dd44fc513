package dev.drover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** docker-compose.yml can't be run where there is no Docker engine; what can be checked without one is checked. */
class ComposeTests {

    private final Map<String, Map<String, Object>> services = services();

    @Test
    void namesTheFivePartsOfAnInstallation() {
        assertThat(services).containsKeys("postgres", "camunda", "app", "worker", "mailpit");
    }

    @Test
    void pinsEveryForeignImage() {
        assertThat(services.values()).extracting(service -> (String) service.get("image"))
                .allSatisfy(image -> assertThat(image).contains(":").doesNotEndWith(":latest"));
    }

    @Test
    void keepsNoSecret() {
        services.forEach((name, service) -> environment(service).forEach((key, value) -> {
            if (key.matches(".*(PASSWORD|SECRET|TOKEN)")) {
                assertThat(String.valueOf(value)).as(name + "." + key).startsWith("${");
            }
        }));
    }

    @Test
    void startsTheAppOnlyBehindAHealthyDatabaseAndEngine() {
        for (String needed : new String[] {"postgres", "camunda"}) {
            assertThat(services.get(needed)).containsKey("healthcheck");
            assertThat(services.get("app").get("depends_on")).extracting(needed).extracting("condition").isEqualTo("service_healthy");
        }
    }

    @Test
    void runsTheWorkersFromTheSameImage() {
        assertThat(services.get("worker").get("image")).isEqualTo(services.get("app").get("image"));
        assertThat(environment(services.get("worker"))).containsEntry("SPRING_PROFILES_ACTIVE", "worker");
        assertThat(environment(services.get("app"))).containsEntry("DROVER_WORKERS_ENABLED", "false");
    }

    @Test
    void runsTheEngineThatTheBuildTests() throws IOException {
        var version = Pattern.compile("<camunda-engine.version>([^<]+)<").matcher(Files.readString(Path.of("pom.xml")));
        assertThat(version.find()).isTrue();
        assertThat(services.get("camunda").get("image")).isEqualTo("camunda/zeebe:" + version.group(1));
    }

    @Test
    void mountsAnExporterThatExists() throws ClassNotFoundException {
        var exporter = environment(services.get("camunda")).get("ZEEBE_BROKER_EXPORTERS_DROVER_CLASSNAME");
        assertThat(Class.forName(String.valueOf(exporter), false, getClass().getClassLoader())).isNotNull();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> environment(Map<String, Object> service) {
        return (Map<String, Object>) service.getOrDefault("environment", Map.of());
    }

    private static Map<String, Map<String, Object>> services() {
        try {
            Map<String, Map<String, Map<String, Object>>> compose = new Yaml().load(Files.readString(Path.of("docker-compose.yml")));
            return compose.get("services");
        } catch (IOException e) {
            throw new AssertionError("docker-compose.yml is read from the checkout's top folder", e);
        }
    }
}
