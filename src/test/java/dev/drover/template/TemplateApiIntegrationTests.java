package dev.drover.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@IntegrationTest
class TemplateApiIntegrationTests {

    @LocalServerPort
    int port;

    private final String key = "api-" + UUID.randomUUID();

    @Test
    void aTemplateIsMadeChangedCopiedAndTakenAway() throws Exception {
        var made = api().postJson("/api/v1/templates", """
                {"key": "%s", "name": "News", "channel": "email", "category": "news", "subject": "Hi {{customer.firstName}}", "html": "<p>One</p>", "design": {"rows": [1]}}"""
                .formatted(key));
        assertThat(made.get("channel").asString()).isEqualTo("email");
        assertThat(made.get("type").asString()).isEqualTo("marketing");
        assertThat(made.at("/design/rows/0").asInt()).isEqualTo(1);
        var changed = send("PUT", "/" + key, """
                {"name": "News", "channel": "email", "subject": "Hello", "html": "<p>Two</p>"}""");
        assertThat(changed).startsWith("200").contains("\"version\":2").contains("Two");
        assertThat(send("POST", "/" + key + "/clone", "{\"key\": \"" + key + ".b\"}")).startsWith("201").contains("Two");
        assertThat(send("DELETE", "/" + key, "")).startsWith("204");
        assertThat(send("GET", "/" + key, "")).startsWith("404");
        assertThat(api().get("/api/v1/templates/" + key + ".b").get("html").asString()).isEqualTo("<p>Two</p>");
        assertThat(api().all("/api/v1/templates")).anySatisfy(one -> assertThat(one.get("key").asString()).isEqualTo(key + ".b"));
    }

    @Test
    void everyChangeIsAVersionWithItsAuthorAndAWayBack() throws Exception {
        api().postJson("/api/v1/templates", "{\"key\": \"%s\", \"name\": \"n\", \"channel\": \"sms\", \"text\": \"one\"}".formatted(key));
        send("PUT", "/" + key, "{\"name\": \"n\", \"channel\": \"sms\", \"text\": \"two\"}");
        assertThat(send("POST", "/" + key + "/rollback", "{\"version\": 1}")).startsWith("200").contains("\"version\":3").contains("one");
        var versions = api().get("/api/v1/templates/" + key + "/versions");
        assertThat(versions.size()).isEqualTo(3);
        assertThat(versions.at("/0/origin").asString()).isEqualTo("rollback");
        assertThat(versions.at("/1/text").asString()).isEqualTo("two");
        assertThat(versions.at("/2/author").asString()).isNotBlank();
        assertThat(send("POST", "/" + key + "/rollback", "{\"version\": 9}")).startsWith("404");
        assertThat(api().get("/api/v1/templates/welcome-1/versions").toString()).contains("\"Drover\"");
    }

    @Test
    void whatAJourneyOrARecoverySendsByStaysOn() throws Exception {
        assertThat(send("PUT", "/cart-recovery-1", "{\"name\": \"n\", \"channel\": \"email\", \"subject\": \"s\", \"text\": \"x\", \"active\": false}"))
                .startsWith("409").contains("still used by", "cart recovery");
    }

    @Test
    void whatWouldRunOrIsTooLargeIsRefusedAndWhatCouldBeBetterIsTold() throws Exception {
        String mail = "{\"key\": \"" + key + "\", \"name\": \"n\", \"channel\": \"email\", \"subject\": \"s\", \"html\": \"%s\"}";
        assertThat(send("POST", "", mail.formatted("<p>\\n<a href='javascript:x'>x</a>"))).startsWith("422").contains("html, line 2, column 10", "javascript:");
        assertThat(send("POST", "", mail.formatted("x".repeat(103_000)))).startsWith("422").contains("101 KB");
        assertThat(send("POST", "", mail.formatted("x".repeat(30_000_000)))).startsWith("413");
        var told = api().postJson("/api/v1/templates/check", "{\"html\": \"<p>\\n{{customer.fristName}}</p>\", \"type\": \"marketing\"}");
        assertThat(told.get("valid").asBoolean()).isTrue();
        assertThat(told.get("problems").size()).isZero();
        assertThat(told.get("warnings").toString()).contains("Did you mean customer.firstName?", "\"line\":2", "links.unsubscribe", "\"severity\":\"warning\"");
    }

