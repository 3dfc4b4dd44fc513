package dev.drover.cart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testing.Api;
import dev.drover.testing.Browser;
import dev.drover.testing.IntegrationTest;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Recovery sequences as marketers and programs edit them. What a test makes asks for cart values that nobody else's test has. */
@IntegrationTest
class SequenceIntegrationTests {

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Detection detection;

    @Autowired
    RecoverySequences sequences;

    Api api;
    String key;

    @BeforeEach
    void open() {
        api = new Api("http://localhost:" + port, "test-token");
        key = "made-" + UUID.randomUUID();
    }

    @AfterEach
    void clear() throws Exception {
        api.send("POST", "/api/v1/cart-sequences/standard/default", "application/json", "{}");
        api.send("DELETE", "/api/v1/cart-sequences/" + key, "application/json", "");
    }

    @Test
    void isMadeChangedAndDeletedByProgramsAndTheAuditSaysSo() throws Exception {
        var made = api.postJson("/api/v1/cart-sequences", sequence(60, 50_000, false, null));
        assertThat(made.get("discount").get("minValue").asInt()).isEqualTo(25);
        assertThat(made.get("version").asInt()).isEqualTo(1);
        assertThat(put(sequence(120, 50_000, false, 1))).isEqualTo(200);
        assertThat(put(sequence(180, 50_000, false, 1))).as("began with what is no longer there").isEqualTo(409);
        assertThat(api.get("/api/v1/cart-sequences/" + key).at("/steps/0/delayMinutes").asInt()).isEqualTo(120);
        assertThat(api.send("POST", "/api/v1/cart-sequences", "application/json", sequence(60, 50_000, false, null)).statusCode()).isEqualTo(409);
        assertThat(api.send("DELETE", "/api/v1/cart-sequences/" + key, "application/json", "").statusCode()).isEqualTo(204);
        assertThat(jdbc.sql("SELECT action FROM audit_log WHERE subject = ? ORDER BY id").param(key).query(String.class).list())
                .containsExactly("cart-sequence.created", "cart-sequence.changed", "cart-sequence.deleted");
    }

