package dev.drover.delivery.push;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The SDK's way out, by Java's own HTTP client: with our time-outs, and with each message handed over once. The SDK by itself would hand it over
 * again after a 500 or 503, waiting in between; here the ledger decides when a message is tried again. So such an answer ends the call.
 */
final class GoogleTransport extends HttpTransport {

    private static final String MESSAGING = "https://fcm.googleapis.com";
    /** The client sets these itself. */
    private static final Set<String> NOT_OURS = Set.of("content-length", "connection", "host", "expect", "upgrade");

    private final HttpClient client;
    private final FirebaseSettings settings;

    GoogleTransport(FirebaseSettings settings) {
        this.settings = settings;
        this.client = HttpClient.newBuilder().connectTimeout(settings.connectTimeout()).followRedirects(HttpClient.Redirect.NEVER)
                .version(settings.endpoint().encrypted() ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1).build();
    }

    @Override
    protected LowLevelHttpRequest buildRequest(String method, String url) {
        boolean messaging = url.startsWith(MESSAGING + "/");
        return new Call(method, URI.create(messaging ? settings.endpoint().url() + url.substring(MESSAGING.length()) : url), messaging);
    }

    @Override
    public void shutdown() {
        client.shutdownNow();
    }

    private final class Call extends LowLevelHttpRequest {

        private final String method;
        private final boolean messaging;
        private final HttpRequest.Builder request;

        /** @param messaging a message; else a token is asked for, and no message is on its way yet */
        Call(String method, URI url, boolean messaging) {
            this.method = method;
            this.messaging = messaging;
            this.request = HttpRequest.newBuilder(url).timeout(settings.answerTimeout());
        }

        @Override
        public void addHeader(String name, String value) {
            if (!NOT_OURS.contains(name.toLowerCase(Locale.ROOT))) {
                request.header(name, value);
            }
        }

        @Override
        public LowLevelHttpResponse execute() throws IOException {
            header("Content-Type", getContentType());
            header("Content-Encoding", getContentEncoding());
            request.method(method, getStreamingContent() == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body()));
            var response = exchange();
            if (response.statusCode() >= 500 || !messaging && response.statusCode() >= 300) {
                throw new Trouble(messaging, response.statusCode(), response.headers().firstValue("Retry-After").orElse(null),
                        new String(response.body(), StandardCharsets.UTF_8), null);
            }
            var headers = new ArrayList<Map.Entry<String, String>>();
            response.headers().map().forEach((name, values) -> values.forEach(value -> headers.add(Map.entry(name, value))));
            return new Answer(response.statusCode(), headers, response.body());
        }

        private HttpResponse<byte[]> exchange() throws IOException {
            try {
                return client.send(request.build(), BodyHandlers.ofByteArray());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Trouble(messaging, 0, null, "interrupted", e);
            } catch (IOException e) {
                throw new Trouble(messaging, 0, null, e.getMessage() == null ? e.toString() : e.getMessage(), e);
            }
        }

        private void header(String name, @Nullable String value) {
            if (value != null) {
                request.header(name, value);
            }
        }

        private byte[] body() throws IOException {
            var bytes = new ByteArrayOutputStream();
            getStreamingContent().writeTo(bytes);
            return bytes.toByteArray();
        }
    }
}
