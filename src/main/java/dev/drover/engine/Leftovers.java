package dev.drover.engine;

import java.nio.file.Path;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An engine that outlived a killed Drover. It is known by its command line, which names our data directory; the lock on that directory says
 * that nobody else is using it. It is ended rather than reused: its exporter writes to a database address of the past.
 */
final class Leftovers {

    private static final Logger log = LoggerFactory.getLogger(Leftovers.class);

    private Leftovers() {}

    /** The first argument of the child, so that a shortened command line still shows it. */
    static String mark(Path directory) {
        return "-Ddrover.engine.directory=" + directory;
    }

    static void end(Path directory) {
        String mark = mark(directory);
        ProcessHandle.allProcesses().filter(process -> bears(process.info(), mark)).forEach(process -> {
            log.info("Ending the engine (process {}) that a killed Drover left on {}", process.pid(), directory);
            // The engine recovers from its log; its own slow way out waits for clients that are gone.
            process.destroyForcibly();
            EmbeddedEngine.awaitEnd(process);
        });
    }

    private static boolean bears(ProcessHandle.Info process, String mark) {
        return process.arguments().map(arguments -> Arrays.asList(arguments).contains(mark)).orElse(false);
    }
}
