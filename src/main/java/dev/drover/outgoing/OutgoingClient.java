package dev.drover.outgoing;

import java.io.IOException;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.HttpClientResponseHandler;
import org.apache.hc.core5.util.Timeout;

/**
 * Apache's client with all that could lead astray switched off: redirects, retries, cookies, kept passwords, unpacking, the machine's proxy.
 * Each request has a connection of its own, so what was checked when it was opened holds for it.
 */
final class OutgoingClient implements AutoCloseable {

    private static final int CONNECTIONS = 64;
    private static final int CONNECTIONS_TO_ONE = 8;
    private static final int LONGEST_LINE = 16_384;
    private static final int MOST_HEADERS = 200;

    private final PoolingHttpClientConnectionManager connections;
    private final CloseableHttpClient client;

    OutgoingClient(OutgoingSettings settings, CheckedLookup lookup) {
        Timeout answer = Timeout.of(settings.answerTimeout());
        this.connections = PoolingHttpClientConnectionManagerBuilder.create().setDnsResolver(lookup)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom().setMaxLineLength(LONGEST_LINE).setMaxHeaderCount(MOST_HEADERS).build()).build())
                .setMaxConnTotal(CONNECTIONS).setMaxConnPerRoute(CONNECTIONS_TO_ONE)
                .setDefaultConnectionConfig(ConnectionConfig.custom().setConnectTimeout(Timeout.of(settings.connectTimeout())).setSocketTimeout(answer).build())
                .build();
        this.client = HttpClientBuilder.create().setConnectionManager(connections).setUserAgent("Drover")
                .disableAutomaticRetries().disableRedirectHandling().disableCookieManagement().disableAuthCaching().disableContentCompression()
                .setConnectionReuseStrategy((request, response, context) -> false)
                .setDefaultRequestConfig(RequestConfig.custom().setConnectionRequestTimeout(answer).setResponseTimeout(answer)
                        .setAuthenticationEnabled(false).setProtocolUpgradeEnabled(false).build())
                .build();
    }

    <T> T ask(ClassicHttpRequest request, HttpClientResponseHandler<T> handler) throws IOException {
        return client.execute(request, handler);
    }

    @Override
    public void close() {
        connections.close();
    }
}
