package dev.drover.delivery;

import dev.drover.delivery.throughput.Throughput;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Sends what the ledger holds: claims rows, and has them handed over, several at once. */
@Component
class Dispatcher implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
    private static final int AT_ONCE = 8;
    private static final int CLAIM = 64;
    private static final long LOOK_MILLIS = 500;
    /** A claimed message whose turn comes later than this is let go: begun now, it might outlast its lease, and another would send it too. */
    private static final long BEGIN_WITHIN = Duration.ofSeconds(60).toNanos();

    private final Outbox outbox;
    private final Claims claims;
    private final Throughput throughput;
    private final HandOver handOver;
    private final DispatchAlarm alarm;
    private final String owner;
    private final Semaphore hands = new Semaphore(AT_ONCE);
    private ExecutorService senderThreads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean running;
    private volatile Thread thread = Thread.currentThread();

    Dispatcher(Outbox outbox, Claims claims, Throughput throughput, HandOver handOver, DispatchAlarm alarm, SecureRandom random) {
        this.outbox = outbox;
        this.claims = claims;
        this.throughput = throughput;
        this.handOver = handOver;
        this.alarm = alarm;
        byte[] id = new byte[8];
        random.nextBytes(id);
        this.owner = HexFormat.of().formatHex(id);
    }

    @Override
    public void start() {
        outbox.endLeasesOfThePredecessor();
        begin();
    }

    /** Beside others: what they are sending is left to them. */
    void begin() {
        running = true;
        senderThreads = Executors.newVirtualThreadPerTaskExecutor();
        thread = Thread.ofPlatform().name("dispatcher").daemon().start(this::run);
    }

    private void run() {
        while (running) {
            try {
                resolveOrphans();
                if (!dispatch()) {
                    alarm.await(LOOK_MILLIS);
                }
            } catch (InterruptedException stop) {
                return;
            } catch (RuntimeException e) {
                if (running) {
                    log.warn("The dispatcher can't work, trying again: {}", e.toString());
                    pause();
                }
            }
        }
    }

    private void pause() {
        try {
            alarm.await(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether there was anything to do */
    private boolean dispatch() throws InterruptedException {
        var taken = claims.take(owner, CLAIM);
        long since = System.nanoTime();
        for (Outbox.Claimed message : taken.messages()) {
            hands.acquire();
            if (!running || System.nanoTime() - since > BEGIN_WITHIN || throughput.withdrawn(message.ticket())) {
                hands.release();
                outbox.letGo(owner, message.id());
                throughput.unused(message.ticket());
            } else {
                senderThreads.execute(() -> send(message));
            }
        }
        // All of this round are done before the next claim, so that a journey's next message finds its predecessor settled.
        hands.acquire(AT_ONCE);
        hands.release(AT_ONCE);
        return taken.more();
    }

    private void send(Outbox.Claimed message) {
        try {
            handOver.send(owner, message);
        } catch (RuntimeException e) {
            // What came of it couldn't be written down. When the lease ends it is resolved like that of a dead sender.
            log.warn("What became of message {} couldn't be written down: {}", message.id(), e.toString());
        } finally {
            hands.release();
        }
    }

    /** Messages whose sender died. */
    private void resolveOrphans() {
        for (Outbox.Orphan orphan : outbox.adopt(owner, CLAIM)) {
            try {
                handOver.resolve(owner, orphan.id(), orphan.provider(), orphan.attempts(), "in flight when its sender died");
            } catch (RuntimeException e) {
                // Its lease runs out again; the others don't wait for it.
                log.warn("What became of message {} can't be found out now: {}", orphan.id(), e.toString());
            }
        }
    }

    @Override
    public void stop() {
        running = false;
        alarm.ring();
        try {
            thread.join(20_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        senderThreads.shutdown();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE - 3072;
    }
}
