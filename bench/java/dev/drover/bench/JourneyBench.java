package dev.drover.bench;

import dev.drover.testing.Api;
import dev.drover.testing.DroverProcess;
import dev.drover.testing.Shoppers;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.CamundaFuture;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * How many journeys end in a second: those of the engine alone, whose workers do nothing, and ours, that begin on an event and send one mail, written down; the
 * engine alone both with the same journey and with the smallest there is.
 * Then many who wait three days at a timer: they come all at once, the application and the engine are killed in the middle of it, and three days later all go
 * on at once. Last, a crowd that waits is moved to another version and then ended. {@code -Djourneys=5000 -Drounds=4 -Dparked=100000 -Dcrowd=10000}.
 */
final class JourneyBench implements Bench.Program {

    private static final int JOURNEYS = Integer.getInteger("journeys", 5_000);
    private static final int PARKED = Integer.getInteger("parked", 100_000);
    private static final int CROWD = Integer.getInteger("crowd", 10_000);
    /** In the first ones the virtual machines still compile. */
    private static final int ROUNDS = Integer.getInteger("rounds", 4);
    private static final int IN_FLIGHT = 200;
    private static final int EVENTS = 1_000;
    private static final Duration PATIENCE = Duration.ofHours(1);

    @Override
    public void run() throws Exception {
        try (var drover = DroverProcess.startIn(Files.createTempDirectory(Path.of("target"), "process-home"), "768m", Map.of("DROVER_CLOCK", "controllable"))) {
            var api = drover.api();
            for (String journey : new String[] {"bench-ping", "bench-park"}) {
                api.post("/api/v1/journeys", "application/xml", Files.readString(Path.of("bench/journeys/" + journey + ".bpmn")));
            }
            customers(drover, Math.max(ROUNDS * JOURNEYS, PARKED + CROWD));
            try (var client = CamundaClient.newClientBuilder().grpcAddress(URI.create("http://127.0.0.1:" + drover.enginePort())).preferRestOverGrpc(false).build()) {
                client.newDeployResourceCommand().addResourceFile("bench/journeys/bench-noop.bpmn").addResourceFile("bench/journeys/bench-same.bpmn").send().join();
                for (int round = 0; round < ROUNDS; round++) {
                    double raw = raw(drover, client, JOURNEYS);
                    double same = same(drover, client, round, JOURNEYS);
                    double ours = ours(drover, round * JOURNEYS, JOURNEYS);
                    System.out.printf("round %d: %.0f journeys a second with a mail each; the same journey with empty workers %.0f: %.2f of it; one empty step %.0f: %.2f of it%n", round + 1,
                            ours, same, ours / same, raw, ours / raw);
                }
            }
            if (PARKED > 0) {
                park(drover, api);
            }
            if (CROWD > 0) {
                crowd(api);
            }
        }
    }

    /** Straight into the table: that they come is no part of what is measured. What they get isn't advertising, so nobody has to agree. */
    private static void customers(DroverProcess drover, int count) throws Exception {
        try (var database = drover.database(); var statement = database.createStatement()) {
            statement.execute("""
                    INSERT INTO customer (external_id, email, first_name, attributes, created_at, updated_at)
                    SELECT 'c-' || n, 'c-' || n || '@example.org', 'Sam', '{}', now(), now() FROM generate_series(0, %d) AS n""".formatted(count));
        }
    }

    /** Begun by a command each, nothing given and nothing asked. @return journeys a second */
    private static double raw(DroverProcess drover, CamundaClient client, int count) throws Exception {
        return empty("raw: the engine, one empty step", "bench-noop", drover, client, count, n -> client.newCreateInstanceCommand().bpmnProcessId("bench-noop").latestVersion().send());
    }

    /** The same journey as ours, begun by the same message: what the engine does for us, and nobody else does anything. */
    private static double same(DroverProcess drover, CamundaClient client, int round, int count) throws Exception {
        return empty("the same journey, empty workers", "bench-empty", drover, client, count, n -> client.newPublishMessageCommand().messageName("bench-empty").correlationKey("c-" + n)
                .messageId(round + "-" + n).timeToLive(Duration.ofHours(1)).variables(Map.of("customerId", "c-" + n, "journeyId", "bench-same", "event", Map.of())).send());
    }

    private static double empty(String what, String jobType, DroverProcess drover, CamundaClient client, int count, IntFunction<CamundaFuture<?>> begin) throws Exception {
        var room = new Semaphore(IN_FLIGHT);
        var ended = new AtomicInteger();
        var taken = drover.cpu();
        long begun = System.nanoTime();
        try (var worker = client.newWorker().jobType(jobType).handler((jobs, job) -> jobs.newCompleteCommand(job).send().whenComplete((done, failed) -> ended.incrementAndGet()))
                .streamEnabled(true).maxJobsActive(IN_FLIGHT).open()) {
            for (int n = 0; n < count; n++) {
                begin(n, begin, room);
            }
            Api.await(what, PATIENCE, () -> ended.get() >= count);
        }
        return told(what, count, begun, drover, taken);
    }