    @Test
    void whatIsWrongIsToldFieldByFieldAndInTextsByPlace() throws Exception {
        assertThat(send("POST", "", """
                {"key": "Bad Key", "name": " ", "channel": "fax", "type": "x", "category": "A B", "subject": "{{#if a}}", "html": "<p>\\n{{{x}}}</p>"}"""))
                .startsWith("422").contains("\"key\"", "\"name\"", "\"channel\"", "\"type\"", "\"category\"", "\"subject\"", "html, line 2, column 1");
        assertThat(send("POST", "", "{}")).startsWith("422").contains("\"key\"", "\"name\"", "\"channel\"");
        assertThat(send("POST", "", """
                {"key": "%s", "name": "n", "channel": "sms", "html": "<p>"}""".formatted(key))).startsWith("422").contains("\"text\"", "\"html\"");
        assertThat(send("POST", "", """
                {"key": "%s", "name": "n\\u0000", "channel": "sms", "text": "a\\ud800"}""".formatted(key))).startsWith("422").contains("\"name\"", "\"text\"");
        assertThat(send("POST", "", """
                {"key": "%s", "name": "n", "channel": "sms", "text": "%s"}""".formatted(key, "x".repeat(600_000)))).startsWith("422").contains("500,000");
        assertThat(send("POST", "", "{\"key\": ")).startsWith("400");
    }

    @Test
    void aTakenKeyAShippedTemplateAndAnotherChannelAreRefused() throws Exception {
        assertThat(send("POST", "", "{\"key\": \"welcome-1\", \"name\": \"n\", \"channel\": \"sms\", \"text\": \"x\"}")).startsWith("409");
        assertThat(send("DELETE", "/welcome-1", "")).startsWith("409");
        assertThat(send("PUT", "/welcome-1", "{\"name\": \"n\", \"channel\": \"sms\", \"text\": \"x\"}")).startsWith("422").contains("\"channel\"");
        assertThat(send("PUT", "/welcome-1", "{\"key\": \"other\", \"name\": \"n\", \"channel\": \"email\"}")).startsWith("422").contains("\"key\"");
        assertThat(send("PUT", "/no-such", "{\"name\": \"n\", \"channel\": \"sms\", \"text\": \"x\"}")).startsWith("404");
        assertThat(send("POST", "/welcome-1/clone", "{\"key\": \"welcome-2\"}")).startsWith("409");
    }

    @Test
    void aTextIsCheckedBeforeItIsSaved() throws Exception {
        var good = api().postJson("/api/v1/templates/check", "{\"html\": \"<p>{{money cart.total}}</p>\", \"subject\": \"Grüße\"}");
        assertThat(good.get("valid").asBoolean()).isTrue();
        assertThat(good.at("/mergeTags/0").asString()).isEqualTo("cart.total");
        assertThat(good.get("bytes").asInt()).isEqualTo(34);
        var bad = api().postJson("/api/v1/templates/check", "{\"html\": \"<p>\\n {{mony x}}</p>\"}");
        assertThat(bad.get("valid").asBoolean()).isFalse();
        assertThat(bad.at("/problems/0/line").asInt()).isEqualTo(2);
        assertThat(bad.at("/problems/0/column").asInt()).isEqualTo(4);
        assertThat(bad.at("/problems/0/message").asString()).isEqualTo("There is no helper 'mony'.");
    }

    @Test
    void aPreviewShowsACustomerOrSomebodyMadeUp() throws Exception {
        api().postJson("/api/v1/customers", "{\"externalId\": \"%s\", \"firstName\": \"<i>Jo</i>\"}".formatted(key));
        var preview = api().postJson("/api/v1/templates/welcome-1/preview", "{\"customerId\": \"%s\"}".formatted(key));
        assertThat(preview.get("html").asString()).contains("&lt;i&gt;Jo").doesNotContain("<i>Jo");
        assertThat(preview.get("text").asString()).contains("<i>Jo</i>");
        assertThat(api().postJson("/api/v1/templates/order-thanks/preview", "{\"data\": {\"orderId\": \"A-1\"}}").get("subject").asString()).contains("A-1");
        assertThat(send("POST", "/welcome-1/preview", "{\"customerId\": \"nobody\"}")).startsWith("404");
        assertThat(send("POST", "/no-such/preview", "{}")).startsWith("404");
    }

    /** @return status and body */
    private String send(String method, String path, String body) throws Exception {
        var answer = api().send(method, "/api/v1/templates" + path, "application/json", body);
        return answer.statusCode() + " " + answer.body();
    }

    private Api api() {
        return new Api("http://localhost:" + port, "test-token");
    }
}
