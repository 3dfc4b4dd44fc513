package dev.drover.delivery;

import dev.drover.kernel.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hands messages over to the outside. Called by many threads, outside of any transaction. What passes {@code ChannelContract} is a provider.
 */
public interface ChannelProvider {

    /** A short lasting name; the ledger keeps it. */
    String name();

    Set<Channel> channels();

    /** Of the providers of a channel the one with the highest preference sends and the others stand by, until weights are set; capture is 0. */
    int preference();

    /** Hands one message over. Never throws: what went wrong is a result. */
    Result send(Outbound message);

    /**
     * Whether the provider has this message, when the one who handed it over did not live to write it down.
     *
     * @return empty where the provider can't say
     */
    Optional<Boolean> has(long messageId);

    /** @param at when the message was asked for */
    static String messageId(long id, Instant at, Sender sender) {
        return "<m%d.%s@%s>".formatted(id, Long.toString(at.toEpochMilli(), 36), sender.domain());
    }

    /** @param at when the message was asked for */
    record Outbound(long id, Channel channel, String address, Sender sender, MessageContent content, Instant at) {

        /** The same for the same message, however often it is handed over, so that the other side can tell a repeat (RFC 5322, 3.6.4). */
        public String messageId() {
            return ChannelProvider.messageId(id, at, sender);
        }
    }

    sealed interface Result {

        /** @param reference the provider's own id of the message */
        record Taken(String reference) implements Result {}

        /** Not now; trying again later may help. @param after how long the provider asks us to wait; {@code null}: it doesn't say */
        record Temporary(String reason, @Nullable Duration after, Cause cause) implements Result {

            public Temporary(String reason, Cause cause) {
                this(reason, null, cause);
            }

            /** It lies with the message or its address. */
            public Temporary(String reason) {
                this(reason, null, Cause.MESSAGE);
            }
        }

        /** Where the cause of a bad day lies. */
        enum Cause {
            /** This message or its address: a full mailbox, a server that wants to see us again later. */
            MESSAGE,
            /** The provider answered that it is in trouble. */
            PROVIDER,
            /** The provider can't be reached: nothing was handed over. */
            AWAY,
            /** We ask too much of it at once. */
            LIMIT,
            /** It refuses us; mending our settings helps. */
            OURS
        }

        /** Never: not this message to this address. */
        record Permanent(String reason) implements Result {}

        /** It may or may not have been taken: the connection broke at the wrong moment. */
        record Unclear(String reason) implements Result {}
    }
}
