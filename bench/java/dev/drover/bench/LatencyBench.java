package dev.drover.bench;

import dev.drover.testing.Api;
import dev.drover.testing.DroverProcess;
import dev.drover.testing.Shoppers;
import io.camunda.client.CamundaClient;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * From the event's acceptance to the message in the provider's hands, at 50 events a second: a journey that begins on the event and sends
 * one mail. Beside it what its parts cost alone: the engine (instance created to job in hand) and PostgreSQL (one committed insert).
 * {@code -Dtriggered=true}: a trigger begins the journey.
 */
final class LatencyBench implements Bench.Program {

    private static final int PER_SECOND = Integer.getInteger("rate", 50);
    private static final int SECONDS = Integer.getInteger("seconds", 60);
    private static final boolean TRIGGERED = Boolean.getBoolean("triggered");

    @Override
    public void run() throws Exception {
        try (var drover = DroverProcess.fresh()) {
            var api = drover.api();
            api.post("/api/v1/journeys", "application/xml", Files.readString(Path.of("bench/journeys/bench-ping.bpmn")));
            if (TRIGGERED) {
                api.postJson("/api/v1/triggers", """
                        {"key": "bench", "name": "Bench", "type": "event", "event": "bench.trigger", "action": {"type": "start_journey", "journey": "bench-ping"}, "active": true}""");
            }
            drive(api, "warm", 20 * PER_SECOND);
            int count = PER_SECOND * SECONDS;
            var accepted = drive(api, "shopper", count);
            report(api, accepted, count);
            raw(drover);
            System.out.println(drover.memory());
        }
    }

    /** @return when each customer's event was accepted */
    private static Map<String, Instant> drive(Api api, String prefix, int count) throws Exception {
        // Asked before they come: the first are welcomed before the last is in.
        int before = waiting(api);
        var ids = Shoppers.create(api, prefix, count);
        awaitWelcomed(api, before, count);
        var accepted = new ConcurrentHashMap<String, Instant>();
        var failures = new ConcurrentHashMap<String, Exception>();
        try (var senders = Executors.newVirtualThreadPerTaskExecutor(); var beat = Executors.newSingleThreadScheduledExecutor()) {
            var left = ids.iterator();
            beat.scheduleAtFixedRate(() -> {
                if (!left.hasNext()) {
                    throw new IllegalStateException("done");
                }
                String id = left.next();
                senders.submit(() -> {
                    try {
                        api.post("/api/v1/events", "application/json", Shoppers.event(id, TRIGGERED ? "bench.trigger" : "bench.ping"));
                        accepted.put(id, Instant.now());
                    } catch (Exception e) {
                        failures.put(id, e);
                    }
                });
            }, 0, 1_000_000 / PER_SECOND, TimeUnit.MICROSECONDS);
            Api.await("all events sent", Duration.ofSeconds(count / PER_SECOND + 30), () -> accepted.size() + failures.size() == count);
            beat.shutdownNow();
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException(failures.size() + " events were refused, such as", failures.values().iterator().next());
        }
        return accepted;
    }

    /** New customers are welcomed, all of these at once: a burst of its own, to be told apart from the steady stream that is measured afterwards. */
    private static void awaitWelcomed(Api api, int before, int count) throws Exception {
        long begun = System.nanoTime();
        Api.await("everybody is welcomed", Duration.ofMinutes(5), () -> waiting(api) - before >= count);
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf("burst: %d customers at once, each begins a journey and is sent a mail: %.1f s, %.0f/s%n", count, seconds, count / seconds);
    }

    private static int waiting(Api api) throws Exception {
        for (var element : api.get("/api/v1/journeys/welcome/progress").get("elements")) {
            if (element.get("elementId").asString().equals("wait_1")) {
                return element.get("entered").asInt();
            }
        }
        return 0;
    }

    private static void report(Api api, Map<String, Instant> accepted, int count) throws Exception {
        var messages = new ArrayList<tools.jackson.databind.JsonNode>();
        Api.await("all messages sent", Duration.ofMinutes(2), () -> {
            messages.clear();
            api.all("/api/v1/messages?journey=bench-ping&status=sent").stream()
                    .filter(message -> accepted.containsKey(message.get("customerId").asString())).forEach(messages::add);
            return messages.size() == count;
        });
        List<Double> whole = new ArrayList<>();
        List<Double> decided = new ArrayList<>();
        List<Double> sent = new ArrayList<>();
        for (var message : messages) {
            Instant start = accepted.get(message.get("customerId").asString());
            Instant queued = Instant.parse(message.get("queuedAt").asString());
            Instant left = Instant.parse(message.get("sentAt").asString());
            whole.add(millis(start, left));
            decided.add(millis(start, queued));
            sent.add(millis(queued, left));
        }
        Files.write(Path.of("target", "latency.csv"), java.util.stream.IntStream.range(0, whole.size()).mapToObj(n -> "%s,%.1f,%.1f".formatted(
                accepted.get(messages.get(n).get("customerId").asString()), decided.get(n), sent.get(n))).sorted().toList());
        System.out.println(Figures.of("event accepted → handed to the provider", whole));
        System.out.println(Figures.of("  of it: accepted → in the ledger", decided));
        System.out.println(Figures.of("  of it: in the ledger → handed over", sent));
    }

    private static void raw(DroverProcess drover) throws Exception {
        try (var client = CamundaClient.newClientBuilder().grpcAddress(URI.create("http://127.0.0.1:" + drover.enginePort()))
                .preferRestOverGrpc(false).build()) {
            client.newDeployResourceCommand().addResourceFile("bench/journeys/bench-noop.bpmn").send().join();
            var created = new ConcurrentHashMap<Long, Long>();
            var taken = new ConcurrentHashMap<Long, Long>();
            try (var worker = client.newWorker().jobType("bench-noop").handler((jobs, job) -> {
                taken.put(job.getProcessInstanceKey(), System.nanoTime());
                jobs.newCompleteCommand(job).send();
            }).streamEnabled(true).open()) {
                for (int n = 0; n < 500; n++) {
                    long begun = System.nanoTime();
                    var instance = client.newCreateInstanceCommand().bpmnProcessId("bench-noop").latestVersion().send().join();
                    created.put(instance.getProcessInstanceKey(), begun);
                }
                Api.await("raw jobs", Duration.ofSeconds(30), () -> taken.keySet().containsAll(created.keySet()));
            }
            System.out.println(Figures.of("raw: instance asked for → job in hand", created.entrySet().stream()
                    .map(entry -> (taken.get(entry.getKey()) - entry.getValue()) / 1e6).toList()));
        }
        try (var connection = drover.database(); var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE bench_commit (n int)");
            List<Double> commits = new ArrayList<>();
            for (int n = 0; n < 500; n++) {
                long begun = System.nanoTime();
                statement.execute("INSERT INTO bench_commit VALUES (" + n + ")");
                commits.add((System.nanoTime() - begun) / 1e6);
            }
            statement.execute("DROP TABLE bench_commit");
            System.out.println(Figures.of("raw: one insert committed by PostgreSQL", commits));
        }
    }

    private static double millis(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e6;
    }
}
