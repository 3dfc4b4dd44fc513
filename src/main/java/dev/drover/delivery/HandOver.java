package dev.drover.delivery;

import dev.drover.audience.Customers;
import dev.drover.delivery.ChannelProvider.Result;
import dev.drover.delivery.ChannelProvider.Result.Cause;
import dev.drover.delivery.throughput.Outcome;
import dev.drover.delivery.throughput.Throughput;
import dev.drover.kernel.PlatformClock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** One claimed message: asks the rules once more, hands it to its provider, writes down what came of it. */
@Component
class HandOver {

    private static final Logger log = LoggerFactory.getLogger(HandOver.class);
    private static final int TRIES = 8;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(2);
    private static final int TRIES_AS_ASKED = 3;
    /** A day's quota comes back within a day. */
    private static final Duration LONGEST_ASKED = Duration.ofDays(1);
    /** A provider that is away is soon known to be, and passed over. */
    private static final Duration WHERE_AWAY = Duration.ofSeconds(2);
    private static final Duration WHERE_WE_ARE_REFUSED = Duration.ofSeconds(30);

    private final Outbox outbox;
    private final Providers providers;
    private final Throughput throughput;
    private final Eligibility eligibility;
    private final Customers customers;
    private final Senders senders;
    private final TrackedContent tracked;
    private final DeliverySettings settings;
    private final PlatformClock clock;

    HandOver(Outbox outbox, Providers providers, Throughput throughput, Eligibility eligibility, Customers customers, Senders senders, TrackedContent tracked,
            DeliverySettings settings, PlatformClock clock) {
        this.outbox = outbox;
        this.providers = providers;
        this.throughput = throughput;
        this.eligibility = eligibility;
        this.customers = customers;
        this.senders = senders;
        this.tracked = tracked;
        this.settings = settings;
        this.clock = clock;
    }

    /** @param owner of the lease on the message */
    void send(String owner, Outbox.Claimed message) {
        Optional<ChannelProvider.Outbound> outbound;
        try {
            outbound = prepare(owner, message);
        } catch (RuntimeException e) {
            // Nothing left yet, so that trying again is safe.
            log.warn("Message {} couldn't be prepared, trying again later: {}", message.id(), e.toString());
            throughput.unused(message.ticket());
            later(owner, message.id(), message.attempts(), "it couldn't be prepared: " + e.getMessage(), null);
            return;
        }
        if (outbound.isEmpty()) {
            throughput.unused(message.ticket());
            return;
        }
        settle(owner, message, providers.named(message.ticket().provider()).orElseThrow().send(outbound.get()));
    }

    private Optional<ChannelProvider.Outbound> prepare(String owner, Outbox.Claimed message) {
        var customer = customers.byId(message.customerId());
        if (customer.isEmpty()) {
            outbox.heldBack(owner, message.id(), new Eligibility.Decision("skip", "erased", "the customer is gone", null));
            return Optional.empty();
        }
        var decision = eligibility.decide(customer.get(), message.channel(), message.address(), message.type(), message.category(), message.origin(), message.id());
        if (!decision.word().equals("send")) {
            outbox.heldBack(owner, message.id(), decision);
            return Optional.empty();
        }
        var content = tracked.of(message.id(), message.channel(), message.type(), message.originId(), outbox.content(message.id()));
        return Optional.of(new ChannelProvider.Outbound(message.id(), message.channel(), message.address(), senders.standard(), content, message.queuedAt()));
    }

    private void settle(String owner, Outbox.Claimed message, Result result) {
        tell(message, result);
        switch (result) {
            case Result.Taken taken -> outbox.sent(owner, message.id(), taken.reference());
            case Result.Permanent permanent -> outbox.failed(owner, message.id(), permanent.reason());
            case Result.Unclear unclear -> resolve(owner, message.id(), message.ticket().provider(), message.attempts(), unclear.reason());
            case Result.Temporary temporary -> {
                switch (temporary.cause()) {
                    case MESSAGE, PROVIDER -> later(owner, message.id(), message.attempts(), temporary.reason(), temporary.after());
                    case AWAY -> outbox.back(owner, message.id(), temporary.reason(), clock.instant().plus(WHERE_AWAY));
                    case OURS -> outbox.back(owner, message.id(), temporary.reason(), clock.instant().plus(WHERE_WE_ARE_REFUSED));
                    // The provider is left alone from now on; another may have room.
                    case LIMIT -> outbox.back(owner, message.id(), temporary.reason(), clock.instant());
                }
            }
        }
    }

    /** What it says about the provider. */
    private void tell(Outbox.Claimed message, Result result) {
        try {
            switch (result) {
                case Result.Taken taken -> throughput.done(message.ticket(), Outcome.TAKEN, true, "", null);
                case Result.Permanent permanent -> throughput.done(message.ticket(), Outcome.REFUSED, false, permanent.reason(), null);
                case Result.Unclear unclear -> throughput.done(message.ticket(), Outcome.TROUBLE, true, unclear.reason(), null);
                case Result.Temporary temporary -> throughput.done(message.ticket(), outcome(temporary), false, temporary.reason(), temporary.after());
            }
        } catch (RuntimeException e) {
            // What became of the message matters more.
            log.warn("How {} stands couldn't be written down: {}", message.ticket().provider(), e.toString());
        }
    }

    private static Outcome outcome(Result.Temporary temporary) {
        if (temporary.cause() == Cause.MESSAGE) {
            return Outcome.REFUSED;
        }
        // Whoever is in trouble and says for how long is left alone that long, too.
        return temporary.cause() == Cause.LIMIT || temporary.after() != null ? Outcome.LIMIT : Outcome.TROUBLE;
    }

    /** Finds out what became of a message nobody knows about: the provider is asked; where it can't say, a setting decides. */
    void resolve(String owner, long id, @Nullable String provider, int attempts, String reason) {
        var has = provider == null ? Optional.of(false) : providers.named(provider).flatMap(one -> one.has(id));
        if (has.isPresent() && has.get()) {
            outbox.sent(owner, id, provider + "-" + id);
        } else if (has.isPresent() && attempts <= 1) {
            outbox.again(owner, id, reason, clock.instant());
        } else if (has.isPresent()) {
            later(owner, id, attempts, reason, null);
        } else if (settings.resendUnknown() && attempts < TRIES) {
            // By the same one: another knows nothing of it and would send it twice for certain.
            outbox.again(owner, id, reason, clock.instant().plus(pauseAfter(attempts, null)), provider);
        } else {
            outbox.unknown(owner, id, reason + "; " + provider + " can't say whether it was taken");
        }
    }

    private void later(String owner, long id, int attempts, String reason, @Nullable Duration after) {
        if (attempts >= TRIES) {
            outbox.failed(owner, id, "given up after %d tries: %s".formatted(attempts, reason));
        } else {
            outbox.again(owner, id, reason, clock.instant().plus(pauseAfter(attempts, after)));
        }
    }

    /**
     * 30 s, then twice as long each time, up to two hours. A provider's own word goes before that; only after some tries a short one is
     * lengthened, else a provider that is busy for an hour and asks for a second each time would have used up all tries at once.
     */
    static Duration pauseAfter(int attempts, @Nullable Duration asked) {
        var doubled = FIRST_PAUSE.multipliedBy(1L << Math.clamp(attempts - 1, 0, 10));
        var own = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        if (asked == null) {
            return own;
        }
        var word = asked.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked;
        return attempts > TRIES_AS_ASKED && own.compareTo(word) > 0 ? own : word;
    }
}
