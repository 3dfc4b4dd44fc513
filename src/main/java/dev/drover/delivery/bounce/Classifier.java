package dev.drover.delivery.bounce;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges one recipient: by plain words (a full mailbox is full whatever the code), else by a precise status code, else by other words, else by a
 * vague code, else by the bare SMTP reply. The other server's own words go before what the notice tells people.
 */
final class Classifier {

    private static final Set<String> ARRIVED = Set.of("delivered", "relayed", "expanded");
    private static final List<String> QUOTING = List.of("the error that the other server returned was:", "the response from the remote server was:", "the response was:",
            "remote host said:", "generated response:", "gave this error:", "-server message", "unknown address error ");
    private static final int MOST_TEXT = 64 * 1_024;
    private static final int KEPT_TEXT = 500;

    private final Phrases phrases;

    Classifier(Phrases phrases) {
        this.phrases = phrases;
    }

    Returned judge(Evidence evidence) {
        String notice = cut(evidence.notice(), MOST_TEXT);
        String said = cut(evidence.diagnostic(), MOST_TEXT);
        String diagnostic = said.isBlank() ? quoted(notice) : quoted(said).isEmpty() ? said : quoted(said);
        var heard = Codes.of(diagnostic.isBlank() ? notice : diagnostic);
        String field = Codes.of(evidence.status()).status();
        // A code that says no more than its class gives way to one that does.
        String status = heard.status() == null || Codes.vague(heard.status()) && !Codes.vague(field) ? field : heard.status();
        var codes = new Codes(status, heard.reply());
        if (ARRIVED.contains(evidence.action())) {
            return returned(evidence, codes, Reason.DELIVERED, BounceType.NONE, false);
        }
        String told = Phrases.normal(notice);
        // What is written in brackets behind the field is the server's word too: "5.2.1 (mailbox disabled)".
        var found = reason(codes, Phrases.normal(diagnostic), Phrases.normal(remark(evidence.status())), told, Phase.of(diagnostic + "\n" + notice));
        boolean delayed = evidence.action().equals("delayed") || evidence.action().isEmpty() && told.contains("this is a warning message only");
        return returned(evidence, codes, found, type(found, codes, delayed), delayed);
    }

    private Reason reason(Codes codes, String diagnostic, String remark, String notice, Phase phase) {
        String first = diagnostic.isEmpty() ? notice : diagnostic;
        var certain = phrases.plain(first).or(codes::precise).or(() -> phase == Phase.CONNECT || phase == Phase.HELO ? atTheDoor(first) : Optional.empty());
        if (certain.isPresent()) {
            // The recipient's limit, not the server's.
            if (certain.get() == Reason.MESGTOOBIG && codes.status() != null && codes.status().endsWith(".2.3")) {
                return Reason.EXCEEDLIMIT;
            }
            return certain.get() == Reason.USERUNKNOWN && phase != Phase.MAIL || certain.get() == Reason.SECURITYERROR ? certain.get() : inContext(certain.get(), codes, phase);
        }
        // "Rejected" alone says less than any code.
        var words = phrases.other(first).filter(reason -> reason != Reason.REJECTED).or(() -> phrases.plain(remark)).or(() -> phrases.other(remark))
                .or(() -> diagnostic.isEmpty() ? Optional.empty() : codes.vague())
                .or(() -> phrases.plain(notice)).or(() -> phrases.other(notice)).or(codes::vague)
                .or(() -> phase == Phase.DATA ? phrases.other(first).map(refused -> Reason.SPAMDETECTED) : phrases.other(first)).or(() -> codes.reply(phase));
        return words.map(reason -> inContext(reason, codes, phase)).orElse(codes.isEmpty() && !notice.isBlank() ? Reason.ONHOLD : Reason.UNDEFINED);
    }

    /** Who is turned away before he named anybody is turned away himself. */
    private Optional<Reason> atTheDoor(String words) {
        return phrases.other(words).filter(reason -> reason == Reason.EXPIRED || reason == Reason.NETWORKERROR || reason == Reason.SYSTEMERROR)
                .or(() -> Optional.of(Reason.BLOCKED));
    }

    /**
     * The same words mean another thing at another time. Refused at MAIL FROM, it's the sender who is unknown. A server that took the recipient and
     * says "user unknown" only once it has seen the message, or gives the code of a closed mailbox for it, filters: the address lives. And a name server that fails
     * for now doesn't mean that there is no such host.
     */
    private static Reason inContext(Reason reason, Codes codes, Phase phase) {
        if (phase == Phase.MAIL && (reason == Reason.USERUNKNOWN || reason == Reason.HOSTUNKNOWN || reason == Reason.SECURITYERROR)) {
            return Reason.REJECTED;
        }
        boolean disabled = codes.status() != null && codes.status().startsWith(".2.", 1);
        if (reason == Reason.USERUNKNOWN && (phase == Phase.DATA && Codes.vague(codes.status()) || phase != Phase.RCPT && disabled)) {
            return Reason.FILTERED;
        }
        return reason == Reason.HOSTUNKNOWN && codes.temporary() ? Reason.NETWORKERROR : reason;
    }

    /** A domain without a mail server is a hard bounce, but not while a name server only fails for now. */
    private static BounceType type(Reason reason, Codes codes, boolean delayed) {
        boolean passing = delayed || reason == Reason.NOTACCEPT && codes.temporary();
        return passing && reason.type() == BounceType.HARD ? BounceType.SOFT : reason.type();
    }

    /** The other server's words where a text repeats them; what stands around them is the same in every bounce of that system. */
    private static String quoted(String text) {
        String small = text.toLowerCase(Locale.ROOT);
        for (String sign : QUOTING) {
            int at = small.indexOf(sign);
            if (at >= 0 && at + sign.length() < text.length()) {
                return text.substring(at + sign.length());
            }
        }
        return "";
    }

    private static Returned returned(Evidence evidence, Codes codes, Reason reason, BounceType type, boolean delayed) {
        String text = (evidence.diagnostic().isBlank() ? evidence.notice() : evidence.diagnostic()).replaceAll("[\\p{Cntrl}\\s]{1,200}", " ").strip();
        return new Returned(evidence.address(), codes.status(), codes.reply(), reason, type, delayed, cut(text, KEPT_TEXT));
    }

    private static String remark(String status) {
        int open = status.indexOf('(');
        return open < 0 ? "" : status.substring(open);
    }

    static String cut(@Nullable String text, int most) {
        return text == null ? "" : text.length() <= most ? text : text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }
}
