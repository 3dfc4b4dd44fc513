package dev.drover.delivery.hooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** ECDSA (P-256, SHA-256) over the timestamp and the body as it came. */
final class SendGridSignature {

    private static final int BITS = 256;

    private final PublicKey key;
    private final Duration window;

    SendGridSignature(String key, Duration window) {
        this.key = key(key);
        this.window = window;
    }

    /** @throws IllegalArgumentException naming the setting */
    static PublicKey key(String base64) {
        try {
            var key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
            if (!(key instanceof ECPublicKey curve) || curve.getParams().getCurve().getField().getFieldSize() != BITS) {
                throw new IllegalArgumentException("DROVER_SENDGRID_WEBHOOK_KEY is a key of another curve than P-256.");
            }
            return key;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("DROVER_SENDGRID_WEBHOOK_KEY is no public key: copy it from SendGrid's page of the signed event webhook.", e);
        }
    }

    boolean holds(String timestamp, String signature, byte[] body) {
        try {
            var check = Signature.getInstance("SHA256withECDSA");
            check.initVerify(key);
            check.update(timestamp.getBytes(StandardCharsets.UTF_8));
            check.update(body);
            return check.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException none) {
            return false;
        }
    }

    /** Whether it was signed lately. Only worth asking once the signature holds, as it covers the timestamp. */
    boolean fresh(String timestamp, Instant now) {
        if (window.isZero()) {
            return true;
        }
        try {
            return Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now).abs().compareTo(window) <= 0;
        } catch (RuntimeException noTime) {
            return false;
        }
    }
}
