package dev.drover.delivery.hooks;

import dev.drover.delivery.hooks.Told.Kind;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads Twilio's status callbacks. Its codes are at twilio.com/docs/api/errors. */
final class TwilioEvents {

    /** There is no such number, or none that takes text messages. */
    private static final Set<String> DEAD = Set.of("21211", "21214", "21217", "21401", "21407", "21421", "21614", "21635", "30005", "30006");
    /** The phone is off or out of reach, the carrier blocks or has trouble: of the number's side, and perhaps not for ever. */
    private static final Set<String> PASSING = Set.of("30003", "30004", "30008", "30009", "30017", "30029");
    private static final String UNSUBSCRIBED = "21610";

    private TwilioEvents() {}

    /**
     * @param parameters of the form
     * @param mark       what the callback's address names the message by
     * @return empty for what is no news, such as {@code queued}
     */
    static Optional<Told> status(UnaryOperator<String> parameters, @Nullable String mark) {
        String sid = parameters.apply("MessageSid").isEmpty() ? parameters.apply("SmsSid") : parameters.apply("MessageSid");
        String status = parameters.apply("MessageStatus").isEmpty() ? parameters.apply("SmsStatus") : parameters.apply("MessageStatus");
        String code = parameters.apply("ErrorCode");
        Kind kind = switch (status) {
            case "sent" -> Kind.TAKEN;
            case "delivered", "read" -> Kind.DELIVERED;
            case "undelivered", "failed" -> code.equals(UNSUBSCRIBED) ? Kind.UNSUBSCRIBED : DEAD.contains(code) ? Kind.BOUNCED : PASSING.contains(code) ? Kind.RETURNED : Kind.REFUSED;
            default -> null;
        };
        return kind == null || sid.isEmpty() ? Optional.empty() : Optional.of(new Told(TwilioHook.NAME, sid + ":" + status, kind, null, mark, sid,
                given(parameters.apply("To")), null, words(kind, code, parameters.apply("ErrorMessage")), Told.NOW));
    }

    /** In words that the classifier knows, as Twilio's codes say more than its messages. */
    private static String words(Kind kind, String code, String said) {
        String meaning = switch (kind) {
            case BOUNCED -> "Unknown destination: no such number";
            case RETURNED -> "The phone is out of reach";
            case UNSUBSCRIBED -> "Whoever has this number has sent STOP";
            default -> said;
        };
        return code.isEmpty() ? meaning : "%s (Twilio %s)".formatted(meaning.isEmpty() ? "not delivered" : meaning, code);
    }

    private static @Nullable String given(String text) {
        return text.isEmpty() ? null : text;
    }
}
