package dev.drover.consent;

import dev.drover.audience.Customer;
import dev.drover.kernel.Channel;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** By which channels somebody gets marketing, as it is in truth: what was agreed to, and what stands against it. */
@Component
class ChannelChoices {

    /** Why nothing is sent there, whatever was agreed to. */
    enum Held {
        /** They said so, at a mail program or a list. A new yes counts once it was confirmed from the mailbox. */
        REFUSED,
        /** What was sent came back. */
        RETURNED,
        /** They wrote STOP; START undoes it. */
        STOPPED,
        /** The shop doesn't want to. */
        SHOP
    }

    /**
     * @param on      what a box on their page shows
     * @param pending waits for their confirmation
     * @param held    {@code null}: nothing stands against it
     */
    record Choice(Channel channel, boolean granted, boolean pending, @Nullable Held held) {

        public boolean on() {
            return pending || granted && held != Held.REFUSED && held != Held.STOPPED;
        }

        /** Whether a yes is believed only from the mailbox. */
        public boolean confirmed() {
            return channel == Channel.EMAIL && (pending || held == Held.REFUSED || held == Held.RETURNED && !granted);
        }
    }

    private final Consents consents;
    private final Suppressions suppressions;

    ChannelChoices(Consents consents, Suppressions suppressions) {
        this.consents = consents;
        this.suppressions = suppressions;
    }

    List<Choice> of(Customer customer) {
        var states = consents.of(customer.id());
        return Arrays.stream(Channel.values()).map(channel -> {
            var state = states.get(channel);
            var held = held(channel, address(customer, channel));
            return new Choice(channel, state.granted(), state.pending() && (!state.granted() || held != null), held);
        }).toList();
    }

    private @Nullable Held held(Channel channel, @Nullable String address) {
        var found = address == null ? null : suppressions.find(channel, address).orElse(null);
        if (found == null) {
            return null;
        }
        return !found.theirs() ? Held.SHOP : !found.refused() ? Held.RETURNED : channel == Channel.EMAIL ? Held.REFUSED : Held.STOPPED;
    }

    private static @Nullable String address(Customer customer, Channel channel) {
        return switch (channel) {
            case EMAIL -> customer.email();
            case SMS -> customer.phone();
            case PUSH -> customer.pushToken();
        };
    }
}
