package dev.drover.kernel;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tokens for links in messages: a payload and an HMAC-SHA-256 over purpose and payload (RFC 2104, cut to 128 bits), URL-safe.
 * The payload can be read by whoever has the link; it can't be changed, nor used for another purpose.
 */
public final class SignedTokens {

    private static final int MAC_BYTES = 16;

    private final SecretKeySpec key;

    public SignedTokens(String secret) {
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    /** @param purpose a short constant, such as {@code unsubscribe} */
    public String sign(String purpose, String payload) {
        byte[] body = payload.getBytes(StandardCharsets.UTF_8);
        byte[] token = Arrays.copyOf(mac(purpose, body), MAC_BYTES + body.length);
        System.arraycopy(body, 0, token, MAC_BYTES, body.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** @return the payload, or empty for every token that isn't ours for this purpose */
    public Optional<String> verify(String purpose, String token) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            if (bytes.length < MAC_BYTES) {
                return Optional.empty();
            }
            byte[] body = Arrays.copyOfRange(bytes, MAC_BYTES, bytes.length);
            byte[] given = Arrays.copyOf(bytes, MAC_BYTES);
            boolean ours = MessageDigest.isEqual(given, Arrays.copyOf(mac(purpose, body), MAC_BYTES));
            return ours ? Optional.of(new String(body, StandardCharsets.UTF_8)) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** Stands for a text that isn't to be kept: the same text gives the same, and without our key nobody can guess back. */
    public String fingerprint(String purpose, String text) {
        return HexFormat.of().formatHex(mac("fingerprint " + purpose, text.getBytes(StandardCharsets.UTF_8)));
    }

    private byte[] mac(String purpose, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(purpose.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256", e);
        }
    }
}
