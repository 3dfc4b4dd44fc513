package dev.drover.delivery.bounce;

import dev.drover.kernel.BackgroundLoop;
import jakarta.mail.MessagingException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Looks into the mailbox that bounces go to, again and again, and tells health how that goes. */
class MailboxLoop extends BackgroundLoop implements HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(MailboxLoop.class);

    private final ImapSettings settings;
    private final ImapMailbox mailbox;
    private volatile String trouble = "";
    private volatile int unreadable;

    MailboxLoop(ImapSettings settings, ImapMailbox mailbox) {
        super("bounce mailbox");
        this.settings = settings;
        this.mailbox = mailbox;
    }

    @Override
    protected Duration round(boolean rung) {
        try {
            var round = mailbox.read();
            if (!trouble.isEmpty()) {
                log.info("The mailbox for bounces ({}) can be read again", settings);
            }
            trouble = "";
            unreadable += round.unreadable();
            return round.more() ? Duration.ZERO : settings.every();
        } catch (MessagingException | RuntimeException e) {
            if (trouble.isEmpty()) {
                log.warn("The mailbox for bounces ({}) can't be read, trying again: {}", settings, e.toString());
            }
            trouble = e.toString();
            return settings.every();
        }
    }

    /** A mailbox out of reach hinders nothing else, so that it is a detail and no end of the whole. */
    @Override
    public Health health() {
        var health = Health.up().withDetail("mailbox", settings.toString()).withDetail("unreadableSinceStart", unreadable);
        return trouble.isEmpty() ? health.build() : health.withDetail("trouble", trouble).build();
    }
}
