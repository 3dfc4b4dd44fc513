package dev.drover.cart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Carts as events tell them, in whatever order, and what is found when they lie still. */
@IntegrationTest
class CartIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Detection detection;

    @Autowired
    RecoverySequences sequences;

    @Autowired
    Recoveries recoveries;

    Api api;
    String customer;
    String cart;

    @BeforeEach
    void somebody() throws Exception {
        api = new Api("http://127.0.0.1:" + port, "test-token");
        customer = "carter-" + UUID.randomUUID();
        cart = "cart-" + UUID.randomUUID();
        int ahead = 12 - now().atZone(ZoneOffset.UTC).getHour();
        api.postJson("/api/v1/customers", """
                {"externalId": "%1$s", "email": "%1$s@example.org", "timeZone": "Etc/GMT%2$s", "consent": {"email": true, "source": "form"}}"""
                .formatted(customer, ahead == 0 ? "" : ahead > 0 ? "-" + ahead : "+" + -ahead));
    }

    @Test
    void anOlderWordNeverUndoesANewerOne() throws Exception {
        fills(cart, 3, now());
        awaitStatus("open");
        fills(cart, 1, now().minusSeconds(60));
        fills("other-" + cart, 1, now());
        Api.await("both are read", PATIENCE, () -> api.all("/api/v1/carts?customer=" + customer).size() == 2);
        assertThat(one(cart).get("itemCount").asInt()).isEqualTo(3);
    }

    @Test
    void anOrderThatIsReadBeforeItsCartStillClosesIt() throws Exception {
        var filled = now().minusSeconds(30);
        orders(cart, "\"cartId\": \"" + cart + "\",");
        awaitStatus("ordered");
        fills(cart, 2, filled);
        fills("other-" + cart, 1, now().plusSeconds(1));
        Api.await("the late word is read", PATIENCE, () -> api.all("/api/v1/carts?customer=" + customer).size() == 2);
        assertThat(one(cart).get("status").asString()).isEqualTo("ordered");
    }

    @Test
    void anOrderWithoutACartClosesWhatItsCustomerHasOpen() throws Exception {
        fills(cart, 2, now());
        awaitStatus("open");
        orders(cart, "");
        awaitStatus("ordered");
    }

    @Test
    void aCartEmptiedAfterTheOrderStaysOrdered() throws Exception {
        fills(cart, 2, now());
        awaitStatus("open");
        orders(cart, "\"cartId\": \"" + cart + "\",");
        awaitStatus("ordered");
        event("cart.updated", "\"cartId\": \"" + cart + "\", \"items\": []", now().plusSeconds(2));
        fills("other-" + cart, 1, now().plusSeconds(3));
        Api.await("it is read", PATIENCE, () -> api.all("/api/v1/carts?customer=" + customer).size() == 2);
        assertThat(one(cart).get("status").asString()).isEqualTo("ordered");
    }

    @Test
    void isFoundOnceForEachTimeItWasLeftAndNotTwiceInAWeek() throws Exception {
        fills(cart, 2, now());
        awaitStatus("open");
        passes("PT31M");
        awaitStatus("recovery_started");
        detection.detect();
        fills(cart, 5, now());
        Api.await("the change is read", PATIENCE, () -> one(cart).get("itemCount").asInt() == 5);
        passes("PT31M");
        Api.await("it is decided upon again", PATIENCE, () -> abandonments() == 2);
        assertThat(jdbc.sql("SELECT count(*) FROM event_log e JOIN customer c ON c.id = e.customer_id WHERE c.external_id = ? AND name = 'cart.abandoned'")
                .param(customer).query(Integer.class).single()).as("one recovery at a time").isEqualTo(1);
    }

    @Test
    void aCartThatIsEmptiedIsNoLongerRemindedOf() throws Exception {
        fills(cart, 2, now());
        awaitStatus("open");
        passes("PT31M");
        awaitStatus("recovery_started");
        event("cart.updated", "\"cartId\": \"" + cart + "\", \"items\": []", now());
        awaitStatus("emptied");
        Api.await("the journey ends", PATIENCE, () -> api.get("/api/v1/customers/" + customer + "/timeline").toString().contains("Cart emptied"));
        assertThat(sequences.begin(cart, null)).as("nothing is left to begin").isEmpty();
    }

    @Test
    void aCartThatOnlyAnAddressTellsOfFindsItsCustomer() throws Exception {
        api.postJson("/api/v1/events", """
                {"eventId": "%s", "name": "cart.updated", "anonymousId": "session-1",
                 "properties": {"cartId": "%s", "email": "%s@EXAMPLE.org", "items": [{"productId": "butter", "quantity": 1, "unitPrice": 4}]}}"""
                .formatted(UUID.randomUUID(), cart, customer));
        awaitStatus("open");
    }

    @Test
    void theStepsOfALateStartKeepTheirDistances() throws Exception {
        var left = now().truncatedTo(ChronoUnit.MILLIS);
        fills(cart, 2, left);
        awaitStatus("open");
        passes("PT72H");
        awaitStatus("recovery_started");
        var steps = sequences.begin(cart, null);
        var first = Instant.parse((String) steps.get(0).get("at"));
        assertThat(steps).hasSize(3);
        // On its way time stops where other tests' messages are due, so the cart may be found at any of these hours, and be late or not.
        var started = jdbc.sql("SELECT recovery_started_at FROM abandoned_cart WHERE cart_id = (SELECT id FROM cart WHERE cart_id = ?)").param(cart).query(Timestamp.class).single().toInstant();
        var planned = left.plus(Duration.ofHours(1));
        assertThat(first).isEqualTo(started.isAfter(planned) ? started : planned);
        assertThat(Duration.between(first, Instant.parse((String) steps.get(1).get("at")))).isEqualTo(Duration.ofHours(23));
        assertThat(Duration.between(first, Instant.parse((String) steps.get(2).get("at")))).isEqualTo(Duration.ofHours(71));
        assertThat(steps.get(2)).containsEntry("includeDiscount", true);
    }

    @Test
    void anOrderWithoutACartRecoversWhatItsCustomerLeft() throws Exception {
        fills("other-" + cart, 1, now().minusSeconds(5));
        fills(cart, 2, now());
        awaitStatus("open");
        passes("PT31M");
        awaitStatus("recovery_started");
        orders(cart, "");
        awaitStatus("recovered");
        assertThat(one("other-" + cart).get("status").asString()).as("left too, and not to be reminded of any more").isEqualTo("ordered");
        assertThat(sequences.begin(cart, null)).isEmpty();
    }

    @Test
    void isLostWhenItsTimeIsOver() throws Exception {
        fills(cart, 2, now());
        awaitStatus("open");
        passes("PT31M");
        awaitStatus("recovery_started");
        jdbc.sql("UPDATE abandoned_cart SET expires_at = abandoned_at WHERE cart_id = (SELECT id FROM cart WHERE cart_id = ?)").param(cart).update();
        recoveries.expire();
        awaitStatus("expired");
        orders(cart, "\"cartId\": \"" + cart + "\",");
        awaitStatus("ordered");
    }

    @Test
    void aPhoneFindsItsCustomerAndAGuestsCartSaysWhyNobodyIsReminded() throws Exception {
        String phone = "+3161" + (1_000_000 + new java.util.Random().nextInt(8_999_999));
        api.postJson("/api/v1/customers", "{\"externalId\": \"%s\", \"phone\": \"%s\"}".formatted(customer, phone));
        api.postJson("/api/v1/events", guest(cart, "\"phone\": \"" + phone + "\""));
        awaitStatus("open");
        String guests = "guest-" + cart;
        api.postJson("/api/v1/events", guest(guests, "\"email\": \"%s@nowhere.example\"".formatted(guests)));
        Api.await("the guest's cart is read", PATIENCE, () -> jdbc.sql("SELECT count(*) FROM cart WHERE cart_id = ?").param(guests).query(Integer.class).single() == 1);
        passes("PT31M");
        Api.await("it is found", PATIENCE, () -> jdbc.sql("SELECT count(*) FROM abandoned_cart a JOIN cart c ON c.id = a.cart_id WHERE c.cart_id = ? AND recovery_status = 'excluded' AND reason LIKE 'a guest%'")
                .param(guests).query(Integer.class).single() == 1);
    }

    private static String guest(String cartId, String address) {
        return """
                {"eventId": "%s", "name": "cart.updated", "anonymousId": "session-%s",
                 "properties": {"cartId": "%s", %s, "items": [{"productId": "butter", "quantity": 1, "unitPrice": 4}]}}""".formatted(UUID.randomUUID(), cartId, cartId, address);
    }

    @Test
    void refusesAStateThatDoesNotExistAndAnUnknownLink() throws Exception {
        var answer = api.send("GET", "/api/v1/carts?status=lost-in-space", "application/json", "");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("recovery_started");
        assertThat(api.send("GET", "/r/abc", "text/html", "").statusCode()).isEqualTo(404);
    }

    private void fills(String cartId, int quantity, Instant at) throws Exception {
        event("cart.updated", "\"cartId\": \"%s\", \"items\": [{\"productId\": \"butter\", \"quantity\": %d, \"unitPrice\": 4.50}]".formatted(cartId, quantity), at);
    }

    private void event(String name, String properties, Instant at) throws Exception {
        api.postJson("/api/v1/events", """
                {"eventId": "%s", "name": "%s", "customerId": "%s", "occurredAt": "%s", "properties": {%s}}"""
                .formatted(UUID.randomUUID(), name, customer, at, properties));
    }

    private void orders(String id, String more) throws Exception {
        api.postJson("/api/v1/orders", """
                {"externalId": "order-%s", "customerId": "%s", %s "lines": [{"productId": "butter", "quantity": 2, "unitPrice": 4.50}]}"""
                .formatted(id, customer, more));
    }

    private JsonNode one(String cartId) throws Exception {
        return api.all("/api/v1/carts?customer=" + customer).stream().filter(found -> found.get("cartId").asString().equals(cartId)).findFirst().orElseThrow();
    }

    private void awaitStatus(String status) {
        Api.await("the cart is " + status, PATIENCE, () -> api.all("/api/v1/carts?customer=" + customer).stream()
                .anyMatch(found -> found.get("cartId").asString().equals(cart) && found.get("status").asString().equals(status)));
    }

    private int abandonments() {
        return jdbc.sql("SELECT count(*) FROM abandoned_cart a JOIN cart c ON c.id = a.cart_id WHERE c.cart_id = ?").param(cart).query(Integer.class).single();
    }

    private Instant now() throws Exception {
        return Instant.parse(api.get("/api/v1/clock").get("now").asString());
    }

    private void passes(String duration) throws Exception {
        api.postJson("/api/v1/clock/advance", "{\"by\": \"" + duration + "\"}");
    }
}
