package dev.drover.bench;

import dev.drover.testing.Api;
import dev.drover.testing.DroverProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * A campaign to half a million: how long the snapshot and the queueing take while the first messages leave already, beside the raw limit; what it costs in memory, how
 * soon a pause is felt; then with conditions that all fulfil, and at each one's best hour, of whom every fifth has reacted five times before. Then one to fewer,
 * with conditions that all fulfil, with kill -9 of application and engine in the middle, of the second half of the times of PostgreSQL, too, while it is paused and
 * while it goes on: what the mail server took is counted. {@code -Dcustomers=500000} (0: not the first) {@code -Dkinds=plain,conditioned,best_hour}
 * {@code -Dkilled=20000 -Dkills=4}.
 */
final class CampaignBench implements Bench.Program {

    private static final Pattern RECIPIENT = Pattern.compile("(?m)^To: .*?([a-z0-9-]+)@bench\\.example");
    static final String TEMPLATE = """
            {"key": "bench", "name": "Bench", "channel": "email", "type": "marketing", "category": "newsletter", "subject": "News for {{customer.firstName}}",
             "html": "<p>Hello {{customer.firstName}}</p><p><a href='{{links.home}}/cheese'>Cheese</a></p><p>{{sender.address}} <a href='{{links.unsubscribe}}'>Unsubscribe</a></p>"}""";

    private enum Kind {
        PLAIN(""),
        CONDITIONED(", \"conditions\": [{\"field\": \"totalOrders\", \"operator\": \"eq\", \"value\": 0}]"),
        BEST_HOUR(", \"settings\": {\"sendTime\": \"optimised\"}");

        private final String more;

        Kind(String more) {
            this.more = more;
        }
    }

    /** For each mail of the second campaign: else all would have left before the application is back. */
    private static final Duration SLOWLY = Duration.ofMillis(20);

    private final Map<String, Integer> taken = new ConcurrentHashMap<>();
    private final AtomicLong lastTaken = new AtomicLong();
    private volatile boolean slow;

    @Override
    public void run() throws Exception {
        int customers = Integer.getInteger("customers", 500_000);
        int killed = Integer.getInteger("killed", 20_000);
        try (var sink = new SmtpSink(this::take)) {
            var home = Files.createTempDirectory(Path.of("target"), "process-home");
            var drover = DroverProcess.startIn(home, "512m", Map.of("DROVER_SMTP_HOST", "127.0.0.1", "DROVER_SMTP_PORT", Integer.toString(sink.port())));
            try {
                try (var database = drover.database()) {
                    if (customers > 0) {
                        fill(database, "all", customers);
                        react(database, "all");
                    }
                    fill(database, "some", killed);
                }
                drover.api().postJson("/api/v1/templates", TEMPLATE);
                if (customers > 0) {
                    big(drover, customers);
                }
                small(drover, killed);
            } finally {
                drover.close();
            }
        }
    }

    private void take(String mail) {
        if (slow) {
            LockSupport.parkNanos(SLOWLY.toNanos());
        }
        var to = RECIPIENT.matcher(mail);
        if (to.find()) {
            taken.merge(to.group(1), 1, Integer::sum);
            lastTaken.set(System.nanoTime());
        }
    }

    /** By SQL: coming in by the API is another bench. Where they live it is midday, so that no quiet hours hold anything back. */
    static void fill(Connection database, String segment, int count) throws Exception {
        int ahead = 12 - Instant.now().atZone(ZoneOffset.UTC).getHour();
        String zone = "Etc/GMT" + (ahead == 0 ? "" : ahead > 0 ? "-" + ahead : "+" + -ahead);
        try (var statement = database.createStatement()) {
            statement.execute("""
                    INSERT INTO customer (external_id, email, first_name, time_zone, attributes, created_at, updated_at)
                    SELECT '%1$s-' || n, '%1$s-' || n || '@bench.example', 'Sam', '%2$s', '{}', now(), now() FROM generate_series(1, %3$d) AS n""".formatted(segment, zone, count));
            statement.execute("""
                    INSERT INTO subscription_preference (customer_id, channel, granted, source, changed_at, basis_at)
                    SELECT id, 'email', true, 'bench', now(), now() FROM customer WHERE external_id LIKE '%s-%%'""".formatted(segment));
            statement.execute("INSERT INTO customer_segment (key, name, segment_type, auto_refresh, created_at, updated_at) VALUES ('%1$s', '%1$s', 'static', false, now(), now())".formatted(segment));
            statement.execute("""
                    INSERT INTO segment_membership (segment_id, customer_id, entered_at, source, reason)
                    SELECT s.id, c.id, now(), 'import', 'bench' FROM customer_segment s, customer c WHERE s.key = '%1$s' AND c.external_id LIKE '%1$s-%%'""".formatted(segment));
            statement.execute("ANALYZE customer, segment_membership, subscription_preference");
        }
    }

