package dev.drover.delivery.hooks;

import dev.drover.kernel.PlatformClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Asks Amazon SNS: for the certificate it signs with, kept for a day, and for a subscription. Bounded in time, size and number. */
@Component
class SnsLine {

    /** It can't be asked now; whoever posts will do so again. */
    static final class OutOfReach extends RuntimeException {

        private static final long serialVersionUID = 1L;

        OutOfReach(String why, @Nullable Throwable cause) {
            super(why, cause);
        }
    }

    private static final Logger log = LoggerFactory.getLogger(SnsLine.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration KEPT = Duration.ofDays(1);
    private static final int MOST_KEPT = 20;
    private static final int MOST_BYTES = 64 * 1_024;
    /** Certificates change about once a year: whoever makes us fetch more than that many a minute is up to something. */
    private static final int MOST_A_MINUTE = 10;

    private record Kept(X509Certificate certificate, Instant since) {}

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).followRedirects(HttpClient.Redirect.NEVER).build();
    private final @Nullable URI endpoint;
    private final PlatformClock clock;
    private final Map<URI, Kept> certificates = new LinkedHashMap<>();
    private Instant minute = Instant.EPOCH;
    private int fetched;

    SnsLine(SesHookSettings settings, PlatformClock clock) {
        this.endpoint = settings.endpoint();
        this.clock = clock;
        if (endpoint != null) {
            log.warn("DROVER_SES_SNS_ENDPOINT is set: {} decides which events of Amazon SES are genuine. It is meant for tests", endpoint);
        }
    }

    /** One at a time: what many wait for is fetched once. */
    synchronized X509Certificate certificate(URI url) throws GeneralSecurityException {
        Instant now = clock.instant();
        var kept = certificates.get(url);
        if (kept == null || Duration.between(kept.since(), now).abs().compareTo(KEPT) > 0) {
            rationed(now);
            var fresh = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(get(url)));
            certificates.remove(url);
            if (certificates.size() >= MOST_KEPT) {
                certificates.remove(certificates.keySet().iterator().next());
            }
            kept = new Kept(fresh, now);
            certificates.put(url, kept);
        }
        // By the machine's clock, which isn't the one that is moved here.
        kept.certificate().checkValidity(Date.from(now.minus(clock.offset())));
        return kept.certificate();
    }

    private void rationed(Instant now) {
        if (Duration.between(minute, now).abs().compareTo(Duration.ofMinutes(1)) > 0) {
            minute = now;
            fetched = 0;
        }
        if (++fetched > MOST_A_MINUTE) {
            throw new OutOfReach("too many certificates are asked for", null);
        }
    }

    void confirm(URI url) {
        get(url);
    }

    private byte[] get(URI url) {
        URI asked = endpoint == null ? url : URI.create(endpoint + url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery()));
        try {
            var answer = http.send(HttpRequest.newBuilder(asked).timeout(PATIENCE).GET().build(), BodyHandlers.ofInputStream());
            try (var body = answer.body()) {
                byte[] bytes = body.readNBytes(MOST_BYTES);
                if (answer.statusCode() != 200) {
                    throw new OutOfReach("Amazon SNS answers " + answer.statusCode(), null);
                }
                return bytes;
            }
        } catch (IOException e) {
            throw new OutOfReach("Amazon SNS can't be reached: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutOfReach("the application ends", e);
        }
    }
}
