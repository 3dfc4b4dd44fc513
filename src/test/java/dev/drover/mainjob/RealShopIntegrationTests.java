package dev.drover.mainjob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.consent.Suppressions;
import dev.drover.eventlog.EventConsumers;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.TimeMachine;
import dev.drover.testing.Api;
import dev.drover.testing.Crowd;
import dev.drover.testing.CrowdRules;
import dev.drover.testing.IntegrationTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.TestMethodOrder;
import org.postgresql.PGConnection;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/**
 * The main job on a real shop's file: import it, compute the segments, start win-back journeys for whoever qualifies. What was sent, and
 * what was held back for which reason, must be what SQL finds that never saw our tables: it counts on the file's bare lines.
 */
@IntegrationTest
@TestPropertySource(properties = "spring.application.name=real-shop")
@DirtiesContext
@EnabledIf(value = "fileIsThere", disabledReason = "the real shop's file isn't at ../shared/data/online-retail")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RealShopIntegrationTests {

    private static final Path FILE = Path.of("../shared/data/online-retail/online-retail.csv.gz");

    /** Midday, ten weeks after the file's end: some of its customers were last seen more than 90 days ago, some less. */
    private static final Instant LATER = Instant.parse("2011-03-21T12:00:00Z");

    private static final Path RULES = rules();

    @DynamicPropertySource
    static void rules(DynamicPropertyRegistry properties) {
        properties.add("drover.rules", RULES::toString);
    }

    private static Path rules() {
        try {
            var folder = Files.createTempDirectory(Path.of("target"), "real-shop-rules");
            CrowdRules.copyShipped(folder);
            CrowdRules.write(folder);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @LocalServerPort
    int port;

    @Autowired
    PlatformClock clock;

    @Autowired
    TimeMachine time;

    @Autowired
    EventConsumers consumers;

    @Autowired
    Suppressions suppressions;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    DataSource database;

    @Test
    @Order(1)
    void sendsExactlyWhatAnIndependentRecountExpects() throws Exception {
        var api = new Api("http://127.0.0.1:" + port, "test-token");
        time.travelTo(Instant.parse("2011-01-11T12:00:00Z"));
        loadBareLines();

        importFile(api);
        tellWhoTheyAre(api);
        Api.await("consumers have read the import", Duration.ofMinutes(1), consumers::settled);
        assertThat(sent()).as("imported history starts no journey").isEmpty();

        time.travelTo(LATER);
        Map<String, String> expected = expected();
        assertThat(expected).as("the file must have people of every kind").containsValues("sent", "consent", "suppression", "no-address");
        Api.await("every win-back journey has said its first word", Duration.ofMinutes(3), () -> sent().size() >= expected.size()
                && sent().values().stream().noneMatch(Set.of("queued", "sending")::contains));
        assertThat(sent()).isEqualTo(expected);
    }

    /** Asked before an application is started for nothing. */
    static boolean fileIsThere() {
        return Files.exists(FILE);
    }

    /** The same shop, and a crowd of 20,000 more with 100,000 orders: thirty rules against as many statements on the bare tables. */
    @Test
    @Order(2)
    void putsEveryCustomerWhereAnIndependentRecountFindsThem() throws Exception {
        var api = new Api("http://127.0.0.1:" + port, "test-token");
        awaitAgreement("on the real shop");

        // Those that start journeys have had their turn.
        try (var shipped = Files.list(RULES.resolve("segments"))) {
            for (var file : shipped.filter(path -> !path.getFileName().toString().startsWith("crowd-")).toList()) {
                Files.delete(file);
            }
        }
        Api.await("the rules are gone", Duration.ofMinutes(1), () -> !api.get("/api/v1/segments/lapsed").get("active").asBoolean());
        try (var connection = database.getConnection()) {
            new Crowd(20_000, clock.instant()).write(connection);
        }
        assertThat(jdbc.sql("SELECT count(*) FROM customer_order WHERE external_id LIKE 'crowd-%'").query(Integer.class).single()).isGreaterThan(90_000);
        api.postJson("/api/v1/segments/rebuild", "");
        awaitAgreement("on the crowd");
    }

    private void awaitAgreement(String where) {
        Awaitility.await(where).atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            String recount = CrowdRules.recount(clock.instant());
            String members = """
                    SELECT s.key, m.customer_id FROM segment_membership m JOIN customer_segment s ON s.id = m.segment_id
                     WHERE m.left_at IS NULL AND s.key LIKE 'crowd-%' AND s.key <> 'crowd-fair'""";
            assertThat(differences("(" + members + ") EXCEPT (" + recount + ")")).as("only by the rules").isEmpty();
            assertThat(differences("(" + recount + ") EXCEPT (" + members + ")")).as("only by SQL").isEmpty();
        });
    }

    private List<String> differences(String sql) {
        return jdbc.sql("SELECT key || ' ' || customer_id FROM (" + sql + ") AS d (key, customer_id) LIMIT 20").query(String.class).list();
    }

    private void importFile(Api api) throws Exception {
        String id = api.post("/api/v1/imports", BodyPublishers.ofByteArray(form()), "multipart/form-data; boundary=shop").get("id").asString();
        Api.await("the import ends", Duration.ofMinutes(1), () -> !api.get("/api/v1/imports/" + id).get("status").asString().matches("queued|running"));
        var result = api.get("/api/v1/imports/" + id);
        assertThat(result.get("rows").asInt()).isEqualTo(50_999);
        assertThat(result.get("accepted").asInt() + result.get("rejected").asInt()).isEqualTo(50_999);
    }

    /** The file knows numbers only. Some of the people get an address, some gave consent, some addresses are dead. */
    private void tellWhoTheyAre(Api api) throws Exception {
        List<Long> known = jdbc.sql("SELECT DISTINCT customer::bigint FROM bare_line WHERE customer <> ''").query(Long.class).list();
        String lines = known.stream().map(id -> """
                {"externalId": "%d", "email": %s, "consent": {"email": %s, "source": "newsletter form"}}"""
                .formatted(id, hasAddress(id) ? "\"" + address(id) + "\"" : "null", gaveConsent(id))).collect(Collectors.joining("\n"));
        assertThat(api.post("/api/v1/customers/batch", "application/x-ndjson", lines).get("accepted").asInt()).isEqualTo(known.size());
        known.stream().filter(RealShopIntegrationTests::isDead).filter(RealShopIntegrationTests::hasAddress)
                .forEach(id -> suppressions.add(Channel.EMAIL, address(id), "hard bounce", "test"));
    }

    private Map<String, String> expected() {
        List<Long> lapsed = jdbc.sql("""
                SELECT customer::bigint FROM bare_line
                 WHERE customer <> '' AND invoice NOT LIKE 'C%'
                 GROUP BY customer HAVING max(at) < ?::timestamp - interval '90 days'""")
                .param(LATER.toString().replace("Z", "")).query(Long.class).list();
        return new TreeMap<>(lapsed.stream().collect(Collectors.toMap(id -> Long.toString(id), id -> !hasAddress(id) ? "no-address"
                : isDead(id) ? "suppression" : !gaveConsent(id) ? "consent" : "sent")));
    }

    /** What the ledger says of each customer: {@code sent}, another state, or the rule that held the message back. */
    private Map<String, String> sent() {
        var found = new TreeMap<String, String>();
        jdbc.sql("""
                SELECT c.external_id, m.status, m.rule FROM message m JOIN customer c ON c.id = m.customer_id
                 WHERE m.origin_type = 'journey' AND m.origin_id = 'win-back'""")
                .query(row -> {
                    String word = "skipped".equals(row.getString("status")) ? row.getString("rule") : row.getString("status");
                    found.merge(row.getString("external_id"), word, (one, two) -> one + " and " + two);
                });
        return found;
    }

    private void loadBareLines() throws Exception {
        jdbc.sql("CREATE TABLE bare_line (invoice text, code text, description text, quantity int, at timestamp, price numeric, customer text)").update();
        try (var connection = database.getConnection(); var lines = new GZIPInputStream(Files.newInputStream(FILE))) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY bare_line FROM STDIN WITH (FORMAT csv, HEADER, FORCE_NOT_NULL (customer))", lines);
        }
    }

    private static byte[] form() throws IOException {
        var form = new ByteArrayOutputStream();
        form.write("""
                --shop\r
                Content-Disposition: form-data; name="kind"\r
                \r
                transactions\r
                --shop\r
                Content-Disposition: form-data; name="file"; filename="online-retail.csv.gz"\r
                Content-Type: application/gzip\r
                \r
                """.getBytes(StandardCharsets.UTF_8));
        form.write(Files.readAllBytes(FILE));
        form.write("\r\n--shop--\r\n".getBytes(StandardCharsets.UTF_8));
        return form.toByteArray();
    }

    private static boolean hasAddress(long id) {
        return id % 10 != 0;
    }

    private static boolean gaveConsent(long id) {
        return id % 3 != 0;
    }

    private static boolean isDead(long id) {
        return id % 17 == 0;
    }

    private static String address(long id) {
        return "customer-" + id + "@example.org";
    }
}
