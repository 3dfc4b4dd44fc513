package dev.drover.bench;

import dev.drover.testing.Api;
import dev.drover.testing.DroverProcess;
import dev.drover.testing.Shoppers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An integration gone wild: one event, told as often as the API takes it for some seconds, half of it of one customer, the rest of all in turn, each time under an id of
 * its own. A trigger sends a mail upon it. Reported: what was accepted, what was sent, what log, page and operator are told, and how long another trigger's customer
 * waits meanwhile. More mails than the trigger's hourly limit are a failure. {@code -Dseconds -Dlimit -Dcustomers}.
 */
final class StormBench implements Bench.Program {

    private static final int SECONDS = Integer.getInteger("seconds", 30);
    private static final int LIMIT = Integer.getInteger("limit", 1_000);
    private static final int CUSTOMERS = Integer.getInteger("customers", 5_000);
    private static final int SENDERS = 4;
    private static final int BATCH = 1_000;
    private static final Path LOG = Path.of("target", "drover-process.log");

    @Override
    public void run() throws Exception {
        long logged = Files.exists(LOG) ? Files.size(LOG) : 0;
        try (var drover = DroverProcess.fresh()) {
            var api = drover.api();
            // The journey that greets newcomers would be the load of this run.
            api.postJson("/api/v1/journeys/welcome/pause", "{}");
            var people = Shoppers.create(api, "storm", CUSTOMERS);
            make(api, "wild", "bench.storm", LIMIT);
            make(api, "calm", "bench.calm", LIMIT);
            Api.await("the newcomers are read", Duration.ofMinutes(5), () -> behind(drover) == 0);

            var accepted = new AtomicLong();
            long begun = System.nanoTime();
            long until = begun + Duration.ofSeconds(SECONDS).toNanos();
            try (var senders = Executors.newFixedThreadPool(SENDERS + 1)) {
                var work = new ArrayList<Future<?>>();
                for (int n = 0; n < SENDERS; n++) {
                    int sender = n;
                    work.add(senders.submit(() -> blow(api, people, sender, until, accepted)));
                }
                var alarm = senders.submit(() -> alarmAfter(api, begun));
                System.out.println(Figures.of("another trigger's event accepted → in the ledger, meanwhile", calm(api, until)));
                for (var one : work) {
                    one.get();
                }
                System.out.printf("%,d events accepted in %d s, %,.0f a second%n", accepted.get(), SECONDS, accepted.get() / (double) SECONDS);
                System.out.printf("the trigger says 'storm' %.1f s after the first event%n", alarm.get());
            }
            Api.await("all is read and decided", Duration.ofMinutes(10), () -> behind(drover) == 0 && count(drover, "SELECT count(*) FROM trigger_execution_log WHERE execution_status IN ('waiting', 'running') AND due_at <= now()") == 0);
            System.out.printf("read and decided %.0f s after the first event%n", (System.nanoTime() - begun) / 1e9);
            report(drover, api, accepted.get());
            Files.readString(LOG).substring((int) logged).lines().filter(line -> line.contains("The trigger wild")).map(line -> line.replaceAll("^.*? : ", "")).distinct()
                    .forEach(line -> System.out.println("the operator's log: " + line));
            System.out.println(drover.memory());
        }
    }

    private static void make(Api api, String key, String event, int limit) throws Exception {
        api.postJson("/api/v1/triggers", """
                {"key": "%s", "type": "event", "event": "%s", "hourlyLimit": %d, "action": {"type": "send_email", "template": "order-thanks"}, "active": true}""".formatted(key, event, limit));
    }

    private static Void blow(Api api, List<String> people, int sender, long until, AtomicLong accepted) throws Exception {
        for (int batch = 0; System.nanoTime() < until; batch++) {
            String of = sender + "-" + batch;
            int round = batch;
            String events = IntStream.range(0, BATCH).mapToObj(n -> "{\"eventId\": \"storm-%s-%d\", \"name\": \"bench.storm\", \"customerId\": \"%s\", \"properties\": {\"orderId\": \"o-1\"}}"
                    .formatted(of, n, sender % 2 == 0 ? people.getFirst() : people.get((round * BATCH + n) % people.size()))).collect(Collectors.joining(",", "{\"events\": [", "]}"));
            accepted.addAndGet(api.postJson("/api/v1/events", events).get("accepted").asLong());
        }
        return null;
    }

    private static double alarmAfter(Api api, long begun) {
        Api.await("the trigger says that it storms", Duration.ofMinutes(5), () -> api.get("/api/v1/triggers/wild").get("state").asString().equals("storm"));
        return (System.nanoTime() - begun) / 1e9;
    }

    /** @return for each, in milliseconds, until its mail was in the ledger */
    private static List<Double> calm(Api api, long until) throws Exception {
        var millis = new ArrayList<Double>();
        for (int n = 0; System.nanoTime() < until || n == 0; n++) {
            var person = Shoppers.create(api, "calm-" + n, 1).getFirst();
            Instant told = Instant.now();
            api.postJson("/api/v1/events", Shoppers.event(person, "bench.calm"));
            Api.await("the calm trigger acts", Duration.ofMinutes(5), () -> !api.get("/api/v1/messages?customer=" + person + "&template=order-thanks").get("items").isEmpty());
            millis.add((double) Duration.between(told, Instant.now()).toMillis());
        }
        return millis;
    }

    private static void report(DroverProcess drover, Api api, long accepted) throws Exception {
        long mails = count(drover, "SELECT count(*) FROM message m JOIN customer c ON c.id = m.customer_id WHERE m.origin_type = 'trigger' AND c.external_id LIKE 'storm-%'");
        long toOne = count(drover, "SELECT count(*) FROM message m JOIN customer c ON c.id = m.customer_id WHERE m.origin_type = 'trigger' AND c.external_id = 'storm-0'");
        System.out.printf("%,d mails of %,d events (the hourly limit is %,d), %d of them to the one customer%n", mails, accepted, LIMIT, toOne);
        System.out.printf("the trigger's page: %s%n", api.get("/api/v1/triggers/wild"));
        try (var database = drover.database(); var statement = database.createStatement(); var rows = statement.executeQuery("""
                SELECT execution_status, regexp_replace(coalesce(error_message, ''), '\\s+', ' '), count(*), sum(times) FROM trigger_execution_log
                 WHERE trigger_id = (SELECT id FROM marketing_trigger WHERE key = 'wild') GROUP BY 1, 2 ORDER BY 4 DESC""")) {
            while (rows.next()) {
                System.out.printf("its log: %-12s %,9d events in %,7d lines  %s%n", rows.getString(1), rows.getLong(4), rows.getLong(3), rows.getString(2));
            }
        }
        if (mails > LIMIT) {
            throw new IllegalStateException("%d mails are more than the limit of %d lets through".formatted(mails, LIMIT));
        }
    }

    /** Events that the triggers haven't read yet. */
    private static long behind(DroverProcess drover) throws Exception {
        return count(drover, "SELECT count(*) FROM event_cursor c JOIN event_log e ON e.partition = c.partition AND (e.transaction, e.position) > (c.transaction, c.position) WHERE c.consumer = 'triggers'");
    }

    private static long count(DroverProcess drover, String query) throws Exception {
        try (var database = drover.database(); var statement = database.createStatement(); var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
