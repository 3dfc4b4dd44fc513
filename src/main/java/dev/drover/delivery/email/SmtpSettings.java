package dev.drover.delivery.email;

import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The mail server ({@code DROVER_SMTP_…}).
 *
 * @param port     {@code null}: the usual one, 587 with STARTTLS, 465 with TLS, else 25
 * @param user     {@code null}: no log-in
 * @param tls      {@code starttls} (required then), {@code tls} or {@code none}; {@code null}: STARTTLS where there is a user, else none
 */
@ConfigurationProperties("drover.smtp")
record SmtpSettings(String host, @Nullable Integer port, @Nullable String user, @Nullable String password, @Nullable String tls) {

    private static final String CONNECT_MILLIS = "10000";
    /** For each answer. All of a hand-over together stays below the dispatcher's lease. */
    private static final String ANSWER_MILLIS = "30000";

    SmtpSettings {
        user = user == null || user.isBlank() ? null : user;
        tls = tls == null || tls.isBlank() ? user == null ? "none" : "starttls" : tls;
        if (!tls.equals("none") && !tls.equals("starttls") && !tls.equals("tls")) {
            throw new IllegalArgumentException("DROVER_SMTP_TLS is '%s': use 'starttls', 'tls' or 'none'.".formatted(tls));
        }
        if (port == null) {
            port = switch (tls) {
                case "tls" -> 465;
                case "starttls" -> 587;
                default -> 25;
            };
        }
    }

    boolean encryptedFromTheStart() {
        return "tls".equals(tls);
    }

    Properties properties() {
        var properties = new Properties();
        for (String protocol : new String[] {"mail.smtp.", "mail.smtps."}) {
            properties.put(protocol + "connectiontimeout", CONNECT_MILLIS);
            properties.put(protocol + "timeout", ANSWER_MILLIS);
            properties.put(protocol + "writetimeout", ANSWER_MILLIS);
            properties.put(protocol + "auth", Boolean.toString(user != null));
            properties.put(protocol + "ssl.checkserveridentity", "true");
            properties.put(protocol + "quitwait", "false");
        }
        // By `smtps` the encryption makes its own connections.
        properties.put("mail.smtp.socketFactory", new PromptSockets());
        properties.put("mail.smtp.starttls.enable", Boolean.toString("starttls".equals(tls)));
        properties.put("mail.smtp.starttls.required", Boolean.toString("starttls".equals(tls)));
        return properties;
    }
}
