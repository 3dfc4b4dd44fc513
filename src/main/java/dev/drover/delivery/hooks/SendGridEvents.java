package dev.drover.delivery.hooks;

import dev.drover.delivery.hooks.Told.Incoming;
import dev.drover.delivery.hooks.Told.Kind;
import dev.drover.kernel.Json;
import dev.drover.kernel.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads SendGrid's events. Opens and clicks are left out: its tracking is switched off for our mails, and where an account switches it on
 * nevertheless, our own pixel and links count already, with people told from machines by the same measure as everywhere.
 */
final class SendGridEvents {

    /** Of every event SendGrid tells about a mail; see the provider, who gives it along. */
    private static final String ID = "drover_message";
    private static final Pattern MARK = Pattern.compile("<?(m[0-9]{1,18}\\.[0-9a-z]{1,12})@.*");

    private SendGridEvents() {}

    /** @throws Problem rejected for what is no list of events */
    static List<Incoming> of(String json) {
        var events = new ArrayList<Incoming>();
        for (Object one : Json.read(json, List.class)) {
            if (one instanceof Map<?, ?> event) {
                var kind = kind(event);
                if (kind != null) {
                    events.add(new Incoming(told(kind, event), Json.write(event)));
                }
            }
        }
        return events;
    }

    private static @Nullable Kind kind(Map<?, ?> event) {
        return switch (text(event, "event")) {
            case "processed" -> Kind.TAKEN;
            case "delivered" -> Kind.DELIVERED;
            case "deferred" -> Kind.DELAYED;
            case "bounce" -> text(event, "type").equals("blocked") ? Kind.RETURNED : Kind.BOUNCED;
            case "blocked" -> Kind.RETURNED;
            case "dropped" -> dropped(text(event, "reason").toLowerCase(java.util.Locale.ROOT));
            case "spamreport" -> Kind.COMPLAINED;
            case "unsubscribe", "group_unsubscribe" -> Kind.UNSUBSCRIBED;
            default -> null;
        };
    }

    /** Never sent, because of something that happened earlier: then that is the news. */
    private static Kind dropped(String reason) {
        return reason.contains("bounced address") || reason.equals("invalid") ? Kind.BOUNCED : reason.contains("spam reporting") ? Kind.COMPLAINED
                : reason.contains("unsubscribed") ? Kind.UNSUBSCRIBED : Kind.REFUSED;
    }

    private static Told told(Kind kind, Map<?, ?> event) {
        String id = text(event, "sg_event_id");
        var mark = MARK.matcher(text(event, "smtp-id"));
        String words = text(event, "reason").isEmpty() ? text(event, "response") : text(event, "reason");
        return new Told(SendGridHook.NAME, id.isEmpty() ? Digest.of(Json.write(event)) : id, kind, number(text(event, ID)), mark.matches() ? mark.group(1) : null,
                given(text(event, "sg_message_id")), given(text(event, "email")), given(text(event, "status")), words, at(event.get("timestamp")));
    }

    private static Instant at(@Nullable Object timestamp) {
        try {
            return Instant.ofEpochSecond(timestamp instanceof Number seconds ? seconds.longValue() : Long.parseLong(String.valueOf(timestamp)));
        } catch (RuntimeException none) {
            return Told.NOW;
        }
    }

    private static @Nullable Long number(String text) {
        return text.matches("[0-9]{1,18}") ? Long.valueOf(text) : null;
    }

    private static @Nullable String given(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String text(Map<?, ?> event, String name) {
        Object value = event.get(name);
        return value == null ? "" : value.toString();
    }
}
