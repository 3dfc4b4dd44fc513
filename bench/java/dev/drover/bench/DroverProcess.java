package dev.drover.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The packaged application as a child process with its embedded PostgreSQL and engine, in a directory of its own. */
final class DroverProcess implements AutoCloseable {

    static final String TOKEN = "bench-token-bench-token-bench-token";

    private final Path home;
    private final int port;
    private Process process;

    private DroverProcess(Path home, int port) {
        this.home = home;
        this.port = port;
    }

    static DroverProcess startIn(Path home) throws IOException, InterruptedException {
        try (var socket = new ServerSocket(0)) {
            var drover = new DroverProcess(home, socket.getLocalPort());
            socket.close();
            drover.start();
            return drover;
        }
    }

    static DroverProcess fresh() throws IOException, InterruptedException {
        return startIn(Files.createTempDirectory(Path.of("target"), "bench-home"));
    }

    /** @return seconds until ready */
    double start() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        var builder = new ProcessBuilder(ProcessHandle.current().info().command().orElse("java"), "-Xmx768m",
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar", "target/drover.jar");
        builder.environment().putAll(java.util.Map.of("SERVER_PORT", Integer.toString(port), "DROVER_HOME", home.toString(),
                "DROVER_API_TOKEN", TOKEN, "DROVER_ADMIN_PASSWORD", "bench-password", "DROVER_DEMO", "false", "DROVER_CLOCK", "system"));
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(Path.of("target", "bench.log").toFile()));
        process = builder.start();
        var api = api();
        while (!api.ready()) {
            if (!process.isAlive()) {
                throw new IllegalStateException("Drover ended while starting; see target/bench.log");
            }
            if (System.nanoTime() - begun > Duration.ofMinutes(3).toNanos()) {
                throw new IllegalStateException("Drover isn't ready after three minutes; see target/bench.log");
            }
            Thread.sleep(100);
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    Api api() {
        return new Api("http://127.0.0.1:" + port, TOKEN);
    }

    /** kill -9 of the application and of its engine. PostgreSQL, a process of its own, is left as an orphan on purpose. */
    void killNine() throws InterruptedException {
        var engine = engine();
        process.destroyForcibly();
        engine.ifPresent(ProcessHandle::destroyForcibly);
        process.waitFor();
    }

    Optional<ProcessHandle> engine() {
        return ProcessHandle.allProcesses().filter(candidate -> commandLine(candidate.pid())
                .map(line -> line.contains("StandaloneBroker") && line.contains(home.toAbsolutePath().normalize().toString())).orElse(false)).findFirst();
    }

    int enginePort() {
        var line = engine().flatMap(handle -> commandLine(handle.pid())).orElseThrow();
        var port = Pattern.compile("gateway\\.network\\.port=(\\d+)").matcher(line);
        if (!port.find()) {
            throw new IllegalStateException("The engine's command line names no gateway port");
        }
        return Integer.parseInt(port.group(1));
    }

    /** A connection of our own to the embedded PostgreSQL. */
    Connection database() throws IOException, SQLException {
        List<String> pidFile = Files.readAllLines(home.resolve("postgres/data/postmaster.pid"));
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + pidFile.get(3).trim() + "/postgres", "postgres", "postgres");
    }

    /** Resident memory of the application and the engine, in MB. */
    String memory() throws IOException {
        return "application %d MB, engine %d MB resident".formatted(resident(process.pid()), resident(engine().orElseThrow().pid()));
    }

    private static long resident(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream().filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElse(0) / 1024;
    }

    private static Optional<String> commandLine(long pid) {
        try {
            return Optional.of(Files.readString(Path.of("/proc", Long.toString(pid), "cmdline")).replace('\0', ' '));
        } catch (IOException ended) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
