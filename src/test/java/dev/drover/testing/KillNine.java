package dev.drover.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * kill -9 of application and engine, again and again, in the middle of running journeys of two mails with a wait between. Afterwards
 * every journey must have ended, and every customer have exactly the two mails, in the ledger and with the provider.
 */
public record KillNine(int journeys, int kills, long seed) {

    /**
     * @param different messages by customer, template and status: two for each journey when all went well
     * @param twice     of these, those that are there more than once
     * @param captured  how many of them the provider took; those that welcome the new customers don't count
     */
    public record Result(int different, long twice, int captured) {}

    public Result run() throws IOException, InterruptedException {
        var random = new Random(seed);
        var drover = DroverProcess.fresh();
        try (drover) {
            var api = drover.api();
            api.post("/api/v1/journeys", "application/xml", Files.readString(Path.of("bench/journeys/bench-crash.bpmn")));
            var ids = Shoppers.create(api, "crash", journeys);
            api.postJson("/api/v1/events", ids.stream().map(id -> Shoppers.event(id, "bench.crash")).collect(Collectors.joining(",", "{\"events\": [", "]}")));
            for (int kill = 0; kill < kills; kill++) {
                LockSupport.parkNanos(Duration.ofMillis(300 + random.nextInt(3_000)).toNanos());
                drover.killNine();
                drover.start();
            }
            Api.await("every journey ended", Duration.ofMinutes(5), () -> progress(api).path("completed").asInt() == journeys);
            Api.await("every message sent", Duration.ofMinutes(2), () -> messages(api, "&status=sent").size() >= 2 * journeys);
            return count(drover);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private static Result count(DroverProcess drover) throws IOException, InterruptedException, SQLException {
        Map<String, Integer> perCustomer = new HashMap<>();
        for (JsonNode message : messages(drover.api(), "")) {
            String key = message.get("customerId").asString() + " " + message.get("template").asString() + " " + message.get("status").asString();
            perCustomer.merge(key, 1, Integer::sum);
        }
        try (var connection = drover.database(); var statement = connection.createStatement()) {
            var rows = statement.executeQuery("SELECT count(*) FROM captured_message c JOIN message m ON m.id = c.message_id WHERE m.origin_id = 'bench-crash'");
            rows.next();
            return new Result(perCustomer.size(), perCustomer.values().stream().filter(n -> n > 1).count(), rows.getInt(1));
        }
    }

    private static List<JsonNode> messages(Api api, String filter) throws IOException, InterruptedException {
        return api.all("/api/v1/messages?journey=bench-crash" + filter);
    }

    private static JsonNode progress(Api api) throws IOException, InterruptedException {
        return api.get("/api/v1/journeys/bench-crash/progress").get("instances");
    }
}
