package dev.drover.trigger;

import dev.drover.kernel.Channel;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a trigger does. @param config what it needs, by the API's names; checked */
record Action(Kind kind, Map<String, Object> config) {

    enum Kind {
        START_JOURNEY("start a journey"), SEND_EMAIL("send an e-mail"), SEND_SMS("send a text message"), SEND_PUSH("send a push message"),
        ADD_TO_SEGMENT("add to a segment"), WEBHOOK("call a webhook");

        final String words;

        Kind(String words) {
            this.words = words;
        }

        /** As the API and the database call it. */
        String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /** @return {@code null}: it sends no message */
        @Nullable Channel channel() {
            return switch (this) {
                case SEND_EMAIL -> Channel.EMAIL;
                case SEND_SMS -> Channel.SMS;
                case SEND_PUSH -> Channel.PUSH;
                default -> null;
            };
        }

        /** Whether what it does is outside of our database, so that it can't be part of a transaction. */
        boolean isOutside() {
            return this == START_JOURNEY || this == WEBHOOK;
        }
    }

    @Nullable String text(String name) {
        return config.get(name) instanceof String text ? text : null;
    }

    /** What was checked to be there. */
    String required(String name) {
        return java.util.Objects.requireNonNull(text(name), name);
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> map(String name) {
        return config.get(name) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    String words() {
        return switch (kind) {
            case START_JOURNEY -> "start the journey " + text("journey");
            case SEND_EMAIL -> "send the e-mail " + text("template");
            case SEND_SMS -> "send the text message " + text("template");
            case SEND_PUSH -> "send the push message " + text("template");
            case ADD_TO_SEGMENT -> "add to the segment " + text("segment");
            case WEBHOOK -> "call " + text("url");
        };
    }
}
