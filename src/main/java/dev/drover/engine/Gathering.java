package dev.drover.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * What comes while one thread works is that thread's next work, all of it together: alone, nothing waits; in a crowd the cost of one is shared. Thread-safe.
 */
final class Gathering<T> {

    private final BlockingQueue<T> waiting;
    private final ReentrantLock turn = new ReentrantLock();
    private final int most;
    private final Consumer<List<T>> work;

    /** @param most together */
    Gathering(int most, Consumer<List<T>> work) {
        this.waiting = new ArrayBlockingQueue<>(2 * most);
        this.most = most;
        this.work = work;
    }

    /** Returns when it is done or left to the thread that has the turn; waits while that one has more than enough. */
    void add(T one) throws InterruptedException {
        waiting.put(one);
        // Whoever has the turn looks once more after giving it up, so that nothing is left lying.
        while (!waiting.isEmpty() && turn.tryLock()) {
            try {
                var some = new ArrayList<T>(most);
                waiting.drainTo(some, most);
                if (!some.isEmpty()) {
                    work.accept(some);
                }
            } finally {
                turn.unlock();
            }
        }
    }
}
