package dev.drover.delivery.email;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How mail is signed ({@code DROVER_DKIM_…}); none of them: it isn't.
 *
 * @param domain   whose DNS holds the public key; the sender's own or one above it, so that receivers align it (RFC 7489, 3.1.1)
 * @param selector the key's name there: {@code SELECTOR._domainkey.DOMAIN}
 * @param key      a file with the private RSA key in PEM, PKCS #8 or #1, as openssl writes it
 */
@ConfigurationProperties("drover.dkim")
record DkimSettings(@Nullable String domain, @Nullable String selector, @Nullable Path key) {

    boolean given() {
        return filled(domain) || filled(selector) || key != null && !key.toString().isBlank();
    }

    boolean whole() {
        return filled(domain) && filled(selector) && key != null && !key.toString().isBlank();
    }

    private static boolean filled(@Nullable String text) {
        return text != null && !text.isBlank();
    }
}
