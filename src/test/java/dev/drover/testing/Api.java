package dev.drover.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP contract as a client program uses it. */
public record Api(String base, String token) {

    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final JsonMapper JSON = new JsonMapper();

    public boolean ready() {
        try {
            return HTTP.send(request("/actuator/health/readiness").GET().build(), BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public JsonNode get(String path) throws IOException, InterruptedException {
        return answer(path, request(path).GET().build());
    }

    public JsonNode post(String path, String type, String body) throws IOException, InterruptedException {
        return answer(path, request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)).build());
    }

    public JsonNode post(String path, HttpRequest.BodyPublisher body, String type) throws IOException, InterruptedException {
        return answer(path, request(path).header("Content-Type", type).POST(body).build());
    }

    /** Every item of a list, page by page. */
    public List<JsonNode> all(String path) throws IOException, InterruptedException {
        var items = new ArrayList<JsonNode>();
        String after = "";
        do {
            JsonNode page = get(path + (path.contains("?") ? "&" : "?") + "limit=1000" + (after.isEmpty() ? "" : "&after=" + after));
            page.get("items").forEach(items::add);
            after = page.path("next").isNull() ? "" : page.path("next").asString("");
        } while (!after.isEmpty());
        return items;
    }

    /** Waits until it holds; what throws an {@link IOException} counts as not yet. */
    public static void await(String what, Duration most, Callable<Boolean> done) {
        Awaitility.await(what).atMost(most).pollInterval(Duration.ofMillis(100)).ignoreExceptionsInstanceOf(IOException.class).until(done);
    }

    public JsonNode postJson(String path, String body) throws IOException, InterruptedException {
        return post(path, "application/json", body);
    }

    /** The answer's status to a body of any kind, for what is refused. */
    public HttpResponse<String> send(String method, String path, String type, String body) throws IOException, InterruptedException {
        return HTTP.send(request(path).header("Content-Type", type).method(method, BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60)).header("Authorization", "Bearer " + token);
    }

    private static JsonNode answer(String path, HttpRequest request) throws IOException, InterruptedException {
        var response = HTTP.send(request, BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException(request.method() + " " + path + " answers " + response.statusCode() + ": " + response.body());
        }
        return JSON.readTree(response.body().isEmpty() ? "null" : response.body());
    }
}
