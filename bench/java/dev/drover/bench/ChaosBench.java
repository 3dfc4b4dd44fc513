package dev.drover.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * kill -9 of the application, of the mail server and of PostgreSQL, in turn, in the middle of a mailing. Afterwards the ledger is compared with what the
 * mail server took: nothing lost, and nothing twice. {@code -Drounds=20 -Dcustomers=20000}.
 */
final class ChaosBench implements Bench.Program {

    private static final Pattern MESSAGE_ID = Pattern.compile("(?m)^Message-ID: (\\S+)$");

    private final Map<String, Integer> taken = new ConcurrentHashMap<>();
    private Process application;

    @Override
    public void run() throws Exception {
        int rounds = Integer.getInteger("rounds", 20);
        int customers = Integer.getInteger("customers", 20_000);
        var random = new Random(Long.getLong("seed", 2026));
        var home = Files.createTempDirectory(Path.of("target"), "process-home").toAbsolutePath();
        int applications = 0, servers = 0, databases = 0;
        try (var sink = new SmtpSink(mail -> {
            var id = MESSAGE_ID.matcher(mail);
            if (id.find()) {
                taken.merge(id.group(1), 1, Integer::sum);
            }
        })) {
            start(home, sink.port(), customers);
            for (int round = 0; round < rounds; round++) {
                awaitProgress(taken.size() + customers / (rounds + 5), customers);
                TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
                switch (round % 3) {
                    case 0 -> {
                        applications++;
                        kill(home);
                        start(home, sink.port(), customers);
                    }
                    case 1 -> {
                        servers++;
                        sink.kill();
                        TimeUnit.MILLISECONDS.sleep(500);
                        sink.start();
                    }
                    default -> {
                        databases++;
                        killDatabase(home);
                        kill(home);
                        start(home, sink.port(), customers);
                    }
                }
                System.out.printf("  round %d of %d: %,d taken%n", round + 1, rounds, taken.size());
            }
            report(home, customers, "%d times the application, %d the mail server, %d PostgreSQL and the application".formatted(applications, servers, databases));
            kill(home);
        }
    }

    private void start(Path home, int smtp, int customers) throws Exception {
        var builder = new ProcessBuilder(ProcessHandle.current().info().command().orElse("java"), "-Xmx512m", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-Dcustomers=" + customers, "-cp", System.getProperty("java.class.path"), "dev.drover.delivery.MailingServer");
        builder.environment().putAll(Map.of("SERVER_PORT", "0", "DROVER_HOME", home.toString(), "DROVER_ADMIN_PASSWORD", "bench-password", "DROVER_DEMO", "false",
                "DROVER_CLOCK", "system", "DROVER_SMTP_HOST", "127.0.0.1", "DROVER_SMTP_PORT", Integer.toString(smtp)));
        application = builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("run.log").toFile())).start();
    }

    private void kill(Path home) throws Exception {
        application.destroyForcibly().waitFor();
        ProcessHandle.allProcesses().filter(one -> one.info().commandLine().filter(line -> line.contains("StandaloneBroker") && line.contains(home.toString())).isPresent())
                .forEach(ProcessHandle::destroyForcibly);
    }

    private static void killDatabase(Path home) throws Exception {
        long postmaster = Long.parseLong(Files.readAllLines(home.resolve("postgres/data/postmaster.pid")).getFirst().strip());
        var handle = ProcessHandle.of(postmaster).orElseThrow();
        var backends = handle.children().toList();
        handle.destroyForcibly();
        backends.forEach(ProcessHandle::destroyForcibly);
    }

    private void awaitProgress(int wanted, int customers) throws Exception {
        long begun = System.nanoTime();
        while (taken.size() < Math.min(wanted, customers * 9 / 10)) {
            if (!application.isAlive() || System.nanoTime() - begun > TimeUnit.MINUTES.toNanos(5)) {
                throw new IllegalStateException("The mailing doesn't go on; see run.log below target/process-home…");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private void report(Path home, int customers, String kills) throws Exception {
        long begun = System.nanoTime();
        try (var database = connect(home)) {
            while (number(database, "SELECT count(*) FROM message WHERE status IN ('queued', 'deferred', 'sending')") > 0) {
                if (System.nanoTime() - begun > TimeUnit.MINUTES.toNanos(10)) {
                    throw new IllegalStateException("The mailing doesn't end");
                }
                TimeUnit.SECONDS.sleep(1);
            }
            long sent = number(database, "SELECT count(*) FROM message WHERE status = 'sent'");
            long unknown = number(database, "SELECT count(*) FROM message WHERE status = 'unknown'");
            long twice = taken.values().stream().filter(times -> times > 1).count();
            long takenOfSent = ids(database, "sent").stream().filter(taken::containsKey).count();
            long takenOfUnknown = ids(database, "unknown").stream().filter(taken::containsKey).count();
            boolean good = sent + unknown == customers && takenOfSent == sent && twice == 0;
            System.out.printf("%s, in a mailing to %,d: %,d sent (%,d lost), %,d unknown and shown as such (the server has %,d of them), %,d twice: %s%n", kills, customers, sent, sent - takenOfSent,
                    unknown, takenOfUnknown, twice, good ? "good" : "WRONG");
            if (!good) {
                System.exit(1);
            }
        }
    }

    private static List<String> ids(Connection database, String status) throws Exception {
        var ids = new java.util.ArrayList<String>();
        try (var statement = database.createStatement(); var rows = statement.executeQuery("SELECT id, queued_at FROM message WHERE status = '" + status + "'")) {
            while (rows.next()) {
                ids.add("<m%d.%s@meadow-and-churn.example>".formatted(rows.getLong(1), Long.toString(rows.getTimestamp(2).toInstant().toEpochMilli(), 36)));
            }
        }
        return ids;
    }

    private static Connection connect(Path home) throws Exception {
        String port = Files.readAllLines(home.resolve("postgres/data/postmaster.pid")).get(3).strip();
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "postgres");
    }

    private static long number(Connection database, String sql) throws Exception {
        try (var statement = database.createStatement(); var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
