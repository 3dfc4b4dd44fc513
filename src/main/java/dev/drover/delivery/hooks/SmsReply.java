package dev.drover.delivery.hooks;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What somebody wants who answers a text message with one of the words that carriers agreed upon. */
enum SmsReply {

    STOP(Told.Kind.STOP, "You are unsubscribed and get no more text messages from us. Reply START to get them again."),
    START(Told.Kind.START, "You get our text messages again. Reply STOP to end them, HELP for help."),
    HELP(null, "Reply STOP to get no more text messages from us, START to get them again. Your carrier's rates apply."),
    OTHER(Told.Kind.SAID, null);

    private static final Set<String> STOPS = Set.of("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "OPTOUT", "REVOKE");
    private static final Set<String> STARTS = Set.of("START", "YES", "UNSTOP");
    private static final Set<String> HELPS = Set.of("HELP", "INFO");

    private final Told.@Nullable Kind kind;
    private final @Nullable String answer;

    SmsReply(Told.@Nullable Kind kind, @Nullable String answer) {
        this.kind = kind;
        this.answer = answer;
    }

    /**
     * @param text     all of it: a word within a sentence is none
     * @param optOut   Twilio's own reading by the words an account has set up; it goes before ours. Empty: it read nothing into it
     */
    static SmsReply of(String text, String optOut) {
        String word = (optOut.isBlank() ? text : optOut).strip().replaceAll("^[\"'\u201c\u201d\u2018\u2019]+|[\"'\u201c\u201d\u2018\u2019.!?]+$", "").strip().toUpperCase(Locale.ROOT);
        return STOPS.contains(word) ? STOP : STARTS.contains(word) ? START : HELPS.contains(word) ? HELP : OTHER;
    }

    /** {@code null}: nothing is to be done but to answer. */
    Told.@Nullable Kind kind() {
        return kind;
    }

    /** TwiML. Where Twilio has answered by itself, we say nothing. */
    String twiml(boolean answered) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + (answer == null || answered ? "<Response/>" : "<Response><Message>" + answer + "</Message></Response>");
    }
}
