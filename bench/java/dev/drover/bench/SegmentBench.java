package dev.drover.bench;

import dev.drover.facts.FactStream;
import dev.drover.ruleset.Needs;
import dev.drover.testing.Api;
import dev.drover.testing.Crowd;
import dev.drover.testing.CrowdRules;
import dev.drover.testing.DroverProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * Thirty rules over a made-up base: everybody calculated for the first time and again, beside merely reading the same facts and beside thirty
 * statements of SQL; whether both agree; then how long a customer's event takes until memberships are decided and written.
 * {@code -Dcustomers=100000,300000,1000000} for several sizes, {@code -Dseconds=0} without the last part.
 */
final class SegmentBench implements Bench.Program {

    private static final Pattern HEAP = Pattern.compile("(?m)^jvm_memory_used_bytes\\{.*area=\"heap\".*} (\\S+)$");

    @Override
    public void run() throws Exception {
        for (String size : System.getProperty("customers", "1000000").split(",")) {
            run(Integer.parseInt(size.strip()));
        }
    }

    private static void run(int customers) throws Exception {
        var home = Files.createTempDirectory(Path.of("target"), "process-home").toAbsolutePath();
        CrowdRules.copyShipped(home.resolve("rules"));
        try (var shipped = Files.list(home.resolve("rules/segments"))) {
            for (var file : shipped.toList()) {
                Files.delete(file);
            }
        }
        Files.createDirectories(home.resolve("workflows/journeys"));
        System.out.printf("%n%,d customers%n", customers);
        try (var drover = DroverProcess.startIn(home, System.getProperty("heap", "1500m"),
                Map.of("DROVER_RULES", home.resolve("rules").toString(), "DROVER_WORKFLOWS", home.resolve("workflows").toString()));
                var database = drover.database()) {
            var api = drover.api();
            long begun = System.nanoTime();
            new Crowd(customers, Instant.now()).write(database);
            System.out.printf("  base written in %.0f s: %,d orders, %,d lines, %,d counts of events%n", (System.nanoTime() - begun) / 1e9,
                    count(database, "customer_order"), count(database, "order_line"), count(database, "customer_event"));
            CrowdRules.write(home.resolve("rules"));
            Api.await("the first calculation", Duration.ofMinutes(30), () -> api.get("/api/v1/segments/rebuild").path("cause").asString("").equals("rules")
                    && !api.get("/api/v1/segments/rebuild").get("running").asBoolean());
            tell(api, "first calculation", customers);
            vacuum(database);
            for (int again = 0; again < 3; again++) {
                rebuild(api, customers);
            }
            System.out.printf("  facts read alone, rows only: %.1f s, with facts built: %.1f s%n", FactStream.seconds(drover::database, needs(), false),
                    FactStream.seconds(drover::database, needs(), true));
            double sql = bySql(drover, database);
            System.out.printf("  the same memberships by 30 statements of SQL: %.1f s%n", sql);
            compare(database);
            System.out.println("  " + drover.memory());
            EditorTimes.measure(api.base(), DroverProcess.PASSWORD, customers);
            SegmentLatency.measure(drover, api, customers);
            compareAgain(database);
        }
    }

    private static Needs needs() {
        return new Needs(Set.of("orders.count", "orders.countWithin", "orders.countOf", "cart.total", "rfm.recency", "text", "country", "inSegment"),
                Set.of("product.viewed", "email.opened", "sms.opened", "push.opened", "email.clicked", "sms.clicked", "push.clicked"), Set.of(), false);
    }

    private static void rebuild(Api api, int customers) throws Exception {
        var done = new AtomicBoolean();
        try (var sampler = Executors.newSingleThreadExecutor()) {
            var peak = sampler.submit(() -> {
                double most = 0;
                while (!done.get()) {
                    var found = HEAP.matcher(api.send("GET", "/actuator/prometheus", "text/plain", "").body());
                    double sum = 0;
                    while (found.find()) {
                        sum += Double.parseDouble(found.group(1));
                    }
                    most = Math.max(most, sum);
                    Thread.sleep(200);
                }
                return most;
            });
            api.post("/api/v1/segments/rebuild", "application/json", "");
            Api.await("the calculation", Duration.ofMinutes(10), () -> !api.get("/api/v1/segments/rebuild").get("running").asBoolean());
            done.set(true);
            tell(api, "calculated again (heap at most %.0f MB)".formatted(peak.get() / 1e6), customers);
        }
    }

