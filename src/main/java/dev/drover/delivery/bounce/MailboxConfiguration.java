package dev.drover.delivery.bounce;

import dev.drover.delivery.WhereSet;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The mailbox is read where one is named; elsewhere mails come by {@code POST /api/v1/bounces} alone. */
@Configuration
@WhereSet("drover.bounces.imap.host")
@EnableConfigurationProperties(ImapSettings.class)
class MailboxConfiguration {

    @Bean("bounceMailboxHealthIndicator")
    MailboxLoop mailboxLoop(ImapSettings settings, ReturnedPost post) {
        return new MailboxLoop(settings, new ImapMailbox(settings, post::take));
    }
}
