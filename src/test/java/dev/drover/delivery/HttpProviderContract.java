package dev.drover.delivery;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.drover.delivery.ChannelProvider.Result;
import dev.drover.delivery.ChannelProvider.Result.Cause;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;

/** What is expected of each provider spoken to over HTTP, whatever its own words are. */
public interface HttpProviderContract extends ChannelContract {

    /** What the provider's clock shows. */
    Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
    Duration PATIENT = Duration.ofSeconds(20);
    String PAGE = "<html>\n<body>Some proxy's page</body>\n</html>";

    WireMockServer server();

    /** Where messages are handed over. */
    String path();

    /** A provider that finds the other side there, and waits so long for an answer. */
    ChannelProvider at(String url, Duration answer);

    @Test
    default void anAnswerInOtherWordsIsNobodysRefusal() throws Exception {
        for (int status : new int[] {302, 400, 404, 418, 500, 502}) {
            assertThat(answered(aResponse().withStatus(status).withBody(PAGE))).as("%d", status).isInstanceOfSatisfying(Result.Temporary.class,
                    result -> assertThat(result.reason()).doesNotContain("\n").contains("Some proxy's page"));
        }
        assertThat(answered(aResponse().withStatus(500))).isInstanceOf(Result.Temporary.class);
        assertThat(answered(aResponse().withStatus(400).withBody("null"))).isInstanceOf(Result.Temporary.class);
    }

    @Test
    default void aSuccessInOtherWordsIsUnclear() throws Exception {
        assertThat(answered(aResponse().withStatus(200).withBody(PAGE))).isInstanceOf(Result.Unclear.class);
        assertThat(answered(aResponse().withStatus(200))).isInstanceOf(Result.Unclear.class);
    }

    @Test
    default void whoeverIsBusyIsGivenTheTimeItAsksFor() throws Exception {
        assertThat(after(aResponse().withStatus(429).withHeader("Retry-After", "17"))).isEqualTo(Duration.ofSeconds(17));
        assertThat(after(aResponse().withStatus(429).withHeader("retry-after", date(NOW.plusSeconds(90))))).isEqualTo(Duration.ofSeconds(90));
        assertThat(after(aResponse().withStatus(429).withHeader("Retry-After", date(NOW.minusSeconds(90))))).isEqualTo(Duration.ofSeconds(1));
        assertThat(after(aResponse().withStatus(429).withHeader("Retry-After", "soon"))).isNull();
        assertThat(after(aResponse().withStatus(429))).isNull();
        assertThat(after(aResponse().withStatus(503).withHeader("Retry-After", "5"))).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    default void saysWhoseFaultABadDayIs() throws Exception {
        assertThat(cause(aResponse().withStatus(429).withBody("{}"))).isEqualTo(Cause.LIMIT);
        assertThat(cause(aResponse().withStatus(503).withBody("{}"))).isEqualTo(Cause.PROVIDER);
        assertThat(cause(aResponse().withStatus(401).withBody("{}"))).isEqualTo(Cause.OURS);
        assertThat(cause(aResponse().withStatus(400).withBody(PAGE))).isEqualTo(Cause.MESSAGE);
    }

    private Cause cause(ResponseDefinitionBuilder answer) throws Exception {
        return ((Result.Temporary) answered(answer)).cause();
    }

    @Test
    default void isHandedOverOnceHoweverItIsAnswered() throws Exception {
        for (int status : new int[] {400, 429, 500, 503}) {
            server().resetRequests();
            answered(aResponse().withStatus(status).withBody("{}"));
            assertThat(server().countRequestsMatching(postRequestedFor(urlEqualTo(path())).build()).getCount()).as("%d", status).isOne();
        }
    }

    @Test
    default void aRefusedKeyIsOurMistakeNotTheAddresses() throws Exception {
        for (int status : new int[] {401, 403}) {
            assertThat(answered(aResponse().withStatus(status).withBody("{}"))).isInstanceOfSatisfying(Result.Temporary.class,
                    result -> assertThat(result.reason()).contains("DROVER_"));
        }
    }

    @Test
    default void whoeverIsAwayIsABadDay() throws Exception {
        int port;
        try (var nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = nobody.getLocalPort();
        }
        assertThat(at("http://127.0.0.1:" + port, PATIENT).send(outbound(content()))).isInstanceOfSatisfying(Result.Temporary.class,
                result -> {
            assertThat(result.reason()).contains("can't be reached");
            assertThat(result.cause()).isEqualTo(Cause.AWAY);
        });
    }

    @Test
    default void whoeverSaysNothingMayHaveTakenIt() throws Exception {
        // Connections come about, and nobody ever reads them.
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var provider = at("http://127.0.0.1:" + silent.getLocalPort(), Duration.ofSeconds(2));
            assertThat(provider.send(outbound(content()))).isInstanceOf(Result.Unclear.class);
        }
    }

    @Test
    default void aConnectionLostAfterHandingOverIsUnclear() throws Exception {
        for (Fault fault : new Fault[] {Fault.EMPTY_RESPONSE, Fault.CONNECTION_RESET_BY_PEER}) {
            assertThat(answered(aResponse().withFault(fault))).as("%s", fault).isInstanceOf(Result.Unclear.class);
        }
    }

    /** What becomes of a message that is answered so. */
    default Result answered(ResponseDefinitionBuilder answer) throws Exception {
        server().stubFor(post(urlEqualTo(path())).atPriority(1).willReturn(answer));
        return provider().send(outbound(content()));
    }

    private Duration after(ResponseDefinitionBuilder answer) throws Exception {
        assertThat(answered(answer)).isInstanceOf(Result.Temporary.class);
        return ((Result.Temporary) answered(answer)).after();
    }

    private static String date(Instant at) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC));
    }
}
