package dev.drover.tracking;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes hits in at once and writes them in sets when it is told to. When it is full, or closed, a hit is written by whoever brings it: slower, but not
 * lost. A set that can't be written is kept for the next time.
 */
class HitBuffer {

    private static final Logger log = LoggerFactory.getLogger(HitBuffer.class);
    private static final int SET = 1_000;

    private final Consumer<List<Hit>> store;
    private final BlockingQueue<Hit> waiting;
    /** Taken out and not yet written. */
    private final List<Hit> set = new ArrayList<>();
    private volatile boolean closed;

    HitBuffer(Consumer<List<Hit>> store, int room) {
        this.store = store;
        this.waiting = new ArrayBlockingQueue<>(room);
    }

    /** Never throws: whoever followed a link is let through, whatever becomes of its count. */
    void add(Hit hit) {
        if (!closed && waiting.offer(hit)) {
            return;
        }
        try {
            store.accept(List.of(hit));
        } catch (RuntimeException e) {
            log.warn("An open or click of message {} is lost: {}", hit.messageId(), e.toString());
        }
    }

    /** @return whether there was anything to write */
    synchronized boolean flush() {
        boolean written = false;
        while (!set.isEmpty() || waiting.drainTo(set, SET) > 0) {
            store.accept(List.copyOf(set));
            set.clear();
            written = true;
        }
        return written;
    }

    void open() {
        closed = false;
    }

    /** Writes what is there; what comes later is written at once. */
    void close() {
        closed = true;
        flush();
    }
}
