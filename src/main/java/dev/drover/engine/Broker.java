package dev.drover.engine;

import dev.drover.kernel.StartFailure;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the child process is started: one broker with a gateway, everything on the loopback address. */
class Broker {

    private static final String LOOPBACK = "127.0.0.1";
    /** Under 8.5's name, and from 8.6 on. */
    private static final String MAIN = "io.camunda.zeebe.broker.StandaloneBroker";
    private static final String MAIN_FROM_8_6 = "io.camunda.application.StandaloneBroker";
    private static final String EXPORTER = "dev.drover.engine.history.exporter.HistoryExporter";
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(150);
    private static final long FULL_CONSOLE = 10_000_000;

    private final EngineSettings settings;
    private final Path directory;
    private final Path exporter;
    private final Path console;
    private final HistoryTarget history;
    private final String identity;
    private final int[] ports = freePorts(5);
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    Broker(EngineSettings settings, Path directory, Path logs, HistoryTarget history, String identity) {
        if (!Files.isDirectory(settings.distribution().resolve("lib"))) {
            throw new StartFailure("The engine isn't at %s.".formatted(settings.distribution()), "`mvn generate-resources` unpacks it there; or name its directory by "
                    + "DROVER_ENGINE_DISTRIBUTION, or use your own cluster by DROVER_ENGINE_MODE=remote.", null);
        }
        if (!Files.isRegularFile(settings.exporter())) {
            throw new StartFailure("The engine's exporter isn't at %s.".formatted(settings.exporter()),
                    "`mvn process-classes` makes it; or name it by DROVER_ENGINE_EXPORTER.", null);
        }
        this.settings = settings;
        this.directory = directory;
        this.exporter = directory.resolve("exporter.jar");
        this.console = logs.resolve("engine.log");
        this.history = history;
        this.identity = identity;
    }

    URI grpc() {
        return URI.create("http://" + LOOPBACK + ":" + ports[0]);
    }

    URI rest() {
        return URI.create("http://" + LOOPBACK + ":" + ports[3]);
    }

    URI management() {
        return URI.create("http://" + LOOPBACK + ":" + ports[4]);
    }

    Path logFile() {
        return console;
    }

