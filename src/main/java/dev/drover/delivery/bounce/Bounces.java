package dev.drover.delivery.bounce;

import dev.drover.delivery.bounce.MailedMessages.Mailed;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Sha256;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a returned mail changes: the message in the ledger, the suppressed addresses, the event log; all in one transaction, once for each mail. One
 * that fits none of our messages is written down and changes nothing, so that a forged one can silence nobody.
 */
@Component
class Bounces {

    private final JdbcClient jdbc;
    private final MailedMessages messages;
    private final Consequences consequences;
    private final PlatformClock clock;

    Bounces(JdbcClient jdbc, MailedMessages messages, Consequences consequences, PlatformClock clock) {
        this.jdbc = jdbc;
        this.messages = messages;
        this.consequences = consequences;
        this.clock = clock;
    }

    /** @return whether it was new; {@code false}: this mail was here before, and nothing changed */
    @Transactional
    public boolean take(ReturnedMail mail, byte[] raw) {
        var id = jdbc.sql("""
                INSERT INTO bounce_mail (fingerprint, received_at, message_id, original_message_id, auto_reply, feedback) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (fingerprint) DO NOTHING RETURNING id""")
                .param(fingerprint(mail, raw)).param(Timestamp.from(clock.instant())).param(storable(mail.messageId())).param(storable(mail.originalMessageId()))
                .param(mail.autoReply()).param(storable(mail.feedback())).query(Long.class).optional();
        if (id.isEmpty()) {
            return false;
        }
        // Always in the same order, so that two mails about the same messages don't wait for each other.
        mail.recipients().stream().sorted(Comparator.comparing(one -> one.address().toLowerCase(Locale.ROOT)))
                .forEach(one -> take(id.get(), mail, one));
        return true;
    }

    private void take(long mailId, ReturnedMail mail, Returned one) {
        Optional<Mailed> message = one.type() == BounceType.NONE ? Optional.empty() : messages.find(mail.originalMessageId(), one.address(), mail.recipients().size() == 1);
        boolean erased = message.isEmpty() && messages.erased(mail.originalMessageId());
        jdbc.sql("""
                INSERT INTO bounce (mail_id, message_id, address, status, reply_code, reason, type, counts, text, received_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(mailId).param(message.map(Mailed::id).orElse(null)).param(storable(message.map(Mailed::address).orElse(erased ? "erased" : one.address()).toLowerCase(Locale.ROOT)))
                .param(one.status()).param(one.replyCode()).param(one.reason().key()).param(one.type().key()).param(Consequences.counts(one))
                .param(erased ? "" : storable(one.text())).param(Timestamp.from(clock.instant())).update();
        message.ifPresent(found -> {
            switch (one.type()) {
                case HARD -> consequences.bounced(found, one, "bounce");
                case COMPLAINT -> {
                    if (mail.complained()) {
                        consequences.complained(found, one, "feedback");
                    }
                }
                case SOFT -> consequences.noted(found, one, "bounce");
                case NONE -> { }
            }
        });
    }

    /** The same mail fetched twice has the same Message-ID and tells the same; a Message-ID alone could be borrowed to keep another mail out. */
    private static byte[] fingerprint(ReturnedMail mail, byte[] raw) {
        return mail.messageId() == null ? Sha256.of(raw) : Sha256.of(mail.messageId() + "\n" + mail.originalMessageId() + "\n" + mail.recipients());
    }

    /** PostgreSQL's text has no NUL and no half character. */
    static @Nullable String storable(@Nullable String text) {
        return text == null ? null : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace("\0", "");
    }
}