    @Test
    void saysEverythingThatIsWrongAtItsField() throws Exception {
        var answer = api.send("POST", "/api/v1/cart-sequences", "application/json", """
                {"key": "%s", "name": "", "leastValue": -1, "steps": [{"delayMinutes": 60, "channel": "email", "template": "no-such"},
                 {"delayMinutes": 60, "channel": "sms", "template": "cart-recovery-1"}], "discount": {"kind": "percentage", "value": 101, "prefix": "A B", "days": 0}}""".formatted(key));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"name\"", "\"leastValue\"", "steps[0].template", "steps[1].delayMinutes", "steps[1].template", "discount.value", "discount.prefix", "discount.days");
        assertThat(api.send("POST", "/api/v1/cart-sequences", "application/json", "{\"key\": \"%s\", \"name\": \"None\", \"steps\": []}".formatted(key)).statusCode()).isEqualTo(422);
    }

    @Test
    void theDefaultOneIsNeitherSwitchedOffNorDeleted() throws Exception {
        assertThat(api.send("DELETE", "/api/v1/cart-sequences/standard", "application/json", "").statusCode()).isEqualTo(409);
        api.postJson("/api/v1/cart-sequences", sequence(60, 50_000, false, null));
        api.postJson("/api/v1/cart-sequences/" + key + "/default", "{}");
        assertThat(api.get("/api/v1/cart-sequences/standard").get("isDefault").asBoolean()).isFalse();
        assertThat(put(sequence(60, 50_000, false, null).replace("\"active\": true", "\"active\": false"))).isEqualTo(422);
    }

    @Test
    void aDearCartTakesTheSequenceForDearCartsAndKeepsItsStepsWhenThatIsChanged() throws Exception {
        api.postJson("/api/v1/cart-sequences", sequence(60, 50_000, false, null));
        String cart = left("60000", "butter", "{}");
        assertThat(jdbc.sql("SELECT a.sequence FROM abandoned_cart a JOIN cart c ON c.id = a.cart_id WHERE c.cart_id = ?").param(cart).query(String.class).single()).isEqualTo(key);
        var given = sequences.begin(cart, null);
        assertThat(given).hasSize(1);
        assertThat(given.getFirst().get("discount").toString()).contains("minValue=25");
        put(sequence(6_000, 50_000, false, null));
        assertThat(sequences.begin(cart, null).getFirst().get("at")).isEqualTo(given.getFirst().get("at"));
        assertThat(jdbc.sql("SELECT a.sequence FROM abandoned_cart a JOIN cart c ON c.id = a.cart_id WHERE c.cart_id = ?").param(left("20", "butter", "{}")).query(String.class).single())
                .isEqualTo("standard");
    }

    @Test
    void leavesSubscriptionsToTheSequenceThatTakesThem() throws Exception {
        api.postJson("/api/v1/cart-sequences", sequence(60, 50_000, true, null));
        String product = "weekly-" + UUID.randomUUID();
        api.postJson("/api/v1/products", "{\"externalId\": \"%s\", \"name\": \"Weekly box\", \"price\": 20, \"attributes\": {\"subscription\": true}}".formatted(product));
        String other = "milk-" + UUID.randomUUID();
        assertThat(sequenceOf(left("60000", product, "{}"))).isEqualTo("standard");
        assertThat(sequenceOf(left("60000", other, "{\"subscriptions\": [\"" + other + "\"]}"))).isEqualTo("standard");
        assertThat(sequenceOf(left("60000", other, "{}"))).isEqualTo(key);
    }

    @Test
    void everyPageIsWithinReachOfEverybodyAndSavesWhatIsTyped() throws Exception {
        api.postJson("/api/v1/cart-sequences", sequence(60, 50_000, false, null));
        for (boolean phone : new boolean[] {true, false}) {
            try (var browser = Browser.open(port); var window = browser.window(phone ? 390 : 1440, phone)) {
                var all = new SoftAssertions();
                for (String page : List.of("/carts", "/carts/sequences", "/carts/sequences/new", "/carts/sequences/standard", "/carts/sequences/" + key)) {
                    all.assertThat(window.visit(page)).as(page).isEqualTo(200);
                    all.assertThat(window.overhang()).as(page + " is wider than the window by").isZero();
                    all.assertThat(window.barriers()).as(page).isEmpty();
                }
                all.assertAll();
                var page = window.page();
                page.fill("#delay-0", "2");
                page.fill("#value", "120");
                page.click(".sequence-form button");
                assertThat(page.textContent("#value-wrong")).contains("at most 100");
                page.fill("#value", "12");
                page.click(".sequence-form button");
                page.waitForSelector(".alert-success");
                assertThat(api.get("/api/v1/cart-sequences/" + key).at("/steps/0/delayMinutes").asInt()).isEqualTo(120);
            }
        }
    }

    private String sequenceOf(String cart) {
        return jdbc.sql("SELECT a.sequence FROM abandoned_cart a JOIN cart c ON c.id = a.cart_id WHERE c.cart_id = ?").param(cart).query(String.class).single();
    }

    /** A cart of somebody new who consented, left and found. */
    private String left(String price, String product, String attributes) throws Exception {
        String customer = "leaver-" + UUID.randomUUID();
        String cart = "cart-" + UUID.randomUUID();
        api.postJson("/api/v1/customers", "{\"externalId\": \"%1$s\", \"email\": \"%1$s@example.org\", \"attributes\": %2$s, \"consent\": {\"email\": true, \"source\": \"form\"}}"
                .formatted(customer, attributes));
        api.postJson("/api/v1/events", """
                {"eventId": "%s", "name": "cart.updated", "customerId": "%s", "properties": {"cartId": "%s", "items": [{"productId": "%s", "quantity": 1, "unitPrice": %s}]}}"""
                .formatted(UUID.randomUUID(), customer, cart, product, price));
        Api.await("the cart is read", java.time.Duration.ofSeconds(30), () -> !api.all("/api/v1/carts?customer=" + customer).isEmpty());
        api.postJson("/api/v1/clock/advance", "{\"by\": \"PT31M\"}");
        Api.await("it is found", java.time.Duration.ofSeconds(30), () -> jdbc.sql("SELECT count(*) FROM abandoned_cart a JOIN cart c ON c.id = a.cart_id WHERE c.cart_id = ?")
                .param(cart).query(Integer.class).single() == 1);
        return cart;
    }

    private int put(String body) throws Exception {
        return api.send("PUT", "/api/v1/cart-sequences/" + key, "application/json", body).statusCode();
    }

    private String sequence(int delay, int least, boolean exclude, Integer version) {
        return """
                {"key": "%s", "name": "Dear carts", "active": true, "leastValue": %d, "excludeSubscriptions": %s, "version": %s,
                 "steps": [{"delayMinutes": %d, "channel": "email", "template": "cart-recovery-1", "includeDiscount": true}],
                 "discount": {"kind": "percentage", "value": 15, "prefix": "dear", "days": 5, "minValue": 25}}""".formatted(key, least, exclude, version, delay);
    }
}
