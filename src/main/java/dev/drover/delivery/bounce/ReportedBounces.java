package dev.drover.delivery.bounce;

import dev.drover.delivery.bounce.MailedMessages.Mailed;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import java.sql.Timestamp;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Bounces and complaints that nobody mails, but a provider tells: judged by the same words, with the same consequences. */
@Component
public class ReportedBounces {

    public enum Verdict {
        /** The provider won't try this address again. */
        PERMANENT,
        /** This message came to nothing. */
        TEMPORARY,
        /** It is still being tried. */
        DELAYED,
        COMPLAINT
    }

    /**
     * @param messageId of the ledger; whoever reports has made sure of it
     * @param status    RFC 3463; {@code null}: not told
     * @param words     the other server's, or the provider's own
     * @param counts    whether a temporary one says something about the address
     * @param source    who reports, such as {@code sendgrid}
     */
    public record Report(long messageId, Verdict verdict, @Nullable String status, String words, boolean counts, String source) {}

    /** Where the words say little, or that the account is closed, the provider's "permanent" decides. A full mailbox stays a full mailbox. */
    private static final Set<Reason> VAGUE = EnumSet.of(Reason.FILTERED, Reason.SUSPEND, Reason.UNDEFINED, Reason.ONHOLD);

    private final JdbcClient jdbc;
    private final MailedMessages messages;
    private final Consequences consequences;
    private final PlatformClock clock;
    private final Classifier classifier = new Classifier(Phrases.SHIPPED);

    ReportedBounces(JdbcClient jdbc, MailedMessages messages, Consequences consequences, PlatformClock clock) {
        this.jdbc = jdbc;
        this.messages = messages;
        this.consequences = consequences;
        this.clock = clock;
    }

    /** In the caller's transaction, which keeps a report from being taken twice. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void take(Report report) {
        messages.numbered(report.messageId()).ifPresent(message -> take(message, report, judge(message.address(), report)));
    }

    private void take(Mailed message, Report report, Returned one) {
        jdbc.sql("""
                INSERT INTO bounce (message_id, address, status, reply_code, reason, type, counts, text, received_at, source)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(message.id()).param(message.address().toLowerCase(Locale.ROOT)).param(one.status()).param(one.replyCode()).param(one.reason().key())
                .param(one.type().key()).param(report.counts() && Consequences.counts(one)).param(Bounces.storable(one.text())).param(Timestamp.from(clock.instant()))
                .param(report.source()).update();
        switch (one.type()) {
            case HARD -> consequences.bounced(message, one, report.source());
            case COMPLAINT -> consequences.complained(message, one, report.source());
            case SOFT -> {
                if (message.channel() == Channel.SMS && !one.delayed()) {
                    ended(message, one);
                }
                consequences.noted(message, one, report.source());
            }
            case NONE -> { }
        }
    }

    /** Nobody returns a text message later: what the carrier gave up has failed. */
    private void ended(Mailed message, Returned one) {
        jdbc.sql("UPDATE message SET status = 'failed', reason = ?, lease_owner = NULL, lease_until = NULL WHERE id = ? AND status IN ('sending', 'sent', 'unknown')")
                .param(Consequences.words(one)).param(message.id()).update();
    }

    private Returned judge(String address, Report report) {
        var read = classifier.judge(new Evidence(address, report.verdict() == Verdict.DELAYED ? "delayed" : "failed", report.status() == null ? "" : report.status(),
                report.words(), ""));
        return switch (report.verdict()) {
            case COMPLAINT -> new Returned(address, null, null, Reason.FEEDBACK, BounceType.COMPLAINT, false, read.text());
            case DELAYED, TEMPORARY -> new Returned(address, read.status(), read.replyCode(), read.reason(), BounceType.SOFT, read.delayed(), read.text());
            case PERMANENT -> !VAGUE.contains(read.reason()) ? read : new Returned(address, read.status(), read.replyCode(),
                    read.reason() == Reason.UNDEFINED || read.reason() == Reason.ONHOLD ? Reason.USERUNKNOWN : read.reason(), BounceType.HARD, false, read.text());
        };
    }
}
