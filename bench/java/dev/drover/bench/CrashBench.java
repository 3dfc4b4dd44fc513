package dev.drover.bench;

import dev.drover.testing.Api;
import dev.drover.testing.DroverProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * kill -9 of application and engine, ten times, in the middle of 500 running journeys of two mails with a wait between. Afterwards every
 * journey has ended and every customer has exactly the two mails, in the ledger and in the inbox.
 */
final class CrashBench implements Bench.Program {

    private static final int JOURNEYS = 500;
    private static final int KILLS = Integer.getInteger("kills", 10);

    @Override
    public void run() throws Exception {
        var random = new Random(Long.getLong("seed", 2026));
        var drover = DroverProcess.fresh();
        try (drover) {
            var api = drover.api();
            api.post("/api/v1/journeys", "application/xml", Files.readString(Path.of("bench/journeys/bench-crash.bpmn")));
            var ids = Shoppers.create(api, "crash", JOURNEYS);
            String events = ids.stream().map(id -> Shoppers.event(id, "bench.crash")).collect(Collectors.joining(",", "{\"events\": [", "]}"));
            System.out.println("accepted: " + api.post("/api/v1/events", "application/json", events));
            for (int kill = 1; kill <= KILLS; kill++) {
                Thread.sleep(500 + random.nextInt(3_000));
                System.out.printf("kill %d at %s%n", kill, progress(api));
                drover.killNine();
                System.out.printf("  ready again after %.1f s%n", drover.start());
            }
            Api.await("every journey ended", Duration.ofMinutes(5), () -> progress(api).path("completed").asInt() == JOURNEYS);
            Api.await("every message sent", Duration.ofMinutes(2), () -> count(api, "sent") == 2 * JOURNEYS);
            System.out.println("journeys: " + progress(api));
            check(api, drover);
        }
    }

    private static void check(Api api, DroverProcess drover) throws Exception {
        Map<String, Integer> perCustomer = new HashMap<>();
        for (JsonNode message : api.all("/api/v1/messages?journey=bench-crash")) {
            perCustomer.merge(message.get("customerId").asString() + " " + message.get("template").asString() + " " + message.get("status").asString(), 1, Integer::sum);
        }
        long twice = perCustomer.values().stream().filter(n -> n > 1).count();
        int captured;
        try (var connection = drover.database(); var statement = connection.createStatement()) {
            var rows = statement.executeQuery("SELECT count(*), count(DISTINCT message_id) FROM captured_message");
            rows.next();
            captured = rows.getInt(1);
        }
        boolean good = perCustomer.size() == 2 * JOURNEYS && twice == 0 && captured == 2 * JOURNEYS;
        System.out.printf("messages: %d wanted, %d in the ledger, %d twice, %d in the inbox: %s%n",
                2 * JOURNEYS, perCustomer.size(), twice, captured, good ? "none lost, none twice" : "WRONG");
        if (!good) {
            System.exit(1);
        }
    }

    private static JsonNode progress(Api api) throws IOException, InterruptedException {
        return api.get("/api/v1/journeys/bench-crash/progress").get("instances");
    }

    private static int count(Api api, String status) throws IOException, InterruptedException {
        return api.all("/api/v1/messages?journey=bench-crash&status=" + status).size();
    }
}
