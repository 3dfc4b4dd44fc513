package dev.drover.bench;

import dev.drover.testing.Api;
import dev.drover.testing.DroverProcess;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Events of customers taken at random, each in a request of its own, at a steady beat: from the moment it is accepted (the API has answered) and
 * from the moment it is sent until the readers that decide have committed behind it. Where they stand is looked at every five milliseconds (more often, looking would take a quarter of a core),
 * so the figures are up to that much too long.
 */
final class SegmentLatency {

    private static final int PER_SECOND = Integer.getInteger("rate", 300);
    private static final int SECONDS = Integer.getInteger("seconds", 60);
    /** At the same beat: until the JVM has compiled what a request takes, both cores are busy compiling. */
    private static final int WARM_SECONDS = Integer.getInteger("warm", 180);

    private record Sent(long sentAt, long acceptedAt) {}

    /** @param cursors by consumer and partition: transaction and position */
    private record Look(long at, Map<String, long[]> cursors) {}

    private SegmentLatency() {}

    static void measure(DroverProcess drover, Api api, int customers) throws Exception {
        if (SECONDS == 0) {
            return;
        }
        drive(api, customers, "warm", PER_SECOND * WARM_SECONDS);
        var looks = new ArrayList<Look>();
        var done = new AtomicBoolean();
        Map<String, Sent> sent;
        try (var watcher = Executors.newSingleThreadExecutor(); var connection = drover.database()) {
            var watching = watcher.submit(() -> {
                watch(connection, looks, done);
                return null;
            });
            sent = drive(api, customers, "bench", PER_SECOND * SECONDS);
            Thread.sleep(2_000);
            done.set(true);
            watching.get();
        }
        report(drover, sent, looks);
    }

    private static Map<String, Sent> drive(Api api, int customers, String run, int count) throws Exception {
        var random = new Random(7);
        var sent = new ConcurrentHashMap<String, Sent>();
        var failures = new AtomicInteger();
        var inFlight = new Semaphore(200);
        try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            long begun = System.nanoTime();
            for (int n = 0; n < count; n++) {
                long due = begun + n * 1_000_000_000L / PER_SECOND;
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.sleep(left);
                }
                String id = run + "-" + n;
                String event = event(id, "crowd-" + (1 + random.nextInt(customers)), n, random);
                inFlight.acquire();
                senders.submit(() -> {
                    try {
                        long at = System.nanoTime();
                        api.postJson("/api/v1/events", event);
                        sent.put(id, new Sent(at, System.nanoTime()));
                    } catch (Exception e) {
                        failures.incrementAndGet();
                    } finally {
                        inFlight.release();
                    }
                });
            }
        }
        if (failures.get() > 0) {
            throw new IllegalStateException(failures.get() + " events were refused");
        }
        return sent;
    }

    private static String event(String id, String customer, int n, Random random) {
        String item = "{\"productId\": \"crowd-%d\", \"quantity\": %d, \"unitPrice\": 9.50}".formatted(1 + random.nextInt(60), 1 + random.nextInt(5));
        return switch (n % 3) {
            case 0 -> "{\"eventId\": \"%s\", \"name\": \"product.viewed\", \"customerId\": \"%s\", \"properties\": {\"productId\": \"crowd-1\"}}".formatted(id, customer);
            case 1 -> "{\"eventId\": \"%s\", \"name\": \"order.placed\", \"customerId\": \"%s\", \"properties\": {\"orderId\": \"%1$s\", \"lines\": [%s]}}".formatted(id, customer, item);
            default -> "{\"eventId\": \"%s\", \"name\": \"cart.updated\", \"customerId\": \"%s\", \"properties\": {\"cartId\": \"%1$s\", \"items\": [%s]}}".formatted(id, customer, item);
        };
    }

    private static void watch(Connection connection, List<Look> looks, AtomicBoolean done) throws Exception {
        try (var statement = connection.prepareStatement(
                "SELECT consumer || partition, transaction::text::bigint, position FROM event_cursor WHERE consumer IN ('facts', 'carts')")) {
            while (!done.get()) {
                var cursors = new HashMap<String, long[]>();
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        cursors.put(rows.getString(1), new long[] {rows.getLong(2), rows.getLong(3)});
                    }
                }
                looks.add(new Look(System.nanoTime(), cursors));
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
    }

    private static void report(DroverProcess drover, Map<String, Sent> sent, List<Look> looks) throws Exception {
        var fromAccepted = new ArrayList<Double>();
        var fromSent = new ArrayList<Double>();
        var accepting = new ArrayList<Double>();
        try (var connection = drover.database(); var statement = connection.createStatement(); var rows = statement.executeQuery(
                "SELECT event_id, name, partition, transaction::text::bigint, position FROM event_log WHERE event_id LIKE 'bench-%' AND name NOT LIKE 'segment.%'")) {
            while (rows.next()) {
                var one = sent.get(rows.getString(1));
                if (one == null) {
                    continue;
                }
                long[] own = {rows.getLong(4), rows.getLong(5)};
                long decided = passed(looks, "facts" + rows.getInt(3), own, one.sentAt());
                if (!rows.getString(2).equals("product.viewed")) {
                    decided = Math.max(decided, passed(looks, "carts" + rows.getInt(3), own, one.sentAt()));
                }
                fromAccepted.add(Math.max(0, decided - one.acceptedAt()) / 1e6);
                fromSent.add((decided - one.sentAt()) / 1e6);
                accepting.add((one.acceptedAt() - one.sentAt()) / 1e6);
            }
        }
        System.out.println("  " + Figures.of("accepted → memberships decided and written", fromAccepted));
        System.out.println("  " + Figures.of("sent → memberships decided and written", fromSent));
        System.out.println("  " + Figures.of("of it: sent → accepted", accepting));
        System.out.println("  " + Figures.of("raw: one insert committed by PostgreSQL", inserts(drover)));
    }

    /** The first look, not before the event was sent, that found the consumer behind it. */
    private static long passed(List<Look> looks, String cursor, long[] own, long since) {
        int low = 0;
        int high = looks.size() - 1;
        while (low < high) {
            int middle = (low + high) / 2;
            long[] at = looks.get(middle).cursors().get(cursor);
            if (looks.get(middle).at() >= since && (at[0] > own[0] || at[0] == own[0] && at[1] >= own[1])) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return looks.get(low).at();
    }

    private static List<Double> inserts(DroverProcess drover) throws Exception {
        var millis = new ArrayList<Double>();
        try (var connection = drover.database()) {
            SegmentBench.execute(connection, "CREATE TABLE bench_insert (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, text text)");
            try (var insert = connection.prepareStatement("INSERT INTO bench_insert (text) VALUES ('one row')")) {
                for (int n = 0; n < 2_000; n++) {
                    long begun = System.nanoTime();
                    insert.executeUpdate();
                    millis.add((System.nanoTime() - begun) / 1e6);
                }
            }
        }
        return millis;
    }
}
