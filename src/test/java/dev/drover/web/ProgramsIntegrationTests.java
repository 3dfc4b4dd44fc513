package dev.drover.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.kernel.Json;
import dev.drover.testing.IntegrationTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a program meets: tokens and scopes, idempotency keys, and clear answers to hostile requests. */
@IntegrationTest
class ProgramsIntegrationTests {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @LocalServerPort
    int port;

    @Autowired
    ApiTokens tokens;

    @Autowired
    JdbcClient jdbc;

    private final String id = "web-" + UUID.randomUUID();

    @Test
    void refusesACallWithoutAToken() throws Exception {
        var answer = HTTP.send(HttpRequest.newBuilder(uri("/api/v1/clock")).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
    }

    @Test
    void refusesATokenThatLacksTheScopeOrIsRevoked() throws Exception {
        String token = tokens.create(id, List.of("clock:read"), "test");
        assertThat(get("/api/v1/clock", token).statusCode()).isEqualTo(200);
        assertThat(get("/api/v1/segments", token).statusCode()).isEqualTo(403);
        assertThat(get("/actuator/prometheus", token).statusCode()).isEqualTo(403);
        var write = post("/api/v1/clock/advance", token, "{\"by\": \"PT1S\"}", null);
        assertThat(write.statusCode()).isEqualTo(403);
        assertThat(write.body()).contains("clock:write");

        tokens.revoke(tokens.find(token).orElseThrow().id());
        assertThat(get("/api/v1/clock", token).statusCode()).isEqualTo(401);
    }

    @Test
    void keepsNoTokenThatCouldBeUsed() {
        String token = tokens.create(id, List.of("*"), "test");
        assertThat(jdbc.sql("SELECT count(*) FROM api_token t WHERE t::text LIKE '%' || ? || '%'").param(token).query(Integer.class).single()).isZero();
        assertThat(jdbc.sql("SELECT count(*) FROM app_user WHERE password_hash NOT LIKE '{bcrypt}%'").query(Integer.class).single()).isZero();
    }

    @Test
    void servesMetricsAndTheApiDocumentToATokenOnly() throws Exception {
        assertThat(get("/actuator/prometheus", "test-token").body()).contains("jvm_memory_used_bytes");
        assertThat(get("/actuator/prometheus", "nonsense").statusCode()).isEqualTo(401);
        assertThat(get("/v3/api-docs", "test-token").body()).contains("/api/v1/clock/advance");
        assertThat(get("/v3/api-docs", "nonsense").statusCode()).isEqualTo(302);
    }

    @Test
    void doesAPostWithOneKeyOnceAndAnswersTheSameAgain() throws Exception {
        var first = post("/api/v1/customers", "test-token", customer("Ada"), id);
        var again = post("/api/v1/customers", "test-token", customer("Ada"), id);
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");

        var other = post("/api/v1/customers", "test-token", customer("Grace"), id);
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(get("/api/v1/customers/" + id, "test-token").body()).contains("Ada").doesNotContain("Grace");
    }

    @Test
    void doesOneOfManyPostsAtTheSameTime() throws Exception {
        String body = "{\"key\": \"%s\", \"name\": \"x\", \"type\": \"static\"}".formatted(id);
        Callable<HttpResponse<String>> call = () -> post("/api/v1/segments", "test-token", body, id);
        try (var many = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : many.invokeAll(Collections.nCopies(10, call))) {
                var response = answer.get();
                assertThat(response.statusCode() < 300 || response.body().contains("still at work")).as(response.body()).isTrue();
            }
        }
        assertThat(call.call().statusCode()).isBetween(200, 299);
    }

    @Test
    void keepsTheKeysOfDifferentTokensApart() throws Exception {
        String other = tokens.create(id, List.of("*"), "test");
        assertThat(post("/api/v1/customers", "test-token", customer("Ada"), id).statusCode()).isEqualTo(201);
        assertThat(post("/api/v1/customers", other, customer("Grace"), id).statusCode()).isEqualTo(200);
    }

    @Test
    void tellsWhereJsonIsMalformed() throws Exception {
        var answer = post("/api/v1/customers", "test-token", "{\n  \"externalId\": \"x\",\n  oops\n}", null);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Json.map(answer.body())).containsEntry("status", 400).containsEntry("type", "about:blank");
        assertThat(answer.body()).contains("line 3").doesNotContain("Exception");
    }

    @Test
    void namesTheFieldOfTheWrongType() throws Exception {
        var answer = post("/api/v1/orders", "test-token", "{\"externalId\": \"x\", \"lines\": [{\"quantity\": \"three\"}]}", null);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("lines[0].quantity");
    }

    @Test
    void refusesFiftyMegabytesInOneLineAndStaysUp() throws Exception {
        String large = "{\"externalId\": \"" + "x".repeat(50 << 20) + "\"}";
        var announced = post("/api/v1/customers", "test-token", large, null);
        assertThat(announced.statusCode()).isEqualTo(413);
        assertThat(announced.body()).contains("larger than 16 MB");

        byte[] bytes = large.getBytes(StandardCharsets.UTF_8);
        var chunked = HTTP.send(request("/api/v1/customers", "test-token").header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(bytes))).build(), BodyHandlers.ofString());
        assertThat(chunked.statusCode()).isIn(400, 413);
        var keyed = post("/api/v1/customers", "test-token", large, id);
        assertThat(keyed.statusCode()).isEqualTo(413);
        assertThat(get("/api/v1/clock", "test-token").statusCode()).isEqualTo(200);
    }

    @Test
    void answersOddRequestsInItsOwnWords() throws Exception {
        assertThat(post("/api/v1/customers", "test-token", "", null).statusCode()).isEqualTo(400);
        assertThat(post("/api/v1/customers", "test-token", "[".repeat(100_000), null).statusCode()).isEqualTo(400);
        assertThat(get("/api/v1/customers/%00", "test-token").statusCode()).isEqualTo(400);
        assertThat(get("/api/v1/no-such-thing", "test-token").statusCode()).isEqualTo(404);
        assertThat(get("/api/v1/clock/advance", "test-token").statusCode()).isEqualTo(405);
        var xml = HTTP.send(request("/api/v1/customers", "test-token").header("Content-Type", "application/xml").POST(BodyPublishers.ofString("<a/>")).build(), BodyHandlers.ofString());
        assertThat(xml.statusCode()).isEqualTo(415);
        assertThat(xml.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        var latin = HTTP.send(request("/api/v1/customers", "test-token").header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray("{\"externalId\": \"Zoë\"}".getBytes(StandardCharsets.ISO_8859_1))).build(), BodyHandlers.ofString());
        assertThat(latin.statusCode()).isEqualTo(400);
    }

    private String customer(String name) {
        return "{\"externalId\": \"%s\", \"firstName\": \"%s\"}".formatted(id, name);
    }

    private HttpResponse<String> get(String path, String token) throws Exception {
        return HTTP.send(request(path, token).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String token, String body, String key) throws Exception {
        var request = request(path, token).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        return HTTP.send((key == null ? request : request.header("Idempotency-Key", key)).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + token);
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }
}
