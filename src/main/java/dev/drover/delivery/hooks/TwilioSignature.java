package dev.drover.delivery.hooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA1 over the address that Twilio was given and the parameters in the order of their names, with the account's auth token. */
final class TwilioSignature {

    private final SecretKeySpec key;

    TwilioSignature(String token) {
        this.key = new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA1");
    }

    /** @param url as Twilio was given it, with its query */
    boolean holds(String url, Map<String, List<String>> parameters, String signature) {
        var signed = new StringBuilder(url);
        // A parameter that comes several times counts each value once.
        new TreeMap<>(parameters).forEach((name, values) -> new TreeSet<>(values).forEach(value -> signed.append(name).append(value)));
        try {
            return MessageDigest.isEqual(mac(signed.toString()), Base64.getDecoder().decode(signature));
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA1", e);
        }
    }
}
