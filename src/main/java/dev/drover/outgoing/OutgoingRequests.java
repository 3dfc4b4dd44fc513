package dev.drover.outgoing;

import dev.drover.kernel.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpHead;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/**
 * Asks web addresses that people typed in. Each call is over within {@code drover.outgoing.answer-timeout}, whatever the other side does, and asks
 * once: trying again is the caller's.
 * <p>
 * Every method throws {@link Problem}: <b>rejected</b> for an address that is never asked (trying again is of no use), <b>unavailable</b> where no
 * answer came (it may be of use). An answer with an error's status is an answer.
 */
public final class OutgoingRequests implements AutoCloseable {

    private static final int REDIRECTS = 5;
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e\\t]{0,4000}");
    /** The framing of the request and whom it reaches are ours. */
    private static final List<String> OUR_HEADERS = List.of("host", "content-length", "content-type", "transfer-encoding", "connection", "upgrade", "expect", "te", "trailer");

    private final OutgoingSettings settings;
    private final OutgoingClient client;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    OutgoingRequests(OutgoingSettings settings, CheckedLookup.Names names) {
        this.settings = settings;
        this.client = new OutgoingClient(settings, new CheckedLookup(settings, names));
    }

    /**
     * For a form: says at once what can't ever be asked, without asking anybody, the name's addresses included. Headers as in {@link #post}.
     *
     * @throws Problem rejected
     */
    public void check(String url, Map<String, String> headers) {
        Destination.of(url);
        checked(headers);
    }

    /** Follows redirects. */
    public Answer get(String url) {
        return within(url, asking -> followed(asking, Destination.of(url), HttpGet::new));
    }

    /** Follows redirects. */
    public Answer head(String url) {
        return within(url, asking -> followed(asking, Destination.of(url), HttpHead::new));
    }

    /** Doesn't follow redirects: what is posted is for the address that was named, and a redirect is the answer then. */
    public Answer post(String url, String contentType, byte[] body, Map<String, String> headers) {
        Destination to = Destination.of(url);
        checked(headers);
        var post = new HttpPost(to.url());
        headers.forEach(post::setHeader);
        post.setEntity(new ByteArrayEntity(body, ContentType.parse(contentType)));
        return within(url, asking -> once(asking, post, to, List.of()));
    }

    /**
     * Headers by which the other side knows that it was this installation who posts the body, as {@link Signature} has them.
     *
     * @return empty where the operator has set no secret
     */
    public Map<String, String> signature(String id, Instant at, byte[] body) {
        return settings.signingSecret() == null ? Map.of() : Signature.headers(settings.signingSecret(), id, at, body);
    }

    private interface Request {

        HttpUriRequestBase to(URI url);
    }

    private interface Exchange {

        Answer with(AtomicReference<@Nullable HttpUriRequestBase> asking) throws IOException;
    }

    private Answer followed(AtomicReference<@Nullable HttpUriRequestBase> asking, Destination first, Request request) throws IOException {
        Destination to = first;
        List<URI> redirects = new ArrayList<>();
        while (true) {
            Answer answer = once(asking, request.to(to.url()), to, redirects);
            String location = answer.header("location");
            if (location == null || !List.of(301, 302, 303, 307, 308).contains(answer.status())) {
                return answer;
            }
            if (redirects.size() == REDIRECTS) {
                throw Problem.unavailable("%s redirects more than %d times.".formatted(first.host(), REDIRECTS));
            }
            to = to.redirected(location);
            redirects.add(to.url());
        }
    }

    private Answer once(AtomicReference<@Nullable HttpUriRequestBase> asking, HttpUriRequestBase request, Destination to, List<URI> redirects) throws IOException {
        asking.set(request);
        try {
            return client.ask(request, response -> answer(request, response, to.url(), redirects));
        } catch (CheckedLookup.NotPublic e) {
            throw Problem.rejected("%s isn't asked: it leads to an address that isn't public.".formatted(to.host()));
        }
    }

    private Answer answer(HttpUriRequestBase request, ClassicHttpResponse response, URI url, List<URI> redirects) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (var header : response.getHeaders()) {
            headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), header.getValue());
        }
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return new Answer(response.getCode(), url, List.copyOf(redirects), headers, "", false);
        }
        InputStream in = entity.getContent();
        byte[] read = in.readNBytes(settings.answerBytes());
        boolean cut = read.length == settings.answerBytes() && in.read() >= 0;
        if (cut) {
            // Closing alone would read the rest, to use the connection again.
            request.cancel();
        }
        return new Answer(response.getCode(), url, List.copyOf(redirects), headers, new String(read, charset(entity)).replace('\0', '\uFFFD'), cut);
    }

    private static Charset charset(HttpEntity entity) {
        ContentType type = ContentType.parseLenient(entity.getContentType());
        return type == null ? StandardCharsets.UTF_8 : type.getCharset(StandardCharsets.UTF_8);
    }

    /** The time-outs of a connection begin anew with each byte; this one doesn't. */
    private Answer within(String url, Exchange exchange) {
        var asking = new AtomicReference<@Nullable HttpUriRequestBase>();
        Future<Answer> running = threads.submit(() -> exchange.with(asking));
        try {
            return running.get(settings.answerTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            giveUp(running, asking);
            throw Problem.unavailable("%s gave no answer within %d s.".formatted(shown(url), settings.answerTimeout().toSeconds()));
        } catch (InterruptedException e) {
            giveUp(running, asking);
            Thread.currentThread().interrupt();
            throw Problem.unavailable("Asking %s was broken off.".formatted(shown(url)));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Problem problem ? problem : Problem.unavailable("%s gave no answer: %s.".formatted(shown(url), reason(e.getCause())));
        }
    }

    private static void giveUp(Future<Answer> running, AtomicReference<@Nullable HttpUriRequestBase> asking) {
        running.cancel(true);
        HttpUriRequestBase request = asking.get();
        if (request != null) {
            request.cancel();
        }
    }

    private static String reason(Throwable thrown) {
        return switch (thrown) {
            case UnknownHostException e -> "there is no such host";
            case ConnectTimeoutException e -> "it didn't accept the connection in time";
            case SocketTimeoutException e -> "it took too long";
            case SSLException e -> "its certificate or its encryption isn't sound";
            case IOException e -> "the connection failed";
            default -> "what it said can't be read";
        };
    }

    private static String shown(String url) {
        return Destination.of(url).host();
    }

    private static void checked(Map<String, String> headers) {
        headers.forEach((name, value) -> {
            if (!HEADER_NAME.matcher(name).matches() || OUR_HEADERS.contains(name.toLowerCase(Locale.ROOT)) || !HEADER_VALUE.matcher(value).matches()) {
                throw Problem.rejected("The header '%s' can't be sent.".formatted(name.length() > 50 ? name.substring(0, 50) + "…" : name));
            }
        });
    }

    @Override
    public void close() {
        client.close();
        threads.shutdownNow();
    }
}
