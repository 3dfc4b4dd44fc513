package dev.drover.delivery.hooks;

import dev.drover.kernel.Json;
import dev.drover.kernel.Problem;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What Amazon SNS posts: an envelope of text fields, some of which are signed. */
record SnsMessage(Map<String, Object> fields) {

    private static final Pattern ARN = Pattern.compile("arn:aws[a-z-]*:sns:([a-z0-9-]{2,30}):[0-9]{12}:[A-Za-z0-9_-]{1,256}(?:\\.fifo)?");
    private static final List<String> SIGNED_OF_NOTIFICATION = List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type");
    private static final List<String> SIGNED_OF_OTHERS = List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");

    /** @throws Problem rejected for what is no such envelope */
    static SnsMessage of(String json) {
        return new SnsMessage(Map.copyOf(withoutNulls(Json.read(json, Map.class))));
    }

    private static Map<String, Object> withoutNulls(Map<?, ?> json) {
        var fields = new java.util.HashMap<String, Object>();
        json.forEach((name, value) -> {
            if (value != null) {
                fields.put(String.valueOf(name), value);
            }
        });
        return fields;
    }

    String type() {
        return text("Type");
    }

    String id() {
        return text("MessageId");
    }

    String topic() {
        return text("TopicArn");
    }

    /** Of the topic; empty for what is none. */
    static Optional<String> region(String arn) {
        var match = ARN.matcher(arn);
        return match.matches() ? Optional.of(match.group(1)) : Optional.empty();
    }

    Optional<Instant> at() {
        try {
            return Optional.of(Instant.parse(text("Timestamp")));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Empty for what isn't there. */
    String text(String name) {
        return fields.get(name) instanceof String text ? text : "";
    }

    /** What the signature covers: each field's name and value, a line break behind each, also the last one. A field that isn't there is left out. */
    String signed() {
        var text = new StringBuilder();
        for (String name : type().equals("Notification") ? SIGNED_OF_NOTIFICATION : SIGNED_OF_OTHERS) {
            if (fields.get(name) instanceof String value) {
                text.append(name).append('\n').append(value).append('\n');
            }
        }
        return text.toString();
    }
}
