package dev.drover.delivery.bounce;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tells an automatic reply (RFC 3834, and what mail programs did before it) from a bounce. */
final class AutoReplies {

    private static final Pattern SUBJECT = Pattern.compile("(?i)\\s{0,5}(?:re: ?|aw: ?)?(?:auto(?:matic(?:ally)?)?[- ]?(?:reply|response|respon|generated reply|antwort)|auto: ?|autoreply|autoresponder"
            + "|out of (?:the )?office|out[- ]of[- ]office|vacation|on holiday|away from|i am away|abwesenheit|automatische antwort|réponse automatique|reponse automatique|absence du bureau"
            + "|respuesta automática|resposta automática|risposta automatica|automatisch antwoord|afwezig|autosvar|自動応答|自動返信|自动回复|автоответ|автоматический ответ).{0,500}");
    private static final List<String> PRECEDENCE = List.of("auto_reply", "auto-reply", "autoreply");

    private static final List<String> MARKS = List.of("X-Autoreply", "X-Autorespond", "X-Auto-Reply-From", "X-Autoresponder");
    private static final List<String> SYSTEMS = List.of("mailer-daemon", "postmaster@", "mail delivery");

    private AutoReplies() {}

    static boolean is(MailParts parts) {
        String from = small(parts, "From");
        if (SYSTEMS.stream().anyMatch(from::contains) || !parts.header("X-Failed-Recipients").isEmpty()) {
            return false;
        }
        String submitted = small(parts, "Auto-Submitted");
        return submitted.startsWith("auto-replied") || submitted.startsWith("auto-notified") || PRECEDENCE.contains(small(parts, "Precedence"))
                || MARKS.stream().anyMatch(mark -> !parts.header(mark).isEmpty()) || small(parts, "Delivered-To").startsWith("autoresponder")
                || small(parts, "X-Apple-Action").equals("vacation") || SUBJECT.matcher(parts.header("Subject")).matches();
    }

    private static String small(MailParts parts, String name) {
        return parts.header(name).toLowerCase(Locale.ROOT);
    }
}
