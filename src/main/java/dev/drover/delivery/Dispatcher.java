package dev.drover.delivery;

import dev.drover.delivery.Preparation.Ready;
import dev.drover.delivery.throughput.Throughput;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Sends what the ledger holds: claims rows, makes them ready together, and has them handed over, several at once. While some are on their way the
 * next are made ready; what came of them is written down in sets. Those about to leave are marked: should this process die, only they are in doubt.
 */
@Component
class Dispatcher implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
    /** Hand-overs at once by one provider; what isn't advertising has as many of its own, so that it never waits behind a mailing. */
    private static final int AT_ONCE = 8;
    private static final int CLAIM = 100;
    /** As many are marked by one statement, and are as many more in doubt when this process dies as they are fewer statements. */
    private static final int MARKED_TOGETHER = 16;
    private static final int MARKED_AT_ONCE = 32;
    private static final int MOST_IN_HAND = 250;
    private static final long LOOK_MILLIS = 500;
    private static final long LAST_ONES_MILLIS = 20_000;
    /** A claimed message whose turn comes later than this is let go: begun now, it might outlast its lease, and another would send it too. */
    private static final long BEGIN_WITHIN = Duration.ofSeconds(60).toNanos();

    /** @param marked as many may be about to leave @param free as many may be leaving */
    private record Hands(Semaphore marked, Semaphore free) {
        Hands() {
            this(new Semaphore(MARKED_AT_ONCE, true), new Semaphore(AT_ONCE, true));
        }
    }

    private final Outbox outbox;
    private final Claims claims;
    private final Throughput throughput;
    private final Preparation preparation;
    private final HandOver handOver;
    private final HeldMailings held;
    private final DispatchAlarm alarm;
    private final String owner;
    private final InHand inHand = new InHand();
    private final Map<String, Hands> hands = new ConcurrentHashMap<>();
    private ExecutorService senderThreads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean running;
    private volatile Thread thread = Thread.currentThread();
    private volatile @Nullable Settling settling;
    private long lookedForOrphans = System.nanoTime() - LOOK_MILLIS * 1_000_000;

    Dispatcher(Outbox outbox, Claims claims, Throughput throughput, Preparation preparation, HandOver handOver, HeldMailings held, DispatchAlarm alarm, SecureRandom random) {
        this.outbox = outbox;
        this.claims = claims;
        this.throughput = throughput;
        this.preparation = preparation;
        this.handOver = handOver;
        this.held = held;
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
        settling = new Settling(outbox, owner, inHand::done);
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
        inHand.awaitAtMost(MOST_IN_HAND - CLAIM);
        var taken = claims.take(owner, CLAIM);
        inHand.add(taken.messages().size());
        long since = System.nanoTime();
        var prepared = preparation.of(taken.messages());
        prepared.unready().forEach((message, settlement) -> {
            throughput.unused(message.ticket());
            settle(settlement);
        });
        var lines = prepared.ready().stream().collect(Collectors.groupingBy(ready -> ready.message().ticket().provider() + (ready.message().type().equals("marketing") ? "" : " urgent")));
        lines.forEach((line, all) -> {
            var its = hands.computeIfAbsent(line, key -> new Hands());
            for (int n = 0; n < all.size(); n += MARKED_TOGETHER) {
                var some = all.subList(n, Math.min(all.size(), n + MARKED_TOGETHER));
                senderThreads.execute(() -> begin(some, its, since));
            }
        });
        return taken.more();
    }

    private void begin(List<Ready> some, Hands hands, long since) {
        hands.marked.acquireUninterruptibly(some.size());
        try {
            outbox.begin(some.stream().map(ready -> ready.message().id()).toList());
        } catch (RuntimeException e) {
            log.warn("{} messages, such as {}, couldn't be marked as leaving, and don't leave: {}", some.size(), some.getFirst().message().id(), e.toString());
            hands.marked.release(some.size());
            some.forEach(ready -> settle(putBack(ready.message())));
            return;
        }
        some.forEach(ready -> senderThreads.execute(() -> {
            try {
                settle(send(ready, hands.free, since));
            } finally {
                hands.marked.release();
            }
        }));
    }

    private Settlement putBack(Outbox.Claimed message) {
        throughput.unused(message.ticket());
        return Settlement.untouched(message.id());
    }

    private Settlement send(Ready ready, Semaphore hand, long since) {
        var message = ready.message();
        hand.acquireUninterruptibly();
        try {
            if (!running || System.nanoTime() - since > BEGIN_WITHIN || throughput.withdrawn(message.ticket()) || held.holds(message.mailing())) {
                return putBack(message);
            }
            return handOver.send(ready);
        } catch (RuntimeException e) {
            log.warn("What became of message {} isn't known: {}", message.id(), e.toString());
            return handOver.resolve(message.id(), message.ticket().provider(), message.attempts(), "it broke off while it was handed over: " + e.getMessage());
        } finally {
            hand.release();
        }
    }

    private void settle(Settlement settlement) {
        Objects.requireNonNull(settling).add(settlement);
    }

    /** Messages whose sender died. */
    private void resolveOrphans() {
        if (System.nanoTime() - lookedForOrphans < LOOK_MILLIS * 1_000_000) {
            return;
        }
        lookedForOrphans = System.nanoTime();
        var orphans = outbox.adopt(owner, CLAIM);
        inHand.add(orphans.size());
        for (Outbox.Orphan orphan : orphans) {
            try {
                settle(orphan.begun() ? handOver.resolve(orphan.id(), orphan.provider(), orphan.attempts(), "in flight when its sender died") : Settlement.untouched(orphan.id()));
            } catch (RuntimeException e) {
                // Its lease runs out again; the others don't wait for it.
                inHand.done(1);
                log.warn("What became of message {} can't be found out now: {}", orphan.id(), e.toString());
            }
        }
    }

    @Override
    public void stop() {
        running = false;
        alarm.ring();
        try {
            thread.join(LAST_ONES_MILLIS);
            inHand.awaitNone(LAST_ONES_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        senderThreads.shutdown();
        if (settling != null) {
            settling.close();
        }
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
