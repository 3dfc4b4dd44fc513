package dev.drover.delivery;

import dev.drover.audience.Customers;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Sends what the ledger holds: claims, asks the rules once more, hands over to the provider, writes down what came of it. */
@Component
class Dispatcher implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
    private static final int AT_ONCE = 8;
    private static final int CLAIM = 64;
    private static final long LOOK_MILLIS = 500;
    private static final int TRIES = 8;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(2);

    private final Outbox outbox;
    private final Providers providers;
    private final Eligibility eligibility;
    private final Customers customers;
    private final Senders senders;
    private final DispatchAlarm alarm;
    private final DeliverySettings settings;
    private final PlatformClock clock;
    private final String owner;
    private final Semaphore hands = new Semaphore(AT_ONCE);
    private ExecutorService senderThreads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean running;
    private volatile Thread thread = Thread.currentThread();

    Dispatcher(Outbox outbox, Providers providers, Eligibility eligibility, Customers customers, Senders senders, DispatchAlarm alarm,
            DeliverySettings settings, PlatformClock clock, SecureRandom random) {
        this.outbox = outbox;
        this.providers = providers;
        this.eligibility = eligibility;
        this.customers = customers;
        this.senders = senders;
        this.alarm = alarm;
        this.settings = settings;
        this.clock = clock;
        byte[] id = new byte[8];
        random.nextBytes(id);
        this.owner = HexFormat.of().formatHex(id);
    }

    @Override
    public void start() {
        running = true;
        outbox.endLeasesOfThePredecessor();
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

    /** @return whether there was anything to send */
    private boolean dispatch() throws InterruptedException {
        List<Outbox.Claimed> claimed = outbox.claim(owner, CLAIM, providerNames());
        for (Outbox.Claimed message : claimed) {
            hands.acquire();
            senderThreads.execute(() -> {
                try {
                    send(message);
                } catch (RuntimeException e) {
                    // The row stays leased; when the lease ends it is resolved like that of a dead sender.
                    log.warn("Message {} couldn't be sent: {}", message.id(), e.toString());
                } finally {
                    hands.release();
                }
            });
        }
        // All of this round are done before the next claim, so that a journey's next message finds its predecessor settled.
        hands.acquire(AT_ONCE);
        hands.release(AT_ONCE);
        return !claimed.isEmpty();
    }

    private Map<Channel, String> providerNames() {
        var names = new EnumMap<Channel, String>(Channel.class);
        for (Channel channel : Channel.values()) {
            names.put(channel, providers.of(channel).name());
        }
        return names;
    }

    private void send(Outbox.Claimed message) {
        var customer = customers.byId(message.customerId());
        if (customer.isEmpty()) {
            outbox.heldBack(owner, message.id(), new Eligibility.Decision("skip", "erased", "the customer is gone", null));
            return;
        }
        var decision = eligibility.decide(customer.get(), message.channel(), message.address(), message.type(), message.category(), message.origin(), message.id());
        if (!decision.word().equals("send")) {
            outbox.heldBack(owner, message.id(), decision);
            return;
        }
        var outbound = new ChannelProvider.Outbound(message.id(), message.channel(), message.address(), senders.standard(), outbox.content(message.id()),
                message.queuedAt());
        switch (providers.of(message.channel()).send(outbound)) {
            case ChannelProvider.Result.Taken taken -> outbox.sent(owner, message.id(), taken.reference());
            case ChannelProvider.Result.Permanent permanent -> outbox.failed(owner, message.id(), permanent.reason());
            case ChannelProvider.Result.Unclear unclear -> resolve(message.id(), providers.of(message.channel()).name(), unclear.reason());
            case ChannelProvider.Result.Temporary temporary -> {
                if (message.attempts() >= TRIES) {
                    outbox.failed(owner, message.id(), "given up after %d tries: %s".formatted(TRIES, temporary.reason()));
                } else {
                    outbox.again(owner, message.id(), temporary.reason(), clock.instant().plus(pauseAfter(message.attempts())));
                }
            }
        }
    }

    private static Duration pauseAfter(int attempts) {
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, 10));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /** Messages whose sender died: the provider is asked; where it can't say, a setting decides. */
    private void resolveOrphans() {
        for (Outbox.Orphan orphan : outbox.adopt(owner, CLAIM)) {
            resolve(orphan.id(), orphan.provider(), "in flight when its sender died");
        }
    }

    private void resolve(long id, @org.jspecify.annotations.Nullable String provider, String reason) {
        var has = provider == null ? java.util.Optional.of(false) : providers.named(provider).flatMap(one -> one.has(id));
        if (has.isPresent() && has.get()) {
            outbox.sent(owner, id, provider + "-" + id);
        } else if (has.isPresent() || settings.resendUnknown()) {
            outbox.again(owner, id, reason, clock.instant());
        } else {
            outbox.unknown(owner, id, reason + "; " + provider + " can't say whether it was taken");
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
