package dev.drover.delivery.hooks;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Checks that Amazon SNS has signed a message. The certificate's address stands in the message itself, so that it is pinned: any host of
 * amazonaws.com isn't enough, as anybody can have a bucket there.
 */
@Component
class SnsSignature {

    private static final Pattern CERTIFICATE = Pattern.compile("/SimpleNotificationService-[0-9a-zA-Z]{1,64}\\.pem");

    private final SnsLine line;

    SnsSignature(SnsLine line) {
        this.line = line;
    }

    /** @throws SnsLine.OutOfReach where the certificate can't be had now */
    boolean holds(SnsMessage message) {
        String algorithm = switch (message.text("SignatureVersion")) {
            case "1" -> "SHA1withRSA";
            case "2" -> "SHA256withRSA";
            default -> "";
        };
        var url = pinned(message.text("SigningCertURL"), message.topic()).filter(one -> one.getRawQuery() == null && CERTIFICATE.matcher(one.getRawPath()).matches());
        if (algorithm.isEmpty() || url.isEmpty()) {
            return false;
        }
        try {
            var check = Signature.getInstance(algorithm);
            check.initVerify(line.certificate(url.get()).getPublicKey());
            check.update(message.signed().getBytes(StandardCharsets.UTF_8));
            return check.verify(Base64.getDecoder().decode(message.text("Signature")));
        } catch (GeneralSecurityException | IllegalArgumentException none) {
            return false;
        }
    }

    /** Where a subscription is confirmed; empty for every other address. */
    static Optional<URI> subscription(SnsMessage message) {
        return pinned(message.text("SubscribeURL"), message.topic()).filter(url -> url.getRawPath().equals("/") || url.getRawPath().isEmpty())
                .filter(url -> url.getRawQuery() != null && url.getRawQuery().startsWith("Action=ConfirmSubscription&"));
    }

    /** An address of SNS itself, in the topic's own region. */
    private static Optional<URI> pinned(String url, String topic) {
        try {
            var uri = URI.create(url);
            String host = "sns." + SnsMessage.region(topic).orElse("-") + ".amazonaws.com";
            boolean ours = "https".equals(uri.getScheme()) && uri.getUserInfo() == null && uri.getPort() == -1 && uri.getRawFragment() == null
                    && (host.equals(uri.getHost()) || (host + ".cn").equals(uri.getHost()));
            return ours ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }
}