    /** What the engine has no room for is tried again, as ours is. */
    private static void begin(int n, IntFunction<CamundaFuture<?>> begin, Semaphore room) throws InterruptedException {
        room.acquire();
        begin.apply(n).whenComplete((done, failed) -> {
            room.release();
            if (failed != null) {
                try {
                    begin(n, begin, room);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
    }

    private static double ours(DroverProcess drover, int first, int count) throws Exception {
        var api = drover.api();
        var taken = drover.cpu();
        long begun = System.nanoTime();
        events(api, "bench.ping", first, count);
        // Looked at seldom: looking takes the processor from what is measured.
        Awaitility.await("all journeys end").atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> instances(api, "bench-ping", "completed") >= first + count);
        return told("begun on an event, one mail written down", count, begun, drover, taken);
    }

    private static void park(DroverProcess drover, Api api) throws Exception {
        long begun = System.nanoTime();
        events(api, "bench.park", 0, PARKED);
        System.out.printf("%,d events accepted in %.1f s%n", PARKED, (System.nanoTime() - begun) / 1e9);
        Api.await("half of them wait", PATIENCE, () -> instances(api, "bench-park", "active") >= PARKED / 2);
        long killed = System.nanoTime();
        drover.killNine();
        drover.start();
        System.out.printf("  kill -9 of the application and the engine with %,d waiting, ready again after %.1f s%n", PARKED / 2, (System.nanoTime() - killed) / 1e9);
        Api.await("all of them wait", PATIENCE, () -> instances(api, "bench-park", "active") >= PARKED);
        told("begun and waiting three days, the kill included", PARKED, begun);
        System.out.println("  " + drover.memory());
        long moved = System.nanoTime();
        api.postJson("/api/v1/clock/advance", "{\"by\": \"PT73H\"}");
        Api.await("all of them end", PATIENCE, () -> instances(api, "bench-park", "completed") >= PARKED);
        told("three days over: timer, mail written down, ended", PARKED, moved);
        System.out.println("  " + drover.memory());
        try (var database = drover.database(); var statement = database.createStatement();
                var rows = statement.executeQuery("SELECT count(*), count(DISTINCT customer_id) FROM message WHERE origin_id = 'bench-park'")) {
            rows.next();
            System.out.printf("%,d mails to %,d customers: %s%n", rows.getLong(1), rows.getLong(2), rows.getLong(1) == PARKED && rows.getLong(2) == PARKED ? "each once" : "WRONG");
        }
    }

    /** Many who wait are moved to the next version, and then ended. */
    private static void crowd(Api api) throws Exception {
        int ended = instances(api, "bench-park", "completed");
        events(api, "bench.park", PARKED, CROWD);
        Api.await("the crowd waits", PATIENCE, () -> instances(api, "bench-park", "active") >= CROWD);
        api.post("/api/v1/journeys", "application/xml", Files.readString(Path.of("bench/journeys/bench-park.bpmn")).replace("3 days", "Three days"));
        task(api, "moved to the next version, their wait going on", "migrate");
        task(api, "ended", "cancel");
        System.out.printf("  %,d ended before, %,d in the newest version now%n", ended, instances(api, "bench-park", "active"));
    }

    private static void task(Api api, String what, String action) throws Exception {
        long begun = System.nanoTime();
        int task = api.postJson("/api/v1/journeys/bench-park/" + action, "{}").get("task").asInt();
        Api.await(what, PATIENCE, () -> !api.get("/api/v1/journeys/bench-park/tasks/" + task).get("endedAt").isNull());
        var done = api.get("/api/v1/journeys/bench-park/tasks/" + task);
        told(what + " (" + done.get("done") + ", left where they are: " + done.get("left") + ")", CROWD, begun);
    }

    private static void events(Api api, String name, int first, int count) throws Exception {
        for (int from = first; from < first + count; from += EVENTS) {
            api.postJson("/api/v1/events", IntStream.range(from, Math.min(from + EVENTS, first + count)).mapToObj(n -> Shoppers.event("c-" + n, name))
                    .collect(Collectors.joining(",", "{\"events\": [", "]}")));
        }
    }

    private static int instances(Api api, String journey, String state) throws Exception {
        return api.get("/api/v1/journeys/" + journey + "/progress").get("instances").get(state).asInt();
    }

    private static double told(String what, int count, long begun, DroverProcess drover, Map<String, Duration> before) throws Exception {
        double rate = told(what, count, begun);
        drover.cpu().forEach((part, now) -> System.out.printf("  %s: %.2f ms of a processor for each%n", part, now.minus(before.get(part)).toNanos() / 1e6 / count));
        return rate;
    }

    private static double told(String what, int count, long begun) {
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf("%s: %,d in %.1f s, %.0f a second%n", what, count, seconds, count / seconds);
        return count / seconds;
    }
}
