package dev.drover.delivery.bounce;

import static dev.drover.delivery.bounce.BounceType.COMPLAINT;
import static dev.drover.delivery.bounce.BounceType.HARD;
import static dev.drover.delivery.bounce.BounceType.NONE;
import static dev.drover.delivery.bounce.BounceType.SOFT;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why a message came back. The words are those that tools for bounces commonly use. */
enum Reason {

    USERUNKNOWN(HARD, false, "there is no such mailbox"),
    HOSTUNKNOWN(HARD, false, "there is no such domain"),
    HASMOVED(HARD, false, "the mailbox has moved"),
    NOTACCEPT(HARD, false, "the domain takes no mail"),
    MAILBOXFULL(SOFT, true, "the mailbox is full"),
    SUSPEND(SOFT, true, "the account is suspended"),
    FILTERED(SOFT, true, "a filter of the recipient refuses it"),
    EXPIRED(SOFT, true, "it couldn't be delivered in time"),
    NETWORKERROR(SOFT, true, "the way there is broken"),
    MAILERERROR(SOFT, true, "their mail program failed"),
    SYSTEMERROR(SOFT, true, "their system failed"),
    SYSTEMFULL(SOFT, true, "their disk is full"),
    ONHOLD(SOFT, true, "it came back without a word why"),
    UNDEFINED(SOFT, true, "it doesn't tell why"),
    AUTHFAILURE(SOFT, false, "SPF, DKIM or DMARC failed"),
    BADREPUTATION(SOFT, false, "our server has a bad name"),
    BLOCKED(SOFT, false, "our server is blocked"),
    REQUIREPTR(SOFT, false, "our server lacks a reverse DNS name"),
    REJECTED(SOFT, false, "our sender address is refused"),
    NORELAYING(SOFT, false, "relaying is denied"),
    SECURITYERROR(SOFT, false, "it isn't authorised"),
    POLICYVIOLATION(SOFT, false, "it is against their policy"),
    SPAMDETECTED(SOFT, false, "it looks like spam to them"),
    VIRUSDETECTED(SOFT, false, "it looks like a virus to them"),
    CONTENTERROR(SOFT, false, "its content isn't well-formed"),
    NOTCOMPLIANTRFC(SOFT, false, "it isn't as RFC 5322 wants it"),
    SYNTAXERROR(SOFT, false, "the servers don't understand each other"),
    MESGTOOBIG(SOFT, false, "the message is too large"),
    EXCEEDLIMIT(SOFT, false, "the message exceeds the recipient's limit"),
    SPEEDING(SOFT, false, "too many messages at once"),
    TOOMANYCONN(SOFT, false, "too many connections or recipients at once"),
    FEEDBACK(COMPLAINT, false, "reported as unwanted"),
    VACATION(NONE, false, "an automatic reply"),
    DELIVERED(NONE, false, "it arrived");

    private final BounceType type;
    private final boolean mailbox;
    private final String words;

    Reason(BounceType type, boolean mailbox, String words) {
        this.type = type;
        this.mailbox = mailbox;
        this.words = words;
    }

    BounceType type() {
        return type;
    }

    /** Whether the recipient's side is to blame: a block of our own server must not count against thousands of good addresses. */
    boolean mailbox() {
        return mailbox;
    }

    String words() {
        return words;
    }

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Reason> named(String key) {
        return Arrays.stream(values()).filter(reason -> reason.key().equals(key)).findFirst();
    }
}
