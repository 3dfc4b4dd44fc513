package dev.drover.consent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.kernel.Channel;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The list of addresses that nothing is sent to, by the API. */
@IntegrationTest
class SuppressionIntegrationTests {

    @LocalServerPort
    int port;
    @Autowired
    Suppressions suppressions;
    @Autowired
    SuppressionList list;
    @Autowired
    JdbcClient jdbc;

    private final String test = UUID.randomUUID().toString();

    @Test
    void addsFindsAndTakesOff() throws Exception {
        String address = "Sam-" + test + "@Example.org";
        var body = "{\"channel\": \"email\", \"address\": \"%s\", \"note\": \"asked on the phone\"}".formatted(address);
        assertThat(api().send("POST", "/api/v1/suppressions", "application/json", body).statusCode()).isEqualTo(201);
        assertThat(api().send("POST", "/api/v1/suppressions", "application/json", body).statusCode()).as("again").isEqualTo(200);
        assertThat(suppressions.find(Channel.EMAIL, address.toLowerCase(java.util.Locale.ROOT))).isPresent();
        var found = api().get("/api/v1/suppressions?search=sam-" + test).get("items");
        assertThat(found.size()).isOne();
        assertThat(found.get(0).get("channel").asString()).isEqualTo("email");
        assertThat(api().get("/api/v1/suppressions?search=" + test).get("items").size()).as("from the beginning").isZero();
        assertThat(api().send("DELETE", "/api/v1/suppressions/email/" + address, "application/json", "").statusCode()).isEqualTo(204);
        assertThat(api().send("DELETE", "/api/v1/suppressions/email/" + address, "application/json", "").statusCode()).isEqualTo(404);
        assertThat(jdbc.sql("SELECT count(*) FROM audit_log WHERE subject || detail::text ILIKE ?").param("%" + test + "%").query(Long.class).single()).as("no address in the audit").isZero();
    }

    @Test
    void whatTheOwnerSaidNobodyElseTakesBack() throws Exception {
        for (String reason : new String[] {"complaint", "stop", "erased"}) {
            suppressions.add(Channel.EMAIL, reason + test + "@example.org", reason, "test");
            var refused = api().send("DELETE", "/api/v1/suppressions/email/" + reason + test + "@example.org", "application/json", "");
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(suppressions.find(Channel.EMAIL, reason + test + "@example.org")).isPresent();
        }
    }

    @Test
    void takesAListInAndTellsWhatItRefuses() throws Exception {
        String csv = "\uFEFFAddress,Channel,Reason,Note\r\n" + "one-" + test + "@example.org,,Moved away!,\"a note, with commas\"\r\n" + "'+31612345678,sms,,\r\n" + "nobody,email,,\r\n"
                + "two-" + test + "@example.org\nBcc: x@example.org,pigeon,,\r\n" + "one-" + test + "@example.org,email,again,\r\n" + "#abc,email,erased,\r\n";
        var answer = api().post("/api/v1/suppressions/import", "text/csv", csv);
        assertThat(answer.get("rejected").toString()).contains("'nobody' is no e-mail address", "no channel 'pigeon'");
        assertThat(suppressions.find(Channel.EMAIL, "one-" + test + "@example.org")).get().satisfies(kept -> {
            assertThat(kept.reason()).isEqualTo("moved-away");
            assertThat(kept.note()).isEqualTo("a note, with commas");
        });
        assertThat(suppressions.find(Channel.SMS, "+31 6 1234-5678")).isPresent();
        assertThat(api().send("POST", "/api/v1/suppressions/import", "text/csv", "").statusCode()).isEqualTo(422);
        assertThat(api().send("POST", "/api/v1/suppressions/import", "text/csv", "mail\nx@example.org\n").body()).contains("'address'");
        assertThat(api().send("POST", "/api/v1/suppressions/import", "text/csv", "address\n\"" + "x".repeat(20_000)).statusCode()).isEqualTo(422);
    }

    @Test
    void noCellOfTheFileIsAFormula() {
        suppressions.add(Channel.EMAIL, "=cmd-" + test + "@example.org", "+1", "@source", "=HYPERLINK(\"http://evil.example\")");
        var file = new StringWriter();
        list.write("=cmd-" + test, null, null, new PrintWriter(file));
        assertThat(file.toString().lines().skip(1)).singleElement().asString().startsWith("'=cmd-").contains(",'+1,").contains("'@source").contains("\"'=HYPERLINK(").doesNotContain(",=").doesNotContain(",+");
    }

    @Test
    void pagesThroughAndSurvivesBadPositions() throws Exception {
        for (int n = 0; n < 5; n++) {
            suppressions.add(Channel.EMAIL, "page-" + test + "-" + n + "@example.org", "manual", "test");
        }
        assertThat(api().get("/api/v1/suppressions?limit=2&search=page-" + test).get("next").isNull()).isFalse();
        String after = "";
        int seen = 0;
        do {
            var page = api().get("/api/v1/suppressions?limit=2&search=page-" + test + (after.isEmpty() ? "" : "&after=" + after));
            seen += page.get("items").size();
            after = page.get("next").isNull() ? "" : page.get("next").asString();
        } while (!after.isEmpty());
        assertThat(seen).isEqualTo(5);
        for (String bad : new String[] {"eA", "MjAyNi0wMS0wMVQwMDowMDowMFo", "%00", "search=%25", "!"}) {
            assertThat(api().send("GET", "/api/v1/suppressions?after=" + bad, "application/json", "").statusCode()).as(bad).isIn(200, 400, 422);
        }
        assertThat(api().send("GET", "/api/v1/suppressions?search=%00%25_", "application/json", "").statusCode()).isEqualTo(200);
        assertThat(api().send("GET", "/api/v1/suppressions?channel=pigeon", "application/json", "").statusCode()).isEqualTo(422);
    }

    private Api api() {
        return new Api("http://localhost:" + port, "test-token");
    }
}
