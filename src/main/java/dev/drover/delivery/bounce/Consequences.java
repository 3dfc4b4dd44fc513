package dev.drover.delivery.bounce;

import dev.drover.consent.Consents;
import dev.drover.consent.Suppressions;
import dev.drover.delivery.bounce.MailedMessages.Mailed;
import dev.drover.eventlog.EventLog;
import dev.drover.eventlog.NewEvent;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a bounce changes once we know of which message, whoever told of it. Told again, it changes nothing. In the caller's transaction. */
@Component
class Consequences {

    private static final Logger log = LoggerFactory.getLogger(Consequences.class);

    private final JdbcClient jdbc;
    private final Suppressions suppressions;
    private final Consents consents;
    private final EventLog events;
    private final BounceSettings settings;
    private final PlatformClock clock;

    Consequences(JdbcClient jdbc, Suppressions suppressions, Consents consents, EventLog events, BounceSettings settings, PlatformClock clock) {
        this.jdbc = jdbc;
        this.suppressions = suppressions;
        this.consents = consents;
        this.events = events;
        this.settings = settings;
        this.clock = clock;
    }

    /** @param source who told us, for the list of suppressed addresses */
    void bounced(Mailed message, Returned one, String source) {
        // One that is tried again because nobody knew whether it was taken isn't tried any more: it was, and came back.
        jdbc.sql("""
                UPDATE message SET status = 'bounced', reason = ?, lease_owner = NULL, lease_until = NULL
                 WHERE id = ? AND (status IN ('sending', 'sent', 'delivered', 'unknown') OR status IN ('queued', 'deferred') AND attempts > 0)""")
                .param(words(one)).param(message.id()).update();
        suppressions.add(message.channel(), message.address(), one.reason().key(), source);
        append("message.bounced", message, one);
    }

    /** To report a mail as unwanted is to say no: whoever wants mail again says yes anew. */
    void complained(Mailed message, Returned one, String source) {
        if (message.customerId() != null) {
            consents.record(message.customerId(), message.channel(), false, "complaint", null);
        }
        suppressions.add(message.channel(), message.address(), "complaint", source);
        append("message.complained", message, one);
    }

    /** A mail keeps its status: a soft bounce says nothing about the address, a run of them does. */
    void noted(Mailed message, Returned one, String source) {
        jdbc.sql("UPDATE message SET reason = ? WHERE id = ? AND status IN ('sent', 'delivered', 'unknown')").param(words(one)).param(message.id()).update();
        if (counts(one) && run(message.address()) >= settings.softMost() && suppressions.find(message.channel(), message.address()).isEmpty()) {
            suppressions.add(message.channel(), message.address(), "soft-bounces", source);
            log.info("The address of message {} is suppressed: {} messages to it came back within {}", message.id(), settings.softMost(), settings.softWithin());
        }
    }

    /** How many messages to this address came back of late, each counted once however often it is reported. */
    private int run(String address) {
        Instant since = clock.instant().minus(settings.softWithin());
        return jdbc.sql("SELECT count(DISTINCT message_id) FROM bounce WHERE address = ? AND counts AND message_id IS NOT NULL AND received_at >= ?")
                .param(address.toLowerCase(Locale.ROOT)).param(Timestamp.from(since)).query(Integer.class).single();
    }

    static boolean counts(Returned one) {
        return one.type() == BounceType.SOFT && one.reason().mailbox() && !one.delayed();
    }

    private void append(String name, Mailed message, Returned one) {
        if (message.customerId() == null) {
            // Erased since: nobody is left to whom it happened.
            return;
        }
        var properties = new LinkedHashMap<String, Object>();
        properties.put("messageId", message.id());
        properties.put("channel", message.channel().key());
        properties.put("template", message.template());
        properties.put("originType", message.originType());
        properties.put("originId", message.originId());
        properties.put("reason", one.reason().key());
        properties.put("bounceType", one.type().key());
        // Once for each message, however many reports there are.
        events.append(NewEvent.live(name + ":" + message.id(), name, message.customerId(), clock.instant(), properties));
    }

    static String words(Returned one) {
        String code = one.status() != null ? one.status() : one.replyCode() != null ? one.replyCode() : "";
        String said = one.reason().words() + (code.isEmpty() ? "" : " (" + code + ")");
        // Of a hard bounce the message's status tells that it came back.
        return one.delayed() ? "still under way: " + said : one.type() == BounceType.HARD ? said : "came back: " + said;
    }
}
