package dev.drover.delivery.email;

import dev.drover.kernel.StartFailure;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.security.interfaces.RSAPrivateKey;
import java.util.List;
import java.util.Objects;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.jspecify.annotations.Nullable;
import org.simplejavamail.utils.mail.dkim.Canonicalization;
import org.simplejavamail.utils.mail.dkim.DkimException;
import org.simplejavamail.utils.mail.dkim.DkimMessage;
import org.simplejavamail.utils.mail.dkim.DkimSigner;
import org.simplejavamail.utils.mail.dkim.SigningAlgorithm;

/** Signs mail (RFC 6376), so that receivers can tell that it comes from the sender's domain and is as it left. */
final class DkimSigning {

    /** Beside the library's own choice: RFC 8058 wants both of the first covered, and what decides how a mail is treated should be as well. */
    private static final List<String> ALSO_SIGNED = List.of("List-Unsubscribe", "List-Unsubscribe-Post", "List-Id", "Auto-Submitted", "Feedback-ID");
    private static final String ADVICE = "Set DROVER_DKIM_DOMAIN, DROVER_DKIM_SELECTOR and DROVER_DKIM_KEY (a file with an RSA key in PEM), or none of them.";
    /** Receivers refuse shorter keys (RFC 8301, 3.2). */
    private static final int LEAST_BITS = 1024;

    private final String domain;
    private final String selector;
    private final RSAPrivateKey key;

    private DkimSigning(String domain, String selector, RSAPrivateKey key) {
        this.domain = domain;
        this.selector = selector;
        this.key = key;
    }

    /**
     * @return {@code null}: mail isn't signed
     * @throws StartFailure for settings that are incomplete, and for a key that is none
     */
    static @Nullable DkimSigning of(DkimSettings settings) {
        if (!settings.given()) {
            return null;
        }
        if (!settings.whole()) {
            throw new StartFailure("Mail can't be signed (DKIM): a setting is missing.", ADVICE, null);
        }
        try (var parser = new PEMParser(Files.newBufferedReader(Objects.requireNonNull(settings.key())))) {
            var converter = new JcaPEMKeyConverter();
            var found = switch (parser.readObject()) {
                case PEMKeyPair pair -> converter.getPrivateKey(pair.getPrivateKeyInfo());
                case PrivateKeyInfo info -> converter.getPrivateKey(info);
                case null, default -> null;
            };
            if (!(found instanceof RSAPrivateKey key) || key.getModulus().bitLength() < LEAST_BITS) {
                throw new StartFailure("Mail can't be signed (DKIM): %s holds no private RSA key of at least %d bits.".formatted(settings.key(), LEAST_BITS), ADVICE, null);
            }
            return new DkimSigning(Objects.requireNonNull(settings.domain()), Objects.requireNonNull(settings.selector()), key);
        } catch (IOException e) {
            throw new StartFailure("Mail can't be signed (DKIM): %s can't be read: %s".formatted(settings.key(), e.getMessage()), ADVICE, e);
        }
    }

    /** The same message with a signature; nothing in it may be changed any more. */
    MimeMessage signed(MimeMessage message) throws MessagingException {
        try {
            // One for each message: it keeps its calculation in itself.
            var signer = new DkimSigner(domain, selector, key);
            signer.setSigningAlgorithm(SigningAlgorithm.SHA256_WITH_RSA);
            signer.setHeaderCanonicalization(Canonicalization.RELAXED);
            signer.setBodyCanonicalization(Canonicalization.RELAXED);
            // Whoever may add to a signed mail could write what they like below it.
            signer.setLengthParam(false);
            // Asking the DNS for each mail is the receiver's work.
            signer.setCheckDomainKey(false);
            ALSO_SIGNED.forEach(signer::addHeaderToSign);
            return new DkimMessage(message, signer);
        } catch (DkimException e) {
            throw new MessagingException("The mail can't be signed: " + e.getMessage(), e);
        }
    }
}
