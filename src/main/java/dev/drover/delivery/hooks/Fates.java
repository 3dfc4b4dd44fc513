package dev.drover.delivery.hooks;

import dev.drover.consent.Consents;
import dev.drover.delivery.bounce.ReportedBounces;
import dev.drover.delivery.bounce.ReportedBounces.Report;
import dev.drover.delivery.bounce.ReportedBounces.Verdict;
import dev.drover.eventlog.EventLog;
import dev.drover.eventlog.NewEvent;
import dev.drover.kernel.PlatformClock;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What an event makes of a message. The ledger's statuses have a rank, so that events may come in any order: what came back doesn't arrive any
 * more, what arrived isn't merely sent, and what the provider has isn't sent once more.
 */
@Component
class Fates {

    private static final Pattern LAYOUT = Pattern.compile("[\\p{Cntrl}\\s]{1,200}");

    private final JdbcClient jdbc;
    private final ReportedBounces bounces;
    private final Consents consents;
    private final EventLog events;
    private final PlatformClock clock;

    Fates(JdbcClient jdbc, ReportedBounces bounces, Consents consents, EventLog events, PlatformClock clock) {
        this.jdbc = jdbc;
        this.bounces = bounces;
        this.consents = consents;
        this.events = events;
        this.clock = clock;
    }

    void apply(Known message, Told told) {
        switch (told.kind()) {
            case TAKEN -> taken(message, told);
            case DELIVERED -> delivered(message, told);
            case DELAYED -> bounces.take(report(message, told, Verdict.DELAYED, false));
            case BOUNCED -> bounces.take(report(message, told, Verdict.PERMANENT, true));
            case RETURNED -> bounces.take(report(message, told, Verdict.TEMPORARY, true));
            case REMARKED -> bounces.take(report(message, told, Verdict.TEMPORARY, false));
            case COMPLAINED -> bounces.take(report(message, told, Verdict.COMPLAINT, false));
            case REFUSED -> refused(message, told);
            case UNSUBSCRIBED -> unsubscribed(message, told);
            case STOP, START, SAID -> throw new IllegalArgumentException("It is about no message of ours");
        }
    }

    private static Report report(Known message, Told told, Verdict verdict, boolean counts) {
        return new Report(message.id(), verdict, told.status(), told.words(), counts, told.provider());
    }

    /** Tells what became of one that was in flight at a crash. */
    private void taken(Known message, Told told) {
        jdbc.sql("UPDATE message SET status = 'sent', reason = NULL, sent_at = ?, provider_message_id = coalesce(provider_message_id, ?) WHERE id = ? AND status = 'unknown'")
                .param(at(message, told)).param(told.reference()).param(message.id()).update();
    }

    private void delivered(Known message, Told told) {
        int changed = jdbc.sql("""
                UPDATE message SET status = 'delivered', reason = NULL, rule = NULL, delivered_at = :at, sent_at = coalesce(sent_at, :at),
                       provider_message_id = coalesce(provider_message_id, :reference), lease_owner = NULL, lease_until = NULL
                 WHERE id = :id AND (status IN ('sending', 'sent', 'unknown', 'failed') OR status IN ('queued', 'deferred') AND attempts > 0)""")
                .param("at", at(message, told)).param("reference", told.reference()).param("id", message.id()).update();
        if (changed == 1 && message.customerId() != null) {
            events.append(NewEvent.live("message.delivered:" + message.id(), "message.delivered", message.customerId(), at(message, told).toInstant(),
                    Map.of("messageId", message.id(), "channel", message.channel().key(), "template", message.template(), "originType", message.originType(),
                            "originId", message.originId())));
        }
    }

    private void refused(Known message, Told told) {
        String words = LAYOUT.matcher(told.words()).replaceAll(" ").strip();
        jdbc.sql("UPDATE message SET status = 'failed', reason = ?, lease_owner = NULL, lease_until = NULL WHERE id = ? AND status IN ('sending', 'sent', 'unknown')")
                .param("the provider refused it" + (words.isEmpty() ? "" : ": " + words.substring(0, Math.min(300, words.length())))).param(message.id()).update();
    }

    private void unsubscribed(Known message, Told told) {
        if (message.customerId() != null) {
            consents.record(message.customerId(), message.channel(), false, told.provider() + ", by message " + message.id(), told.words().isBlank() ? null : told.words());
        }
        if (message.channel() == dev.drover.kernel.Channel.SMS) {
            refused(message, told);
        }
    }

    /** When it happened, at the earliest when the message was asked for: the provider's clock may be slow, and ours may have been moved since. */
    private Timestamp at(Known message, Told told) {
        Instant now = clock.instant();
        Instant moved = told.at().isAfter(Told.NOW) ? now : told.at().plus(clock.offset());
        return Timestamp.from(moved.isAfter(now) ? now : moved.isBefore(message.queuedAt()) ? message.queuedAt() : moved);
    }
}
