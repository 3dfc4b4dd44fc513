package dev.drover.delivery;

import dev.drover.delivery.ChannelProvider.Result;
import dev.drover.delivery.ChannelProvider.Result.Cause;
import dev.drover.delivery.Preparation.Ready;
import dev.drover.delivery.throughput.Outcome;
import dev.drover.delivery.throughput.Throughput;
import dev.drover.kernel.PlatformClock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Hands one message to its provider, and says what came of it. */
@Component
class HandOver {

    private static final Logger log = LoggerFactory.getLogger(HandOver.class);
    /** A provider that is away is soon known to be, and passed over. */
    private static final Duration WHERE_AWAY = Duration.ofSeconds(2);
    private static final Duration WHERE_WE_ARE_REFUSED = Duration.ofSeconds(30);

    private final Providers providers;
    private final Throughput throughput;
    private final Retries retries;
    private final DeliverySettings settings;
    private final PlatformClock clock;

    HandOver(Providers providers, Throughput throughput, Retries retries, DeliverySettings settings, PlatformClock clock) {
        this.providers = providers;
        this.throughput = throughput;
        this.retries = retries;
        this.settings = settings;
        this.clock = clock;
    }

    Settlement send(Ready ready) {
        var message = ready.message();
        var result = providers.named(message.ticket().provider()).orElseThrow().send(ready.outbound());
        tell(message, result);
        return switch (result) {
            case Result.Taken taken -> Settlement.sent(message.id(), taken.reference());
            case Result.Permanent permanent -> Settlement.failed(message.id(), permanent.reason());
            case Result.Unclear unclear -> resolve(message.id(), message.ticket().provider(), message.attempts(), unclear.reason());
            case Result.Temporary temporary -> switch (temporary.cause()) {
                case MESSAGE, PROVIDER -> retries.later(message.id(), message.attempts(), temporary.reason(), temporary.after());
                case AWAY -> Settlement.back(message.id(), temporary.reason(), clock.instant().plus(WHERE_AWAY));
                case OURS -> Settlement.back(message.id(), temporary.reason(), clock.instant().plus(WHERE_WE_ARE_REFUSED));
                // The provider is left alone from now on; another may have room.
                case LIMIT -> Settlement.back(message.id(), temporary.reason(), clock.instant());
            };
        };
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
    Settlement resolve(long id, @Nullable String provider, int attempts, String reason) {
        var has = provider == null ? Optional.of(false) : providers.named(provider).flatMap(one -> one.has(id));
        if (has.isPresent() && has.get()) {
            return Settlement.sent(id, provider + "-" + id);
        }
        if (has.isPresent()) {
            return attempts <= 1 ? Settlement.again(id, reason, clock.instant()) : retries.later(id, attempts, reason, null);
        }
        return Objects.requireNonNullElseGet(settings.resendUnknown() ? retries.laterBySame(id, attempts, reason, provider) : null,
                () -> Settlement.unknown(id, reason + "; " + provider + " can't say whether it was taken"));
    }
}
