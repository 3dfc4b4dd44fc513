package dev.drover.delivery.bounce;

import dev.drover.consent.Consents;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What comes to the address for returns, by whichever way: bounces, complaints, automatic replies, and the mails that mail programs write for whoever
 * presses "unsubscribe" (RFC 2369). Of these the token in the subject says who; it is signed, so that nobody unsubscribes others.
 */
@Component
class ReturnedPost {

    private static final Logger log = LoggerFactory.getLogger(ReturnedPost.class);
    private static final Pattern TOKEN = Pattern.compile("(?i)^\\s{0,20}unsubscribe[\\s:]{1,20}([A-Za-z0-9_-]{16,400})\\s{0,20}$");
    static final String WORDING = "unsubscribe, by mail";

    private final BounceReader reader;
    private final Bounces bounces;
    private final Consents consents;

    ReturnedPost(BounceReader reader, Bounces bounces, Consents consents) {
        this.reader = reader;
        this.bounces = bounces;
        this.consents = consents;
    }

    /** The same mail again changes nothing. */
    ReturnedMail take(byte[] raw) throws BounceReader.Unreadable {
        var token = unsubscribing(raw);
        if (token.isPresent() && consents.unsubscribe(token.get(), "mail to unsubscribe", WORDING)) {
            log.debug("Somebody unsubscribed by mail");
            return new ReturnedMail(null, null, false, null, List.of());
        }
        var mail = reader.read(raw);
        bounces.take(mail, raw);
        return mail;
    }

    /** A program that answers by itself means nothing by it, whatever subject it repeats. */
    private static Optional<String> unsubscribing(byte[] raw) throws BounceReader.Unreadable {
        try {
            var parts = MailParts.of(raw);
            var subject = TOKEN.matcher(parts.header("Subject"));
            String submitted = parts.header("Auto-Submitted").toLowerCase(Locale.ROOT);
            boolean byItself = !submitted.isEmpty() && !submitted.startsWith("no") || AutoReplies.is(parts) || parts.header("Return-Path").equals("<>");
            return subject.matches() && !byItself ? Optional.of(subject.group(1)) : Optional.empty();
        } catch (MessagingException | IOException e) {
            throw new BounceReader.Unreadable(e);
        }
    }
}