    Process start(Duration clockOffset) throws IOException {
        Files.createDirectories(console.getParent());
        if (Files.exists(console) && Files.size(console) > FULL_CONSOLE) {
            Files.move(console, console.resolveSibling("engine.1.log"), StandardCopyOption.REPLACE_EXISTING);
        }
        // A copy: a build beside the running engine may replace the original.
        Files.copy(settings.exporter(), exporter, StandardCopyOption.REPLACE_EXISTING);
        var builder = new ProcessBuilder(command(clockOffset))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(console.toFile()));
        environment(builder.environment());
        return builder.start();
    }

    private List<String> command(Duration clockOffset) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(Leftovers.mark(directory));
        command.add("-Xmx" + settings.heap());
        command.add("-XX:+UseSerialGC");
        command.add("-Xms64m");
        command.add("-XX:MaxDirectMemorySize=128m");
        command.add("--enable-native-access=ALL-UNNAMED");
        if (Runtime.version().feature() >= 23) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        for (String opened : List.of("java.lang", "java.nio", "sun.nio.ch")) {
            command.add("--add-opens");
            command.add("java.base/" + opened + "=ALL-UNNAMED");
        }
        command.add("-Ddrover.parent=" + ProcessHandle.current().pid());
        command.add("-Ddrover.clock.offset=" + clockOffset.toMillis());
        options().forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add("-cp");
        command.add(String.join(File.pathSeparator, exporter.toString(), settings.distribution().resolve("config").toString(),
                settings.distribution().resolve("lib") + "/*"));
        command.add(isFrom86() ? MAIN_FROM_8_6 : MAIN);
        return command;
    }

    /** Told by the jars of its distribution: all bear its version. */
    private boolean isFrom86() {
        try (var jars = Files.newDirectoryStream(settings.distribution().resolve("lib"), "zeebe-broker-[0-9]*.jar")) {
            for (Path jar : jars) {
                var version = jar.getFileName().toString().substring("zeebe-broker-".length()).split("\\.");
                return Integer.parseInt(version[0]) > 8 || Integer.parseInt(version[1]) >= 6;
            }
            throw new StartFailure("%s holds no engine: there is no zeebe-broker-….jar in its lib.".formatted(settings.distribution()), "Name the unpacked distribution of Camunda 8.5 or 8.6.", null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Object> options() {
        var options = new LinkedHashMap<String, Object>();
        if (isFrom86()) {
            options.put("spring.profiles.active", "broker");
        }
        options.put("zeebe.broker.data.directory", directory.resolve("data"));
        // The default of 128 MB is reserved on disk at once.
        options.put("zeebe.broker.data.logSegmentSize", "32MB");
        // What was exported is thrown away with each snapshot; the default of 15 minutes lets the log grow, and it is mapped into memory.
        options.put("zeebe.broker.data.snapshotPeriod", "1m");
        // The state's buffers and cache; the default is 512 MB.
        options.put("zeebe.broker.experimental.rocksdb.memoryLimit", "64MB");
        options.put("zeebe.broker.network.host", LOOPBACK);
        options.put("zeebe.broker.gateway.network.host", LOOPBACK);
        options.put("zeebe.broker.gateway.network.port", ports[0]);
        options.put("zeebe.broker.network.commandApi.port", ports[1]);
        options.put("zeebe.broker.network.internalApi.port", ports[2]);
        options.put("server.address", LOOPBACK);
        options.put("server.port", ports[3]);
        options.put("management.server.address", LOOPBACK);
        options.put("management.server.port", ports[4]);
        options.put("zeebe.clock.controlled", true);
        // We bound what is in flight ourselves, and refusals would only cost time.
        options.put("zeebe.broker.backpressure.enabled", false);
        return options;
    }

    private void environment(Map<String, String> environment) {
        // Settings of somebody's other engine are not meant for this one.
        environment.keySet().removeIf(name -> name.startsWith("ZEEBE_") || name.startsWith("CAMUNDA_") || name.startsWith("SPRING_")
                || name.startsWith("SERVER_") || name.startsWith("MANAGEMENT_") || name.startsWith("DROVER_") || name.equals("JAVA_TOOL_OPTIONS"));
        // RocksDB allocates on many threads; an arena for each would keep what it frees.
        environment.put("MALLOC_ARENA_MAX", "2");
        // Not on the command line, which every user of the machine can read.
        environment.put("ZEEBE_BROKER_EXPORTERS_DROVER_JARPATH", exporter.toString());
        environment.put("ZEEBE_BROKER_EXPORTERS_DROVER_CLASSNAME", EXPORTER);
        environment.put("ZEEBE_BROKER_EXPORTERS_DROVER_ARGS_URL", history.url());
        environment.put("ZEEBE_BROKER_EXPORTERS_DROVER_ARGS_USER", history.user());
        environment.put("ZEEBE_BROKER_EXPORTERS_DROVER_ARGS_PASSWORD", history.password());
        environment.put("ZEEBE_BROKER_EXPORTERS_DROVER_ARGS_ENGINE", identity);
    }

    /** @return false when the process ended before it was ready */
    boolean awaitReady(Process child) throws InterruptedException, IOException {
        long giveUpAt = System.nanoTime() + READY_WITHIN.toNanos();
        while (child.isAlive()) {
            if (ready()) {
                return true;
            }
            if (System.nanoTime() > giveUpAt) {
                child.destroyForcibly();
                throw new IOException("not ready within " + READY_WITHIN.toSeconds() + " s");
            }
            Thread.sleep(LOOK);
        }
        return false;
    }

    private boolean ready() throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(management().resolve("/actuator/health/readiness")).timeout(Duration.ofSeconds(2)).build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** All opened before any is closed, so that they differ. */
    private static int[] freePorts(int count) {
        var sockets = new ArrayList<ServerSocket>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK)));
            }
            return sockets.stream().mapToInt(ServerSocket::getLocalPort).toArray();
        } catch (IOException e) {
            throw new UncheckedIOException("No free ports on the loopback address", e);
        } finally {
            for (var socket : sockets) {
                try {
                    socket.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}
