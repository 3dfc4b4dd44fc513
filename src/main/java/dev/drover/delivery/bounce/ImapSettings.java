package dev.drover.delivery.bounce;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The mailbox that bounces go to ({@code DROVER_BOUNCES_IMAP_…}).
 *
 * @param tls   {@code tls}, {@code starttls} (required then) or {@code none}
 * @param port  {@code null}: 993 with TLS, else 143
 * @param every how often it is looked into
 */
@ConfigurationProperties("drover.bounces.imap")
record ImapSettings(String host, @Nullable Integer port, String user, String password, @DefaultValue("tls") String tls, @DefaultValue("INBOX") String folder,
        @DefaultValue("1m") Duration every) {

    ImapSettings {
        if (!tls.equals("tls") && !tls.equals("starttls") && !tls.equals("none")) {
            throw new IllegalArgumentException("DROVER_BOUNCES_IMAP_TLS is '%s': use 'tls', 'starttls' or 'none'.".formatted(tls));
        }
        if (user == null || user.isBlank() || password == null || password.isBlank()) {
            throw new IllegalArgumentException("Set DROVER_BOUNCES_IMAP_USER and DROVER_BOUNCES_IMAP_PASSWORD beside DROVER_BOUNCES_IMAP_HOST.");
        }
        if (every.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("DROVER_BOUNCES_IMAP_EVERY must be a second or more, such as PT1M.");
        }
        port = port == null ? tls.equals("tls") ? 993 : 143 : port;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "%s on %s:%d".formatted(folder, host, port);
    }
}
