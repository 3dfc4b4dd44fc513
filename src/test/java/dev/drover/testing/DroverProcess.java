package dev.drover.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The packaged application as a child process with its embedded PostgreSQL and engine, in a directory of its own. */
public final class DroverProcess implements AutoCloseable {

    static final String TOKEN = "process-token-process-token";
    /** Of the user {@code admin}. */
    public static final String PASSWORD = "process-password";

    private static final Path PACKAGE = Path.of("target", "drover.jar");
    private static final Path LOG = Path.of("target", "drover-process.log");

    private static Path unpacked;

    private final Path home;
    private final int port;
    private final String heap;
    private final Map<String, String> settings;
    private Process process;

    private DroverProcess(Path home, int port, String heap, Map<String, String> settings) {
        this.home = home;
        this.port = port;
        this.heap = heap;
        this.settings = settings;
    }

    public static DroverProcess startIn(Path home) throws IOException, InterruptedException {
        return startIn(home, "768m", Map.of());
    }

    /** @param heap such as {@code 1500m} @param settings by name in the environment, beside those of every process here */
    public static DroverProcess startIn(Path home, String heap, Map<String, String> settings) throws IOException, InterruptedException {
        try (var socket = new ServerSocket(0)) {
            var drover = new DroverProcess(home, socket.getLocalPort(), heap, settings);
            socket.close();
            drover.start();
            return drover;
        }
    }

    public static DroverProcess fresh() throws IOException, InterruptedException {
        return startIn(Files.createTempDirectory(Path.of("target"), "process-home"));
    }

    /** @return seconds until ready */
    public double start() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        var builder = new ProcessBuilder(java(), "-Xmx" + heap,
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar", unpacked().toString());
        builder.environment().putAll(Map.of("SERVER_PORT", Integer.toString(port), "DROVER_HOME", home.toString(),
                "DROVER_API_TOKEN", TOKEN, "DROVER_ADMIN_PASSWORD", PASSWORD, "DROVER_DEMO", "false", "DROVER_CLOCK", "system"));
        builder.environment().putAll(settings);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(LOG.toFile()));
        process = builder.start();
        var api = api();
        while (!api.ready()) {
            if (!process.isAlive()) {
                throw new IllegalStateException("Drover ended while starting; see " + LOG);
            }
            if (System.nanoTime() - begun > Duration.ofMinutes(6).toNanos()) {
                throw new IllegalStateException("Drover isn't ready after six minutes; see " + LOG);
            }
            Thread.sleep(100);
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    /** Unpacked, it starts in two thirds of the time: a third of what a start takes is finding classes in jars within a jar. */
    private static synchronized Path unpacked() throws IOException, InterruptedException {
        if (unpacked == null) {
            var directory = Path.of("target", "unpacked");
            var extract = new ProcessBuilder(java(), "-Djarmode=tools", "-jar", PACKAGE.toString(), "extract", "--force", "--destination", directory.toString())
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(LOG.toFile())).start();
            if (extract.waitFor() != 0) {
                throw new IllegalStateException("%s can't be unpacked; see %s".formatted(PACKAGE, LOG));
            }
            unpacked = directory.resolve(PACKAGE.getFileName());
        }
        return unpacked;
    }

    private static String java() {
        return ProcessHandle.current().info().command().orElse("java");
    }

    public Api api() {
        return new Api("http://127.0.0.1:" + port, TOKEN);
    }

    /** kill -9 of the application and of its engine. PostgreSQL, a process of its own, is left as an orphan on purpose. */
    public void killNine() throws InterruptedException {
        var engine = engine();
        process.destroyForcibly();
        engine.ifPresent(ProcessHandle::destroyForcibly);
        process.waitFor();
    }

    /** kill -9 of PostgreSQL with all of its connections. */
    public void killDatabase() throws IOException {
        long postmaster = Long.parseLong(Files.readAllLines(home.resolve("postgres/data/postmaster.pid")).getFirst().trim());
        ProcessHandle.of(postmaster).ifPresent(handle -> {
            var connections = handle.descendants().toList();
            handle.destroyForcibly();
            connections.forEach(ProcessHandle::destroyForcibly);
        });
    }

    public Optional<ProcessHandle> engine() {
        return ProcessHandle.allProcesses().filter(candidate -> commandLine(candidate.pid())
                .map(line -> line.contains("StandaloneBroker") && line.contains(home.toAbsolutePath().normalize().toString())).orElse(false)).findFirst();
    }

    public int enginePort() {
        var line = engine().flatMap(handle -> commandLine(handle.pid())).orElseThrow();
        var port = Pattern.compile("gateway\\.network\\.port=(\\d+)").matcher(line);
        if (!port.find()) {
            throw new IllegalStateException("The engine's command line names no gateway port");
        }
        return Integer.parseInt(port.group(1));
    }

    /** A connection of our own to the embedded PostgreSQL. */
    public Connection database() throws IOException, SQLException {
        List<String> pidFile = Files.readAllLines(home.resolve("postgres/data/postmaster.pid"));
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + pidFile.get(3).trim() + "/postgres", "postgres", "postgres");
    }

    /** Resident memory of the application and the engine, in MB. */
    public String memory() throws IOException {
        return "application %d MB, engine %d MB resident".formatted(resident(process.pid()), resident(engine().orElseThrow().pid()));
    }

    /** Processor time the application has taken, PostgreSQL and the engine not counted. */
    public long cpuMillis() {
        return process.toHandle().info().totalCpuDuration().orElseThrow().toMillis();
    }

    /** Processor time each part has taken so far, of PostgreSQL those connections that are open. */
    public Map<String, Duration> cpu() throws IOException {
        long database = Long.parseLong(Files.readAllLines(home.resolve("postgres/data/postmaster.pid")).getFirst().trim());
        return Map.of("application", taken(process.toHandle()), "engine", taken(engine().orElseThrow()),
                "database", ProcessHandle.of(database).orElseThrow().descendants().map(DroverProcess::taken).reduce(Duration.ZERO, Duration::plus));
    }

    private static Duration taken(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
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
