package dev.drover.mainjob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testing.Api;
import dev.drover.testing.DroverProcess;
import dev.drover.testing.Shoppers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** kill -9 of application and engine in the middle of moving some hundred customers to a new version: afterwards each is on it once. */
class MoveKilledIntegrationTests {

    private static final int CUSTOMERS = 300;

    @Test
    void everybodyIsMovedOnce() throws Exception {
        try (var drover = DroverProcess.fresh()) {
            var api = drover.api();
            String diagram = Files.readString(Path.of("bench/journeys/bench-crash.bpmn")).replace("PT20S", "P3D");
            api.post("/api/v1/journeys", "application/xml", diagram);
            var ids = Shoppers.create(api, "moved", CUSTOMERS);
            api.postJson("/api/v1/events", ids.stream().map(id -> Shoppers.event(id, "bench.crash")).collect(Collectors.joining(",", "{\"events\": [", "]}")));
            Api.await("everybody waits", Duration.ofMinutes(3), () -> waiting(api, 1) == CUSTOMERS);
            api.post("/api/v1/journeys", "application/xml", diagram.replace("P3D", "P5D"));
            long task = api.postJson("/api/v1/journeys/bench-crash/migrate", "{}").get("task").asLong();
            for (int kill = 0; kill < 2; kill++) {
                int wanted = (kill + 1) * CUSTOMERS / 4;
                Api.await("some are moved", Duration.ofMinutes(2), () -> waiting(api, 2) >= wanted);
                drover.killNine();
                drover.start();
            }
            Api.await("everybody is moved", Duration.ofMinutes(4), () -> api.get("/api/v1/journeys/bench-crash/tasks/" + task).get("state").asString().equals("done"));

            var told = api.get("/api/v1/journeys/bench-crash/tasks/" + task);
            assertThat(told.get("done").asInt()).isEqualTo(CUSTOMERS);
            assertThat(told.get("left").asInt()).isZero();
            // The history is a moment behind.
            Api.await("everybody waits there", Duration.ofMinutes(1), () -> waiting(api, 2) == CUSTOMERS);
            try (var database = drover.database()) {
                assertThat(number(database, "SELECT count(*) FROM engine_instance i JOIN engine_process p ON p.id = i.process WHERE p.process_id = 'bench-crash' AND i.state = 'active'"))
                        .isEqualTo(CUSTOMERS);
                assertThat(number(database, """
                        SELECT count(DISTINCT i.customer_id) FROM engine_instance i JOIN engine_process p ON p.id = i.process
                         WHERE p.process_id = 'bench-crash' AND p.version = 2 AND i.state = 'active'""")).isEqualTo(CUSTOMERS);
                assertThat(number(database, "SELECT count(*) FROM message WHERE origin_id = 'bench-crash'")).isEqualTo(CUSTOMERS);
            }
        }
    }

    private static int waiting(Api api, int version) throws Exception {
        for (var element : api.get("/api/v1/journeys/bench-crash/progress?version=" + version).get("elements")) {
            if (element.get("elementId").asString().equals("wait")) {
                return element.get("now").asInt();
            }
        }
        return 0;
    }

    private static long number(Connection database, String sql) throws Exception {
        try (var statement = database.createStatement(); var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