    /** Of every fifth, five mails that they opened on days and at hours of their own. */
    private static void react(Connection database, String segment) throws Exception {
        try (var statement = database.createStatement()) {
            statement.execute("""
                    WITH sent AS (INSERT INTO message (key, customer_id, channel, address, origin_type, origin_id, template, category, type, status, not_before, queued_at, sent_at)
                    SELECT 'before-' || c.id || '-' || n, c.id, 'email', c.email, 'bench', 'before', 'bench', 'newsletter', 'marketing', 'sent', at, at, at
                      FROM customer c CROSS JOIN generate_series(1, 5) AS n CROSS JOIN LATERAL (SELECT date_trunc('day', now()) - make_interval(days => n * 9, hours => (c.id / 5 %% 14 + n)::int) AS at) AS times
                     WHERE c.external_id LIKE '%s-%%' AND c.id %% 5 = 0 RETURNING id, sent_at)
                    INSERT INTO engagement (message_id, kind, at, device, client, machine, decided) SELECT id, 'open', sent_at + interval '4 minutes', 'mobile', 'bench', NULL, true FROM sent""".formatted(segment));
            statement.execute("ANALYZE message, engagement");
        }
    }

    /** The raw limit: as many rows into an empty copy of the ledger with all its indexes, by one statement, while nothing else goes on. */
    private static double raw(Connection database, int customers) throws Exception {
        try (var statement = database.createStatement()) {
            statement.execute("CREATE TABLE raw (LIKE message INCLUDING ALL)");
            long begun = System.nanoTime();
            statement.execute("""
                    INSERT INTO raw (key, customer_id, channel, address, origin_type, origin_id, template, category, type, status, not_before, queued_at, mailing_id)
                    SELECT 'mailing:1:' || id, id, 'email', email, 'campaign', '1', 'bench', 'newsletter', 'marketing', 'queued', now(), now(), 1
                      FROM customer WHERE external_id LIKE 'all-%' ORDER BY id""");
            double took = seconds(begun);
            statement.execute("DROP TABLE raw");
            System.out.printf("the raw limit, %,d rows into an empty ledger by one statement: %.1f s%n", customers, took);
            return took;
        }
    }

    private void big(DroverProcess drover, int customers) throws Exception {
        var api = drover.api();
        double raw;
        try (var database = drover.database()) {
            raw = raw(database, customers);
        }
        for (var kind : Kind.values()) {
            if (System.getProperty("kinds", "plain,conditioned,best_hour").contains(kind.name().toLowerCase(Locale.ROOT))) {
                long id = queue(drover, customers, kind, raw);
                if (kind == Kind.PLAIN) {
                    pause(api, id);
                }
                cancel(api, id, customers);
            }
        }
    }

    private long queue(DroverProcess drover, int customers, Kind kind, double raw) throws Exception {
        var api = drover.api();
        taken.clear();
        long id = api.postJson("/api/v1/campaigns", "{\"name\": \"%s\", \"segment\": \"all\", \"template\": \"bench\"%s}".formatted(kind, kind.more)).get("id").asLong();
        long asked = System.nanoTime();
        var estimate = api.postJson("/api/v1/campaigns/" + id + "/estimate", "{}");
        double estimated = seconds(asked);
        long begun = System.nanoTime();
        api.postJson("/api/v1/campaigns/" + id + "/start", "{}");
        var seen = new TreeSet<Long>();
        Api.await("all are queued", Duration.ofMinutes(10), () -> look(api, id, seen));
        double queued = seconds(begun);
        var run = api.get("/api/v1/campaigns/" + id).get("run");
        double snapshot = Duration.between(Instant.parse(run.get("dueAt").asString()), Instant.parse(run.get("begunAt").asString())).toMillis() / 1e3;
        System.out.printf("%s: estimate of %,d (%s): %.1f s; snapshot and queueing: %.1f s (%.1f of the raw limit), begun after %.1f s; progress seen %d times while %,d left already; %s%n", kind, customers,
                estimate.get("projected").asBoolean() ? "projected" : "asked for each", estimated, queued, queued / raw, snapshot, seen.size(), taken.size(), drover.memory());
        return id;
    }

