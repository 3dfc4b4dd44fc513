package dev.drover.outgoing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.drover.kernel.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server on this machine, which is what must not be reached unless its name is allowed. */
class OutgoingRequestsTests {

    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;
    private OutgoingRequests outgoing;
    private String base;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
        base = "http://shop.test:" + server.getAddress().getPort();
        outgoing = new OutgoingRequests(new OutgoingSettings(List.of("shop.test"), Duration.ofSeconds(1), Duration.ofMillis(1_500), 1_000, null), OutgoingRequestsTests::names);
    }

    @AfterEach
    void stop() {
        over.countDown();
        outgoing.close();
        server.stop(0);
        threads.shutdownNow();
    }

    /** The allowed host and an innocent name both lead to this machine. */
    private static InetAddress[] names(String host) throws UnknownHostException {
        return switch (host) {
            case "shop.test", "innocent.test" -> new InetAddress[] {InetAddress.getByName("127.0.0.1")};
            case "two-faced.test" -> new InetAddress[] {InetAddress.getByName("93.184.215.14"), InetAddress.getByName("10.0.0.1")};
            case "nobody.test" -> throw new UnknownHostException(host);
            default -> InetAddress.getAllByName(host);
        };
    }

    private void serve(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        String path = exchange.getRequestURI().getPath();
        String port = base.substring(base.lastIndexOf(':'));
        switch (path) {
            case "/moved" -> redirect(exchange, "/page");
            case "/round" -> redirect(exchange, "/round");
            case "/inside" -> redirect(exchange, "http://127.0.0.1" + port + "/page");
            case "/metadata" -> redirect(exchange, "http://169.254.169.254/latest/meta-data/");
            case "/file" -> redirect(exchange, "file:///etc/passwd");
            case "/odd" -> redirect(exchange, "/a b");
            case "/huge" -> endless(exchange, new byte[64 * 1_024], 0);
            case "/drip" -> endless(exchange, new byte[] {'x'}, 20);
            case "/bomb" -> {
                exchange.getResponseHeaders().set("Content-Encoding", "gzip");
                write(exchange, 200, "as it came");
            }
            case "/nul" -> write(exchange, 200, "a\0b");
            case "/missing" -> write(exchange, 404, "no");
            case "/echo" -> write(exchange, 200, exchange.getRequestMethod() + " " + exchange.getRequestHeaders().getFirst("X-Signature") + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type") + " " + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            default -> write(exchange, 200, "a page");
        }
    }

    private static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        write(exchange, 302, "");
    }

    private static void write(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        boolean none = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, none ? -1 : bytes.length);
        if (!none) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private void endless(HttpExchange exchange, byte[] piece, int pauseMillis) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            while (!over.await(pauseMillis, TimeUnit.MILLISECONDS)) {
                out.write(piece);
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Problem refusal(String url) {
        return catchThrowableOfType(Problem.class, () -> outgoing.get(url));
    }

    @Test
    void anAllowedHostAnswers() {
        Answer answer = outgoing.get(base + "/page#top");

        assertThat(answer.ok()).isTrue();
        assertThat(answer.body()).isEqualTo("a page");
        assertThat(outgoing.head(base + "/missing").status()).isEqualTo(404);
    }

    @Test
    void whatIsPostedArrivesWithItsHeaders() {
        Answer answer = outgoing.post(base + "/echo", "application/json", "{\"ä\":1}".getBytes(UTF_8), Map.of("X-Signature", "t=1"));

        assertThat(answer.body()).isEqualTo("POST t=1 application/json {\"ä\":1}");
    }

    @Test
    void aPostIsNotRedirected() {
        assertThat(outgoing.post(base + "/moved", "application/json", new byte[0], Map.of()).status()).isEqualTo(302);
        assertThat(asked).hasValue(1);
    }

    @Test
    void redirectsAreFollowedAndTold() {
        Answer answer = outgoing.get(base + "/moved");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.redirects()).extracting(Object::toString).containsExactly(base + "/page");
        assertThat(refusal(base + "/round").kind()).isEqualTo(Problem.Kind.UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/inside", "/metadata", "/file", "/odd"})
    void aRedirectLeadsNowhereElse(String path) {
        assertThat(refusal(base + path).kind()).isEqualTo(Problem.Kind.REJECTED);
        assertThat(asked).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1", "http://localhost", "http://localhost.", "http://[::1]", "http://[::ffff:127.0.0.1]", "http://[::ffff:7f00:1]",
        "http://[::127.0.0.1]", "http://[64:ff9b::7f00:1]", "http://[2002:7f00:1::]", "http://0.0.0.0", "http://10.0.0.1", "http://172.16.5.5", "http://192.168.1.1",
        "http://100.64.0.1", "http://169.254.169.254/latest/meta-data/", "http://168.63.129.16", "http://[fc00::1]", "http://[fd00:ec2::254]", "http://[fe80::1]",
        "http://innocent.test", "http://two-faced.test"})
    void whatIsNotPublicIsNotAsked(String url) {
        Problem refusal = refusal(url);

        assertThat(refusal.kind()).isEqualTo(Problem.Kind.REJECTED);
        assertThat(refusal).hasMessageContaining("isn't public");
        assertThat(asked).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://2130706433", "http://0x7f000001", "http://0177.0.0.1", "http://127.1", "http://127.0.0.1.", "http://127.0.0.0x1", "http://①②⑦.⓪.⓪.①",
        "ftp://example.com", "file:///etc/passwd", "gopher://example.com", "javascript:alert(1)", "//example.com", "example.com", "", "http://", "http:///x",
        "http://user:secret@example.com", "http://example.com\\@127.0.0.1", "http://exa mple.com", "http://example.com:25", "http://example.com:99999",
        "http://example.com/\r\nHost: x", "http://[fe80::1%25lo]/", "http://_/", "http://[::1"})
    void whatIsNoPlainWebAddressIsRefusedBeforeAnybodyIsAsked(String url) {
        assertThat(refusal(url).kind()).isEqualTo(Problem.Kind.REJECTED);
        assertThat(catchThrowableOfType(Problem.class, () -> outgoing.check(url, Map.of())).kind()).isEqualTo(Problem.Kind.REJECTED);
    }

    @Test
    void nobodyThereIsSaid() {
        assertThat(refusal("http://nobody.test").kind()).isEqualTo(Problem.Kind.UNAVAILABLE);
        assertThat(refusal("http://shop.test:1025").kind()).isEqualTo(Problem.Kind.UNAVAILABLE);
    }

    @Test
    void anAnswerIsReadSoFarAndNoFurther() {
        Answer answer = outgoing.get(base + "/huge");

        assertThat(answer.body()).hasSize(1_000);
        assertThat(answer.cut()).isTrue();
    }

    @Test
    void anAnswerThatDripsEndsAtItsTime() {
        assertThat(refusal(base + "/drip")).hasMessageContaining("no answer within");
    }

    @Test
    void anAnswerIsNotUnpacked() {
        assertThat(outgoing.get(base + "/bomb").body()).isEqualTo("as it came");
        assertThat(outgoing.get(base + "/nul").body()).isEqualTo("a\uFFFDb");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "Content-Length", "Transfer-Encoding", "X y", "X\r\nY", ""})
    void headersThatFrameTheRequestAreNotTheCallers(String name) {
        assertThat(catchThrowableOfType(Problem.class, () -> outgoing.post(base + "/echo", "text/plain", new byte[0], Map.of(name, "x"))).kind())
                .isEqualTo(Problem.Kind.REJECTED);
        assertThat(catchThrowableOfType(Problem.class, () -> outgoing.check(base, Map.of("X", "a\r\nb"))).kind()).isEqualTo(Problem.Kind.REJECTED);
    }
}
