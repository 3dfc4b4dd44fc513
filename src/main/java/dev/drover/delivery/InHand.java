package dev.drover.delivery;

/** How many messages were claimed and aren't settled yet. */
final class InHand {

    private int count;

    synchronized void add(int messages) {
        count += messages;
    }

    synchronized void done(int messages) {
        count -= messages;
        notifyAll();
    }

    /** Waits until there are at most so many. */
    synchronized void awaitAtMost(int most) throws InterruptedException {
        while (count > most) {
            wait();
        }
    }

    /** @return whether all were done with in time */
    synchronized boolean awaitNone(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        for (long left = millis; count > 0 && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        return count <= 0;
    }
}
