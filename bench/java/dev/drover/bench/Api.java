package dev.drover.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP contract as a client program uses it. */
record Api(String base, String token) {

    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final JsonMapper JSON = new JsonMapper();

    boolean ready() {
        try {
            return HTTP.send(request("/actuator/health/readiness").GET().build(), BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return answer(path, request(path).GET().build());
    }

    JsonNode post(String path, String type, String body) throws IOException, InterruptedException {
        return answer(path, request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)).build());
    }

    JsonNode post(String path, HttpRequest.BodyPublisher body, String type) throws IOException, InterruptedException {
        return answer(path, request(path).header("Content-Type", type).POST(body).build());
    }

    /** Every item of a list, page by page. */
    List<JsonNode> all(String path) throws IOException, InterruptedException {
        var items = new ArrayList<JsonNode>();
        String after = "";
        do {
            JsonNode page = get(path + (path.contains("?") ? "&" : "?") + "limit=1000" + (after.isEmpty() ? "" : "&after=" + after));
            page.get("items").forEach(items::add);
            after = page.path("next").isNull() ? "" : page.path("next").asString("");
        } while (!after.isEmpty());
        return items;
    }

    static void await(String what, Duration most, BooleanSupplier done) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Not within " + most + ": " + what);
            }
            Thread.sleep(200);
        }
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
