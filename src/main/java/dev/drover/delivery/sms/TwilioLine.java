package dev.drover.delivery.sms;

import com.twilio.exception.ApiException;
import com.twilio.http.NetworkHttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import dev.drover.kernel.Json;
import dev.drover.kernel.Problem;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The SDK's way out: with our time-outs, to another host where one is set, and each message handed over once. The SDK by itself would hand it over
 * up to three times after a 5xx, and loses an answer's status and headers where its body isn't in Twilio's words; so refusals are read here.
 */
final class TwilioLine extends NetworkHttpClient implements AutoCloseable {

    private static final String USUAL = "https://api.twilio.com";
    private static final int CONNECTIONS = 16;
    /** Shorter than the other side's patience: what is handed over on a connection that was just closed has an unclear fate. */
    private static final TimeValue IDLE = TimeValue.of(20, TimeUnit.SECONDS);

    /** It answered, and not that it took the message. */
    static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private final transient TwilioRefusal refusal;

        Refused(TwilioRefusal refusal) {
            super(refusal.said());
            this.refusal = refusal;
        }

        TwilioRefusal refusal() {
            return refusal;
        }
    }

    /** There was no answer. */
    static final class Broken extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Broken(Throwable cause) {
            super(cause);
        }
    }

    private record Words(@Nullable Integer code, @Nullable String message) {}

    private final PoolingHttpClientConnectionManager connections;
    private final String base;

    TwilioLine(TwilioSettings settings) {
        this(settings, connections(settings));
    }

    private TwilioLine(TwilioSettings settings, PoolingHttpClientConnectionManager connections) {
        super(HttpClientBuilder.create().setConnectionManager(connections).disableAutomaticRetries().disableRedirectHandling().disableCookieManagement()
                .setKeepAliveStrategy((response, context) -> IDLE)
                .setDefaultRequestConfig(RequestConfig.custom().setConnectionRequestTimeout(Timeout.of(settings.connectTimeout()))
                        .setResponseTimeout(Timeout.of(settings.answerTimeout())).build()));
        this.connections = connections;
        this.base = settings.endpoint().url().toString();
    }

    private static PoolingHttpClientConnectionManager connections(TwilioSettings settings) {
        return PoolingHttpClientConnectionManagerBuilder.create().setMaxConnPerRoute(CONNECTIONS).setMaxConnTotal(CONNECTIONS)
                .setDefaultConnectionConfig(ConnectionConfig.custom().setConnectTimeout(Timeout.of(settings.connectTimeout()))
                        .setSocketTimeout(Timeout.of(settings.answerTimeout())).build())
                .build();
    }

    @Override
    public Response reliableRequest(Request request) {
        return makeRequest(request);
    }

    /** @throws Refused for any answer but a 2xx */
    @Override
    public Response makeRequest(Request request) {
        Response response;
        try {
            response = super.makeRequest(atOurHost(request));
        } catch (ApiException e) {
            throw new Broken(e.getCause() == null ? e : e.getCause());
        }
        if (response.getStatusCode() < 200 || response.getStatusCode() >= 300) {
            throw new Refused(refusal(response));
        }
        return response;
    }

    private Request atOurHost(Request request) {
        if (base.equals(USUAL)) {
            return request;
        }
        var moved = new Request(request.getMethod(), request.getUrl().replace(USUAL, base));
        request.getPostParams().forEach((name, values) -> values.forEach(value -> moved.addPostParam(name, value)));
        request.getQueryParams().forEach((name, values) -> values.forEach(value -> moved.addQueryParam(name, value)));
        request.getHeaderParams().forEach((name, values) -> values.forEach(value -> moved.addHeaderParam(name, value)));
        moved.setContentType(request.getContentType());
        moved.setAuth(request.getUsername(), request.getPassword());
        return moved;
    }

    private static TwilioRefusal refusal(Response response) {
        String body = response.getContent();
        String retryAfter = response.getHeaders() == null ? null : Arrays.stream(response.getHeaders())
                .filter(header -> header.getName().equalsIgnoreCase("Retry-After")).map(header -> header.getValue()).findFirst().orElse(null);
        try {
            var words = Json.read(body, Words.class);
            return words == null ? new TwilioRefusal(response.getStatusCode(), null, body, retryAfter)
                    : new TwilioRefusal(response.getStatusCode(), words.code(), words.message() == null ? body : words.message(), retryAfter);
        } catch (Problem noJson) {
            return new TwilioRefusal(response.getStatusCode(), null, body, retryAfter);
        }
    }

    @Override
    public void close() {
        connections.close();
    }
}
