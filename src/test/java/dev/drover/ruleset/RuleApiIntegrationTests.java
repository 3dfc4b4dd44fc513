package dev.drover.ruleset;

import static dev.drover.ruleset.RuleWorkshop.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.UUID;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rules by the contract. In a group that nobody asks yet: what decides here decides for every test. */
@IntegrationTest
class RuleApiIntegrationTests {

    static final JsonMapper JSON = new JsonMapper();
    static final String WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    @LocalServerPort
    int port;

    final String path = "/api/v1/rules/triggers/api-" + UUID.randomUUID() + ".drl";

    @AfterEach
    void takeAway() throws Exception {
        send("DELETE", path, "");
    }

    @Test
    void aRuleFileIsPublishedAndRolledBack() throws Exception {
        var first = send("PUT", path, body(rule("first"), "begun", 0));
        assertThat(first.statusCode()).isEqualTo(200);
        var file = json(first);
        assertThat(file.get("version").intValue()).isEqualTo(1);
        assertThat(file.get("origin").asString()).isEqualTo("api");
        assertThat(file.get("note").asString()).isEqualTo("begun");
        assertThat(file.get("folder").asString()).isEqualTo("absent");
        assertThat(file.get("inForce").booleanValue()).isTrue();
        assertThat(send("PUT", path, body(rule("second"), "", 1)).statusCode()).isEqualTo(200);
        assertThat(send("PUT", path, body(rule("late"), "", 1)).statusCode()).isEqualTo(409);

        var wrong = send("PUT", path, body(rule("third").replace("count", "cuont"), "", 2));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(wrong).get("problems").get(0).get("line").intValue()).isEqualTo(2);
        assertThat(json(wrong).get("problems").get(0).get("message").asString()).contains("cuont");
        assertThat(api().get(path).get("source").asString()).isEqualTo(rule("second"));

        assertThat(json(send("POST", path + "/rollback", "{\"version\": 1}")).get("version").intValue()).isEqualTo(3);
        var versions = api().get(path + "/versions").get("items");
        assertThat(versions).extracting(version -> version.get("origin").asString()).containsExactly("rollback", "api", "api");
        assertThat(api().get(path + "/versions/2").get("source").asString()).isEqualTo(rule("second"));

        assertThat(send("DELETE", path + "?ifVersion=2", "").statusCode()).isEqualTo(409);
        assertThat(send("DELETE", path, "").statusCode()).isEqualTo(204);
        assertThat(send("GET", path, "").statusCode()).isEqualTo(404);
        assertThat(api().get(path + "/versions").get("items").get(0).get("retired").booleanValue()).isTrue();
    }

    @Test
    void aDecisionTableIsUploadedSeenAndDownloaded() throws Exception {
        String caps = "/api/v1/rules/" + DecisionTableTests.PATH;
        byte[] shipped = Files.readAllBytes(DecisionTableTests.SHIPPED);
        var file = api().get(caps);
        assertThat(file.get("source").asString()).contains("rule \"weekly-cap\"");
        assertThat(file.get("table")).anySatisfy(row -> assertThat(row.toString()).contains("weekly-cap"));
        assertThat(upload("GET", caps + "/file", new byte[0]).body()).isEqualTo(shipped);

        var wrong = upload("PUT", caps, DecisionTableTests.edited(sheet -> sheet.getRow(6).getCell(6).setCellValue("")));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(new String(wrong.body())).contains("there is no ACTION column");
        assertThat(upload("PUT", caps, "name,cap".getBytes()).statusCode()).isEqualTo(422);
        assertThat(upload("PUT", caps, shipped).statusCode()).as("no difference, no version").isEqualTo(200);
        assertThat(api().get(caps + "/versions").get("items")).hasSize(1);
    }

    @Test
    void allRulesComeAsAnArchive() throws Exception {
        send("PUT", path, body(rule("archived"), "", 0));
        var names = new ArrayList<String>();
        try (var archive = new ZipInputStream(new ByteArrayInputStream(upload("GET", "/api/v1/rules/export", new byte[0]).body()))) {
            for (var entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        assertThat(names).isSorted().contains("segments/lapsed.drl", DecisionTableTests.PATH, path.substring("/api/v1/rules/".length()));
    }

    @Test
    void refusesWhatIsNoRuleFilesPath() throws Exception {
        assertThat(send("PUT", "/api/v1/rules/nothing/x.drl", body(rule("x"), "", null)).statusCode()).isEqualTo(422);
        assertThat(send("PUT", "/api/v1/rules/triggers/x.sh", body(rule("x"), "", null)).statusCode()).isEqualTo(422);
        assertThat(send("PUT", path, "{}").statusCode()).isEqualTo(422);
        assertThat(send("DELETE", path, "").statusCode()).isEqualTo(404);
    }

    private static String body(String source, String note, Integer ifVersion) {
        var body = JSON.createObjectNode().put("source", source).put("note", note);
        return (ifVersion == null ? body : body.put("ifVersion", ifVersion)).toString();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return api().send(method, path, "application/json", body);
    }

    private HttpResponse<byte[]> upload(String method, String path, byte[] body) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).header("Authorization", "Bearer test-token")
                    .header("Content-Type", WORKBOOK).method(method, HttpRequest.BodyPublishers.ofByteArray(body)).build(), HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    private Api api() {
        return new Api("http://localhost:" + port, "test-token");
    }
}
