package dev.drover.delivery.hooks;

import dev.drover.delivery.hooks.Told.Incoming;
import dev.drover.delivery.hooks.Told.Kind;
import dev.drover.kernel.Json;
import dev.drover.kernel.Problem;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what SES tells, in both of its shapes: an identity's notifications ({@code notificationType}) and a configuration set's events
 * ({@code eventType}). Opens and clicks are left out: our own pixel and links count already.
 */
final class SesEvents {

    /** The tag that the provider gives along. */
    private static final String ID = "drover_message";
    private static final int MOST_RECIPIENTS = 50;

    private record About(@Nullable String address, @Nullable String status, String words) {}

    private SesEvents() {}

    /** @return nothing for what is no event of SES, such as the text that SNS sends as a test */
    static List<Incoming> of(String snsId, String json, Instant at) {
        try {
            return of(snsId, (Map<?, ?>) Json.read(json, Map.class), json, at);
        } catch (Problem notJson) {
            return List.of();
        }
    }

    private static List<Incoming> of(String snsId, Map<?, ?> event, String raw, Instant at) {
        String type = (event.get("notificationType") instanceof String old ? old : text(event.get("eventType"))).toLowerCase(Locale.ROOT);
        var part = map(event.get(type.equals("deliverydelay") ? "deliveryDelay" : type));
        var mail = map(event.get("mail"));
        return switch (type) {
            case "send" -> told(snsId, Kind.TAKEN, mail, List.of(new About(first(mail.get("destination")), null, "")), time(mail, at), raw);
            case "delivery" -> told(snsId, Kind.DELIVERED, mail, addresses(part.get("recipients"), text(part.get("smtpResponse"))), time(part, at), raw);
            case "bounce" -> told(snsId, bounced(part), mail, recipients(part.get("bouncedRecipients"), part), time(part, at), raw);
            case "complaint" -> told(snsId, complained(part), mail, recipients(part.get("complainedRecipients"), part), time(part, at), raw);
            case "deliverydelay" -> told(snsId, Kind.DELAYED, mail, recipients(part.get("delayedRecipients"), part), time(part, at), raw);
            case "reject" -> told(snsId, Kind.REFUSED, mail, List.of(new About(first(mail.get("destination")), null, text(part.get("reason")))), at, raw);
            default -> List.of();
        };
    }

    private static Kind bounced(Map<?, ?> bounce) {
        String sub = text(bounce.get("bounceSubType"));
        return switch (text(bounce.get("bounceType"))) {
            case "Permanent" -> Kind.BOUNCED;
            // Out-of-office notes come as this one.
            case "Transient" -> sub.equals("General") ? Kind.REMARKED : Kind.RETURNED;
            default -> Kind.REMARKED;
        };
    }

    /** Somebody took a complaint back, or it is about a virus: nobody's wish to hear no more. */
    private static @Nullable Kind complained(Map<?, ?> complaint) {
        return List.of("not-spam", "auth-failure", "virus").contains(text(complaint.get("complaintFeedbackType"))) ? null : Kind.COMPLAINED;
    }

    private static List<Incoming> told(String snsId, @Nullable Kind kind, Map<?, ?> mail, List<About> all, Instant at, String raw) {
        var incoming = new ArrayList<Incoming>();
        for (About one : kind == null ? List.<About>of() : all.subList(0, Math.min(all.size(), MOST_RECIPIENTS))) {
            String id = all.size() == 1 ? snsId : snsId + ":" + incoming.size();
            incoming.add(new Incoming(new Told(SesHook.NAME, id, kind, number(map(mail.get("tags")).get(ID)), null, given(text(mail.get("messageId"))), one.address(),
                    one.status(), one.words(), at), raw));
        }
        return incoming;
    }

    private static List<About> recipients(@Nullable Object list, Map<?, ?> part) {
        var all = new ArrayList<About>();
        for (Object one : list instanceof List<?> some ? some : List.of()) {
            var recipient = map(one);
            String said = text(recipient.get("diagnosticCode"));
            all.add(new About(bare(text(recipient.get("emailAddress"))), given(text(recipient.get("status"))), said.isEmpty() ? text(part.get("bounceSubType")) : said));
        }
        return all;
    }

    private static List<About> addresses(@Nullable Object list, String words) {
        return list instanceof List<?> some ? some.stream().map(one -> new About(bare(text(one)), null, words)).toList() : List.of();
    }

    private static @Nullable String first(@Nullable Object list) {
        return list instanceof List<?> some && some.size() == 1 ? bare(text(some.getFirst())) : null;
    }

    /** {@code Marie <marie@shop.example>} */
    private static @Nullable String bare(String address) {
        int open = address.lastIndexOf('<');
        int close = address.lastIndexOf('>');
        return given(open >= 0 && close > open ? address.substring(open + 1, close) : address);
    }

    private static Instant time(Map<?, ?> part, Instant otherwise) {
        try {
            return Instant.parse(text(part.get("timestamp")));
        } catch (DateTimeParseException none) {
            return otherwise;
        }
    }

    private static @Nullable Long number(@Nullable Object tag) {
        String text = tag instanceof List<?> some && !some.isEmpty() ? text(some.getFirst()) : text(tag);
        return text.matches("[0-9]{1,18}") ? Long.valueOf(text) : null;
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static @Nullable String given(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
