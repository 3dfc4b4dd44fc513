package dev.drover.delivery.email;

import dev.drover.delivery.ChannelProvider.Result;
import dev.drover.delivery.ChannelProvider.Result.Cause;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import java.io.IOException;
import java.util.Set;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/** Tells apart what a server's refusal means: for this address for good, for now, or a mistake of ours that mending helps. */
final class SmtpFailure {

    /** Log-in or encryption is wanted: no address is to blame (RFC 4954). */
    private static final Set<Integer> OURS = Set.of(530, 534, 535, 538);
    /** It closes the connection, whoever the mail is for (RFC 5321, 3.8). */
    private static final int CLOSING = 421;

    private SmtpFailure() {}

    /**
     * @param connected        there was a connection
     * @param mayHaveBeenTaken the message's end was on its way to the server
     */
    static Result result(MessagingException failure, boolean connected, boolean mayHaveBeenTaken, String server) {
        if (find(failure, AddressException.class) != null) {
            return new Result.Permanent("This is no address mail can be sent to: " + words(failure.getMessage()));
        }
        if (find(failure, AuthenticationFailedException.class) != null) {
            return new Result.Temporary("The mail server %s refuses our user or password (DROVER_SMTP_USER, _PASSWORD): %s".formatted(server, words(failure.getMessage())), Cause.OURS);
        }
        var sender = find(failure, SMTPSenderFailedException.class);
        if (sender != null) {
            return new Result.Temporary("The mail server %s doesn't take mail from our address: %s".formatted(server, words(sender.getMessage())),
                    Cause.OURS);
        }
        var address = find(failure, SMTPAddressFailedException.class);
        if (address != null) {
            return refused(address.getReturnCode(), "The address is refused", address.getMessage(), server);
        }
        var refusal = find(failure, SMTPSendFailedException.class);
        if (refusal != null && refusal.getReturnCode() > 0) {
            return refused(refusal.getReturnCode(), "The mail is refused", refusal.getMessage(), server);
        }
        if (mayHaveBeenTaken) {
            return new Result.Unclear("The connection to the mail server %s broke after the mail was handed over, before it was acknowledged".formatted(server));
        }
        return new Result.Temporary(find(failure, IOException.class) == null
                ? "The mail server %s can't be used: %s".formatted(server, words(failure.getMessage()))
                : "The mail server %s can't be reached or went away: %s".formatted(server, words(failure.getMessage())),
                connected ? Cause.PROVIDER : Cause.AWAY);
    }

    /** Not the mail was refused, but the connection is at its end. */
    static boolean hungUp(MessagingException failure) {
        var sender = find(failure, SMTPSenderFailedException.class);
        var address = find(failure, SMTPAddressFailedException.class);
        var refusal = find(failure, SMTPSendFailedException.class);
        int code = sender != null ? sender.getReturnCode() : address != null ? address.getReturnCode() : refusal != null ? refusal.getReturnCode() : -1;
        return code <= 0 || code == CLOSING;
    }

    private static Result refused(int code, String what, @Nullable String said, String server) {
        String reason = "%s by %s: %s".formatted(what, server, words(said));
        if (code >= 500 && !OURS.contains(code)) {
            return new Result.Permanent(reason);
        }
        return new Result.Temporary(reason, OURS.contains(code) ? Cause.OURS : code == CLOSING ? Cause.PROVIDER : Cause.MESSAGE);
    }

    private static <T extends Exception> @Nullable T find(MessagingException failure, Class<T> type) {
        for (Exception one = failure; one != null; one = one instanceof MessagingException next ? next.getNextException() : null) {
            if (type.isInstance(one)) {
                return type.cast(one);
            }
            if (one.getCause() != null && type.isInstance(one.getCause())) {
                return type.cast(one.getCause());
            }
        }
        return null;
    }

    /** Servers say it in several lines, sometimes many. */
    private static String words(@Nullable String said) {
        String line = said == null ? "no word why" : said.replaceAll("[\\p{Cntrl}]+", " ").strip();
        return line.length() > 300 ? line.substring(0, 300) + "…" : line;
    }
}