    private void pause(Api api, long id) throws Exception {
        Api.await("mails leave", Duration.ofMinutes(1), () -> !taken.isEmpty());
        long paused = System.nanoTime();
        api.postJson("/api/v1/campaigns/" + id + "/pause", "{}");
        double answered = seconds(paused);
        TimeUnit.SECONDS.sleep(5);
        int still = taken.size();
        double felt = Math.max(0, (lastTaken.get() - paused) / 1e9);
        TimeUnit.SECONDS.sleep(5);
        System.out.printf("pause: answered after %.2f s, the last mail left %.2f s after it was asked for; %,d more in the next five seconds: %s%n", answered, felt, taken.size() - still,
                felt < 2 && taken.size() == still ? "good" : "WRONG");
    }

    private void cancel(Api api, long id, int customers) throws Exception {
        long cancelled = System.nanoTime();
        api.postJson("/api/v1/campaigns/" + id + "/cancel", "{}");
        Api.await("all is taken back", Duration.ofMinutes(10), () -> api.get("/api/v1/campaigns/" + id).at("/run/phase").asString().equals("cancelled"));
        System.out.printf("cancelled: %,d taken back in %.1f s%n", customers - taken.size(), seconds(cancelled));
    }

    private static boolean look(Api api, long id, TreeSet<Long> seen) throws Exception {
        var run = api.get("/api/v1/campaigns/" + id).get("run");
        seen.add(run.get("queued").asLong());
        return !run.get("queuedAt").isNull();
    }

    private void small(DroverProcess drover, int customers) throws Exception {
        int kills = Integer.getInteger("kills", 4);
        var random = new Random(Long.getLong("seed", 2026));
        taken.clear();
        slow = true;
        long id = drover.api().postJson("/api/v1/campaigns", """
                {"name": "some", "segment": "some", "template": "bench", "conditions": [{"field": "totalOrders", "operator": "eq", "value": 0}]}""").get("id").asLong();
        drover.api().postJson("/api/v1/campaigns/" + id + "/start", "{}");
        for (int n = 0; n < kills; n++) {
            int wanted = customers * n / (kills + 1) + 1;
            Api.await("it goes on", Duration.ofMinutes(5), () -> taken.size() >= wanted);
            TimeUnit.MILLISECONDS.sleep(random.nextInt(400));
            boolean pause = n % 2 == 1;
            if (pause) {
                drover.api().postJson("/api/v1/campaigns/" + id + "/pause", "{}");
            }
            if (n >= kills / 2) {
                drover.killDatabase();
            }
            drover.killNine();
            drover.start();
            if (pause) {
                int before = taken.size();
                TimeUnit.SECONDS.sleep(3);
                System.out.printf("  killed while paused: %,d left in the three seconds after the start%n", taken.size() - before);
                drover.api().postJson("/api/v1/campaigns/" + id + "/resume", "{}");
            }
        }
        Api.await("it is completed", Duration.ofMinutes(20), () -> drover.api().get("/api/v1/campaigns/" + id).get("status").asString().equals("completed"));
        long twice = taken.values().stream().filter(times -> times > 1).count();
        long unknown;
        try (var database = drover.database(); var statement = database.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM message WHERE origin_type = 'campaign' AND origin_id = '" + id + "' AND status = 'unknown'")) {
            rows.next();
            unknown = rows.getLong(1);
        }
        boolean good = twice == 0 && taken.size() <= customers && taken.size() + unknown >= customers;
        System.out.printf("%d times kill -9 of application and engine, half of them while paused, half of PostgreSQL, too: of %,d the mail server has %,d, %,d unknown and shown as such, %,d twice: %s%n", kills, customers,
                taken.size(), unknown, twice, good ? "good" : "WRONG");
        if (!good) {
            System.exit(1);
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