    private static void tell(Api api, String what, int customers) throws Exception {
        var run = api.get("/api/v1/segments/rebuild");
        double seconds = run.get("seconds").asDouble();
        System.out.printf("  %s: %.1f s, %,.0f customers a second, %,d entered, %,d left%n", what, seconds, customers / seconds, run.get("entered").asLong(), run.get("left").asLong());
    }

    private static double bySql(DroverProcess drover, Connection database) throws Exception {
        execute(database, "DROP TABLE IF EXISTS recount");
        execute(database, "CREATE TABLE recount (key text NOT NULL, customer_id bigint NOT NULL)");
        long begun = System.nanoTime();
        // On two connections, as the rules have two threads.
        try (var threads = Executors.newFixedThreadPool(2)) {
            var parts = Arrays.asList(0, 1).stream().map(half -> threads.submit(() -> {
                try (var connection = drover.database()) {
                    execute(connection, "SET work_mem = '128MB'");
                    for (int n = half; n < CrowdRules.ALL.size(); n += 2) {
                        var rule = CrowdRules.ALL.get(n);
                        execute(connection, "INSERT INTO recount SELECT DISTINCT '" + rule.segment() + "', customer FROM (" + present(rule.sql()) + ") AS t (customer)");
                    }
                }
                return null;
            })).toList();
            for (var part : parts) {
                part.get();
            }
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    private static void compareAgain(Connection database) throws Exception {
        execute(database, "SET work_mem = '256MB'");
        execute(database, "TRUNCATE recount");
        execute(database, "INSERT INTO recount SELECT DISTINCT key, customer_id FROM (" + CrowdRules.recount(Instant.now()) + ") AS all_rules");
        compare(database);
    }

    private static String present(String sql) {
        return sql.replace(":now", "'" + Instant.now() + "'::timestamptz");
    }

    private static void compare(Connection database) throws Exception {
        String members = """
                SELECT s.key, m.customer_id FROM segment_membership m JOIN customer_segment s ON s.id = m.segment_id
                 WHERE m.left_at IS NULL AND s.key <> 'crowd-fair'""";
        System.out.printf("  memberships: %,d by the rules, %,d by SQL; %,d only by the rules, %,d only by SQL%n", number(database, "SELECT count(*) FROM (" + members + ") AS m"),
                count(database, "recount"), number(database, "SELECT count(*) FROM (" + members + " EXCEPT SELECT key, customer_id FROM recount) AS d"),
                number(database, "SELECT count(*) FROM (SELECT key, customer_id FROM recount EXCEPT " + members + ") AS d"));
        try (var statement = database.createStatement(); var rows = statement.executeQuery("SELECT key, min(customer_id), count(*), 'rules' FROM (" + members
                + " EXCEPT SELECT key, customer_id FROM recount) AS d GROUP BY key UNION ALL SELECT key, min(customer_id), count(*), 'sql' FROM (SELECT key, customer_id FROM recount EXCEPT "
                + members + ") AS d GROUP BY key")) {
            while (rows.next()) {
                System.out.printf("    %s: %,d only by %s, such as customer number %d%n", rows.getString(1), rows.getLong(3), rows.getString(4), rows.getLong(2));
            }
        }
    }

    /** What was written in one go is tidied up as it would have been over the weeks that it took in life. */
    private static void vacuum(Connection database) throws Exception {
        execute(database, "VACUUM ANALYZE");
        execute(database, "CHECKPOINT");
    }

    static void execute(Connection database, String sql) throws Exception {
        try (var statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long count(Connection database, String table) throws Exception {
        return number(database, "SELECT count(*) FROM " + table);
    }

    private static long number(Connection database, String sql) throws Exception {
        try (var statement = database.createStatement(); var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
