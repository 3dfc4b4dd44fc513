package dev.drover.delivery.bounce;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The codes in a server's words.
 *
 * @param status RFC 3463; {@code null}: none
 * @param reply  of SMTP; {@code null}: none
 */
record Codes(@Nullable String status, @Nullable String reply) {

    private static final Pattern STATUS = Pattern.compile("(?<![\\d.])[45]\\.\\d{1,3}\\.\\d{1,3}(?![\\d]|\\.\\d)");
    /** Not a number of seconds or bytes, not a port, not a part of an address. */
    private static final Pattern REPLY = Pattern.compile("(?<![\\w.:@/\\[#=+-])[45][0-5]\\d(?=[ \\-:,;]|$)(?! (?:seconds|bytes|minutes|hours|days|kb|mb|attempts))", Pattern.MULTILINE);
    /** A server's own reply passed on inside of another's: {@code 554 4.4.7 Message expired.<421 4.4.2 Connection timed out>}. */
    private static final Pattern PAIR = Pattern.compile("(?<![\\w.])([45][0-5]\\d)[ \\-][#'\"(]{0,3}([45]\\.\\d{1,3}\\.\\d{1,3})(?![\\d]|\\.\\d)");

    /** The last one is the innermost, which knows best; one that says no more than its class counts only where there is no other. */
    static Codes of(String text) {
        String status = null;
        String reply = null;
        var pairs = PAIR.matcher(text);
        while (pairs.find()) {
            if (status == null || !vague(pairs.group(2))) {
                reply = pairs.group(1);
                status = pairs.group(2);
            }
        }
        if (status == null || vague(status)) {
            var single = STATUS.matcher(text);
            while (single.find()) {
                status = status == null || !vague(single.group()) ? single.group() : status;
            }
        }
        if (reply == null) {
            var replies = REPLY.matcher(text);
            reply = replies.find() ? replies.group() : null;
        }
        return new Codes(status, reply);
    }

    /** {@code 5.0.0} and the like. */
    static boolean vague(@Nullable String status) {
        return status == null || status.endsWith(".0.0");
    }

    boolean isEmpty() {
        return status == null && reply == null;
    }

    /** What a code says that is given for one thing only. */
    Optional<Reason> precise() {
        return Optional.ofNullable(status).flatMap(StatusCodes::precise).or(() -> Optional.ofNullable(reply).flatMap(StatusCodes::preciseReply));
    }

    /** What a code says where nobody finds words. */
    Optional<Reason> vague() {
        return Optional.ofNullable(status).flatMap(StatusCodes::vague);
    }

    Optional<Reason> reply(Phase phase) {
        return Optional.ofNullable(reply).flatMap(code -> StatusCodes.reply(code, phase));
    }

    boolean temporary() {
        return status != null ? status.startsWith("4") : reply != null && reply.startsWith("4");
    }
}
