package dev.drover.database;

import dev.drover.kernel.DirectoryLock;
import dev.drover.kernel.StartFailure;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL as a child process on a free loopback port. A server left over by a killed Drover is ended first (the lock on the directory
 * says that nobody else uses it); PostgreSQL then recovers from its write-ahead log as after a power cut.
 */
class EmbeddedServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedServer.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DirectoryLock lock;
    private final EmbeddedPostgres postgres;

    private EmbeddedServer(DirectoryLock lock, EmbeddedPostgres postgres) {
        this.lock = lock;
        this.postgres = postgres;
    }

    static EmbeddedServer start(Path directory) {
        DirectoryLock lock = DirectoryLock.acquire(directory);
        try {
            Path data = directory.resolve("data");
            endLeftover(data.resolve("postmaster.pid"));
            var postgres = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setPGStartupWait(PATIENCE)
                    // Its hook would stop the server beside whatever is still working; the application stops it last.
                    .setRegisterShutdownHook(false)
                    // The library's defaults are for tests that may lose data; this is somebody's shop.
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("max_connections", "100")
                    .setServerConfig("shared_buffers", "128MB")
                    .setServerConfig("wal_compression", "on")
                    // After each checkpoint every page is logged whole once; with many customers that is most of what is written.
                    .setServerConfig("max_wal_size", "2GB")
                    .setServerConfig("checkpoint_timeout", "15min")
                    .setServerConfig("timezone", "UTC")
                    .start();
            return new EmbeddedServer(lock, postgres);
        } catch (IOException e) {
            lock.close();
            throw new StartFailure("The embedded PostgreSQL doesn't start on %s: %s".formatted(directory, e.getMessage()),
                    "Its own words are in the lines above; DROVER_DATABASE_URL uses a PostgreSQL of yours instead.", e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    String url() {
        return postgres.getJdbcUrl("postgres", "postgres") + "&reWriteBatchedInserts=true";
    }

    private static void endLeftover(Path pidFile) throws IOException {
        if (!Files.exists(pidFile)) {
            return;
        }
        long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().trim());
        var leftover = ProcessHandle.of(pid)
                // The number may belong to somebody else's process by now.
                .filter(process -> process.info().command().map(command -> command.endsWith("postgres")).orElse(false));
        if (leftover.isPresent()) {
            log.info("Ending the PostgreSQL (process {}) that a killed Drover left on {}", pid, pidFile.getParent());
            interrupt(pid);
            await(leftover.get());
        }
        Files.deleteIfExists(pidFile);
    }

    /** PostgreSQL's fast shutdown is SIGINT: sessions are ended, the data is checkpointed. Java can only send SIGTERM, which waits for sessions. */
    private static void interrupt(long pid) throws IOException {
        new ProcessBuilder(List.of("kill", "-INT", Long.toString(pid))).start();
    }

    private static void await(ProcessHandle process) throws IOException {
        try {
            process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IOException("the leftover PostgreSQL, process " + process.pid() + ", doesn't end; end it by hand", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the leftover PostgreSQL ends", e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            postgres.close();
        } finally {
            lock.close();
        }
    }
}
