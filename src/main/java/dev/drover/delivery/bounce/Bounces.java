package dev.drover.delivery.bounce;

import dev.drover.consent.Suppressions;
import dev.drover.delivery.bounce.MailedMessages.Mailed;
import dev.drover.eventlog.EventLog;
import dev.drover.eventlog.NewEvent;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a returned mail changes: the message in the ledger, the suppressed addresses, the event log; all in one transaction, once for each mail. One
 * that fits none of our messages is written down and changes nothing, so that a forged one can silence nobody.
 */
@Component
class Bounces {

    private static final Logger log = LoggerFactory.getLogger(Bounces.class);

    private final JdbcClient jdbc;
    private final MailedMessages messages;
    private final Suppressions suppressions;
    private final EventLog events;
    private final BounceSettings settings;
    private final PlatformClock clock;

    Bounces(JdbcClient jdbc, MailedMessages messages, Suppressions suppressions, EventLog events, BounceSettings settings, PlatformClock clock) {
        this.jdbc = jdbc;
        this.messages = messages;
        this.suppressions = suppressions;
        this.events = events;
        this.settings = settings;
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
                .param(one.status()).param(one.replyCode()).param(one.reason().key()).param(one.type().key()).param(counts(one))
                .param(erased ? "" : storable(one.text())).param(Timestamp.from(clock.instant())).update();
        message.ifPresent(found -> {
            switch (one.type()) {
                case HARD -> bounced(found, one);
                case COMPLAINT -> complained(found, mail, one);
                case SOFT -> noted(found, one);
                case NONE -> { }
            }
        });
    }

    private void bounced(Mailed message, Returned one) {
        jdbc.sql("""
                UPDATE message SET status = 'bounced', reason = ?, lease_owner = NULL, lease_until = NULL
                 WHERE id = ? AND status IN ('sending', 'sent', 'delivered', 'unknown')""").param(words(one)).param(message.id()).update();
        suppressions.add(Channel.EMAIL, message.address(), one.reason().key(), "bounce");
        append("message.bounced", message, one);
    }

    private void complained(Mailed message, ReturnedMail mail, Returned one) {
        if (mail.complained()) {
            suppressions.add(Channel.EMAIL, message.address(), "complaint", "feedback");
            append("message.complained", message, one);
        }
    }

    /** The message keeps its status: a soft bounce says nothing about the address, a run of them does. */
    private void noted(Mailed message, Returned one) {
        jdbc.sql("UPDATE message SET reason = ? WHERE id = ? AND status IN ('sent', 'delivered', 'unknown')").param(words(one)).param(message.id()).update();
        if (counts(one) && run(message.address()) >= settings.softMost() && suppressions.find(Channel.EMAIL, message.address()).isEmpty()) {
            suppressions.add(Channel.EMAIL, message.address(), "soft-bounces", "bounce");
            log.info("The address of message {} is suppressed: {} messages to it came back within {}", message.id(), settings.softMost(), settings.softWithin());
        }
    }

    /** How many messages to this address came back of late, each counted once however often it is reported. */
    private int run(String address) {
        Instant since = clock.instant().minus(settings.softWithin());
        return jdbc.sql("SELECT count(DISTINCT message_id) FROM bounce WHERE address = ? AND counts AND message_id IS NOT NULL AND received_at >= ?")
                .param(address.toLowerCase(Locale.ROOT)).param(Timestamp.from(since)).query(Integer.class).single();
    }

    private static boolean counts(Returned one) {
        return one.type() == BounceType.SOFT && one.reason().mailbox() && !one.delayed();
    }

    private void append(String name, Mailed message, Returned one) {
        if (message.customerId() == null) {
            // Erased since: nobody is left to whom it happened.
            return;
        }
        var properties = new LinkedHashMap<String, Object>();
        properties.put("messageId", message.id());
        properties.put("channel", Channel.EMAIL.key());
        properties.put("template", message.template());
        properties.put("originType", message.originType());
        properties.put("originId", message.originId());
        properties.put("reason", one.reason().key());
        properties.put("bounceType", one.type().key());
        // Once for each message, however many reports there are.
        events.append(NewEvent.live(name + ":" + message.id(), name, message.customerId(), clock.instant(), properties));
    }

    private static String words(Returned one) {
        String code = one.status() != null ? one.status() : one.replyCode() != null ? one.replyCode() : "";
        String said = one.reason().words() + (code.isEmpty() ? "" : " (" + code + ")");
        // Of a hard bounce the message's status tells that it came back.
        return one.delayed() ? "still under way: " + said : one.type() == BounceType.HARD ? said : "came back: " + said;
    }

    /** The same mail fetched twice has the same Message-ID and tells the same; a Message-ID alone could be borrowed to keep another mail out. */
    private static byte[] fingerprint(ReturnedMail mail, byte[] raw) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return mail.messageId() == null ? digest.digest(raw)
                    : digest.digest((mail.messageId() + "\n" + mail.originalMessageId() + "\n" + mail.recipients()).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** PostgreSQL's text has no NUL and no half character. */
    private static @Nullable String storable(@Nullable String text) {
        return text == null ? null : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace("\0", "");
    }
}
