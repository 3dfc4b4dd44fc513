package dev.drover.engine;

import dev.drover.kernel.DirectoryLock;
import dev.drover.kernel.PlatformClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The engine as a child process with its state under {@code DROVER_HOME/engine}. Starts at once, beside the rest of the application; when it
 * dies it is started again on the same ports after a pause that grows. Ends with us: told to when we stop, by itself when we are killed.
 */
class EmbeddedEngine implements SmartLifecycle, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedEngine.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration STABLE = Duration.ofMinutes(1);
    private static final Duration STOPPING = Duration.ofSeconds(10);
    /** Stops after the event consumers, which need it. */
    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 4096;

    private final DirectoryLock lock;
    private final String identity;
    private final Broker broker;
    private final Thread supervisor;
    private final EngineClock clock;
    private final List<Runnable> whenReady = new CopyOnWriteArrayList<>();
    private volatile @Nullable Process process;
    private volatile boolean ready;
    private volatile boolean closing;

    private EmbeddedEngine(DirectoryLock lock, String identity, Broker broker, PlatformClock clock) {
        this.lock = lock;
        this.identity = identity;
        this.broker = broker;
        this.clock = new EngineClock(clock, broker.management());
        this.supervisor = Thread.ofPlatform().name("engine-supervisor").daemon().unstarted(this::supervise);
    }

    static EmbeddedEngine launch(EngineSettings settings, Path home, PlatformClock clock, HistoryTarget history,
            SecureRandom random) {
        Path directory = home.resolve("engine");
        DirectoryLock lock = DirectoryLock.acquire(directory);
        try {
            Leftovers.end(directory);
            String identity = identity(directory.resolve("identity"), random);
            var broker = new Broker(settings, directory, home.resolve("logs"), history, identity);
            var engine = new EmbeddedEngine(lock, identity, broker, clock);
            engine.supervisor.start();
            return engine;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** In the data directory, so that it goes when the engine's data goes: keys in a fresh engine begin from the same number. */
    private static String identity(Path file, SecureRandom random) {
        try {
            if (Files.notExists(file)) {
                byte[] fresh = new byte[12];
                random.nextBytes(fresh);
                Files.writeString(file, HexFormat.of().formatHex(fresh));
            }
            return Files.readString(file).trim();
        } catch (IOException e) {
            throw new UncheckedIOException("Can't keep the engine's identity in " + file, e);
        }
    }

    EngineConnection connection() {
        return new EngineConnection(identity, broker.grpc(), broker.rest());
    }

    /** To be run after every start, also later ones; at once where the engine is ready already. */
    void whenReady(Runnable action) {
        whenReady.add(action);
        if (ready) {
            action.run();
        }
    }

    private void supervise() {
        Duration pause = FIRST_PAUSE;
        while (!closing) {
            long startedAt = System.nanoTime();
            String end = runOnce();
            if (closing) {
                return;
            }
            pause = System.nanoTime() - startedAt > STABLE.toNanos() ? FIRST_PAUSE : pause;
            log.error("The engine ended ({}), see {}; starting it again in {} ms", end, broker.logFile(), pause.toMillis());
            if (!sleep(pause)) {
                return;
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private String runOnce() {
        try {
            Process child;
            synchronized (this) {
                if (closing) {
                    return "closing";
                }
                ready = false;
                child = broker.start(clock.launchOffset());
                process = child;
            }
            long startedAt = System.nanoTime();
            if (broker.awaitReady(child)) {
                ready = true;
                clock.follow();
                whenReady.forEach(Runnable::run);
                log.info("The engine is ready after {} ms (process {}, gateway {})", Duration.ofNanos(System.nanoTime() - startedAt).toMillis(),
                        child.pid(), broker.grpc());
            }
            return "exit code " + child.waitFor();
        } catch (IOException e) {
            return e.getMessage();
        } catch (InterruptedException e) {
            return "interrupted";
        }
    }

    private boolean sleep(Duration pause) {
        try {
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
            return true;
        } catch (InterruptedException closed) {
            return false;
        }
    }

    URI management() {
        return broker.management();
    }

    EngineClock clock() {
        return clock;
    }

    @Override
    public void start() {
        // It has been starting since the bean was made, so that the engine and the application start side by side.
    }

    @Override
    public void stop() {
        close();
    }

    @Override
    public boolean isRunning() {
        return !closing;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public void close() {
        Process child;
        synchronized (this) {
            if (closing) {
                return;
            }
            closing = true;
            child = process;
        }
        supervisor.interrupt();
        try {
            if (child != null) {
                // Told to end while it starts, it hangs; there is nothing it could lose.
                Runnable way = ready ? child::destroy : child::destroyForcibly;
                way.run();
                awaitEnd(child.toHandle());
            }
        } finally {
            lock.close();
        }
    }

    /** Makes it end when it doesn't by itself. */
    static void awaitEnd(ProcessHandle child) {
        try {
            child.onExit().get(STOPPING.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException stubborn) {
            log.warn("The engine (process {}) doesn't end by itself, ending it forcibly; it recovers from its log at the next start", child.pid());
            child.destroyForcibly();
            child.onExit().orTimeout(STOPPING.toSeconds(), TimeUnit.SECONDS).join();
            if (stubborn instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
