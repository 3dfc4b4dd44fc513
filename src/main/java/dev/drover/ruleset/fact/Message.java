package dev.drover.ruleset.fact;

import org.jspecify.annotations.Nullable;

/** A message that wants to leave. */
public final class Message {

    private final String channel;
    private final String type;
    private final String category;
    private final String origin;
    private final @Nullable String address;

    public Message(String channel, String type, String category, String origin, @Nullable String address) {
        this.channel = channel;
        this.type = type;
        this.category = category;
        this.origin = origin;
        this.address = address;
    }

    /** {@code email}, {@code sms} or {@code push}. */
    public String getChannel() {
        return channel;
    }

    /** {@code marketing}, {@code transactional}, {@code notification} or {@code system}. */
    public String getType() {
        return type;
    }

    /** Whether it advertises: only then consent, caps and quiet hours are asked for. */
    public boolean isMarketing() {
        return type.equals("marketing");
    }

    public String getCategory() {
        return category;
    }

    /** {@code journey}, {@code campaign}, {@code trigger} or {@code api}. */
    public String getOrigin() {
        return origin;
    }

    /** The address, number or device token; {@code null}: the customer has none for this channel. */
    public @Nullable String getAddress() {
        return address;
    }
}
