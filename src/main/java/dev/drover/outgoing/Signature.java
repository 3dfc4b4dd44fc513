package dev.drover.outgoing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as Standard Webhooks 1.0 says: HMAC-SHA256 over id, time and body, so that nobody else can say it and nobody can say it again later. */
public final class Signature {

    static final String PREFIX = "whsec_";

    private Signature() {}

    /**
     * What goes with a request.
     *
     * @param secret {@code whsec_} and base64
     * @param id     the same when it is told again, so that the other side knows a repeat
     */
    public static Map<String, String> headers(String secret, String id, Instant at, byte[] body) {
        String time = Long.toString(at.getEpochSecond());
        return Map.of("webhook-id", id, "webhook-timestamp", time, "webhook-signature", "v1," + sign(secret, id + "." + time + ".", body));
    }

    private static String sign(String secret, String head, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(PREFIX.length())), "HmacSHA256"));
            mac.update(head.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 is part of every JDK", e);
        }
    }
}
