package dev.drover.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;

/**
 * Writes down what came of messages. While one set is being written the next one gathers: a single message is written at once, thousands a second
 * by a few dozen statements, and nobody waits for a timer.
 */
final class Settling implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Settling.class);
    private static final int MOST = 500;
    private static final long PAUSE_MILLIS = 500;
    private static final Settlement END = Settlement.untouched(-1);

    private final Outbox outbox;
    private final String owner;
    private final IntConsumer written;
    private final LinkedBlockingQueue<Settlement> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closing;

    /** @param written told how many are done with */
    Settling(Outbox outbox, String owner, IntConsumer written) {
        this.outbox = outbox;
        this.owner = owner;
        this.written = written;
        this.thread = Thread.ofPlatform().name("settling").daemon().start(this::run);
    }

    void add(Settlement settlement) {
        queue.add(settlement);
    }

    private void run() {
        var set = new ArrayList<Settlement>();
        boolean ending = false;
        while (!ending) {
            try {
                set.clear();
                set.add(queue.take());
                queue.drainTo(set, MOST - 1);
                ending = set.remove(END);
                write(List.copyOf(set));
            } catch (InterruptedException stop) {
                return;
            } finally {
                written.accept(set.size());
            }
        }
    }

    private void write(List<Settlement> set) throws InterruptedException {
        while (!set.isEmpty()) {
            try {
                outbox.settle(owner, set);
                return;
            } catch (DataAccessException e) {
                if (set.size() > 1 && isAboutTheData(e)) {
                    for (Settlement one : set) {
                        write(List.of(one));
                    }
                    return;
                }
                // What can't be written down is resolved like what a dead sender left when its lease ends.
                log.warn("What became of {} messages, such as {}, couldn't be written down: {}", set.size(), set.getFirst().id(), e.toString());
                if (closing || isAboutTheData(e)) {
                    return;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    /** Trying again would end the same way. */
    private static boolean isAboutTheData(DataAccessException e) {
        return e instanceof NonTransientDataAccessException && !(e instanceof NonTransientDataAccessResourceException);
    }

    /** All that was told is written first. */
    @Override
    public void close() {
        closing = true;
        queue.add(END);
        try {
            thread.join(Duration.ofSeconds(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
