package dev.drover.cart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Guests who agree at the cart to be written to: reminded like customers, one person each, and nobody's no is undone by them. */
@IntegrationTest
class GuestCartIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    Api api;
    String own;
    String cart;
    String address;

    @BeforeEach
    void somebody() {
        api = new Api("http://127.0.0.1:" + port, "test-token");
        own = UUID.randomUUID().toString();
        cart = "cart-" + own;
        address = own + "@guests.example";
    }

    @Test
    void aGuestWhoAgreedIsRemindedAndTheProofIsKept() throws Exception {
        Instant ticked = now().minusSeconds(40);
        fills(cart, "\"email\": \"%s\", \"consent\": {\"email\": true, \"source\": \"checkout box\", \"text\": \"Remind me of my cart\", \"at\": \"%s\"}".formatted(address.toUpperCase(), ticked));
        String guest = guest(address);
        wakes(guest);
        passes("PT31M");
        awaitCart(guest, "recovery_started");
        passes("PT1H");
        Api.await("the first reminder leaves", PATIENCE, () -> api.all("/api/v1/messages?customer=" + guest).stream()
                .anyMatch(message -> message.get("template").asString().equals("cart-recovery-1") && message.get("status").asString().matches("sent|delivered")));
        var profile = api.get("/api/v1/customers/" + guest);
        assertThat(profile.at("/attributes/guest").asBoolean()).isTrue();
        assertThat(profile.at("/consent/email/granted").asBoolean()).isTrue();
        assertThat(profile.at("/consent/sms/granted").asBoolean()).isFalse();
        assertThat(jdbc.sql("SELECT p.source || '|' || p.wording || '|' || p.given_at FROM consent_change p JOIN customer c ON c.id = p.customer_id WHERE c.external_id = ?").param(guest)
                .query(String.class).single()).startsWith("checkout box|Remind me of my cart|");
        assertThat(jdbc.sql("SELECT p.given_at = ?::timestamptz FROM consent_change p JOIN customer c ON c.id = p.customer_id WHERE c.external_id = ?").param(ticked.toString()).param(guest)
                .query(Boolean.class).single()).isTrue();
    }

    @Test
    void withoutConsentNobodyIsMadeAndTheReasonIsKept() throws Exception {
        fills(cart, "\"email\": \"%s\", \"consent\": {\"email\": false, \"source\": \"checkout box\"}".formatted(address));
        awaitRead();
        passes("PT31M");
        Api.await("it is found", PATIENCE, () -> reason().startsWith("a guest whose address"));
        assertThat(known(address)).isZero();
    }

    @Test
    void severalCartsOfOneGuestAtOnceMakeOnePerson() throws Exception {
        var said = consent("\"email\": true", now());
        var all = IntStream.range(0, 8).mapToObj(n -> CompletableFuture.runAsync(() -> {
            try {
                fills(cart + "-" + n, "\"email\": \"%s\", %s".formatted(address, said));
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        })).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(all).join();
        assertThat(known(address)).isOne();
    }

    @Test
    void whereSeveralShareTheAddressNobodyIsTakenForTheGuest() throws Exception {
        for (String one : new String[] {"one-", "other-"}) {
            api.postJson("/api/v1/customers", "{\"externalId\": \"%s%s\", \"email\": \"%s\"}".formatted(one, own, address));
        }
        fills(cart, "\"email\": \"%s\", %s".formatted(address, consent("\"email\": true", now())));
        awaitRead();
        passes("PT31M");
        Api.await("it is found", PATIENCE, () -> reason().contains("several customers have"));
        assertThat(known(address)).isEqualTo(2);
        assertThat(emailOf("one-" + own).get("granted").asBoolean()).isFalse();
    }

    @Test
    void aKnownCustomersNoStandsUntilTheySayYesAgain() throws Exception {
        String known = "known-" + own;
        Instant before = now().minusSeconds(600);
        api.postJson("/api/v1/customers", "{\"externalId\": \"%s\", \"email\": \"%s\", \"consent\": {\"email\": false, \"source\": \"preference page\", \"at\": \"%s\"}}"
                .formatted(known, address, now().minusSeconds(300)));
        fills(cart, "\"email\": \"%s\", %s".formatted(address, consent("\"email\": true", before)));
        assertThat(known(address)).as("no second person").isOne();
        assertThat(emailOf(known).get("granted").asBoolean()).as("the box was ticked before they said no").isFalse();
        fills(cart, "\"email\": \"%s\", %s".formatted(address, consent("\"email\": true", now())));
        assertThat(emailOf(known).get("granted").asBoolean()).as("they ticked it again").isTrue();
        assertThat(emailOf(known).get("source").asString()).isEqualTo("checkout box");
    }

    @Test
    void aSuppressedAddressStaysSo() throws Exception {
        api.postJson("/api/v1/suppressions", "{\"channel\": \"email\", \"address\": \"%s\", \"reason\": \"manual\"}".formatted(address));
        fills(cart, "\"email\": \"%s\", %s".formatted(address, consent("\"email\": true", now())));
        String guest = guest(address);
        assertThat(api.get("/api/v1/suppressions/email/" + address).get("reason").asString()).isEqualTo("manual");
        var verdict = api.postJson("/api/v1/eligibility", "{\"customerId\": \"%s\", \"channel\": \"email\", \"category\": \"marketing\", \"origin\": \"journey\"}".formatted(guest));
        assertThat(verdict.get("decision").asString()).isEqualTo("skip");
        assertThat(verdict.get("rule").asString()).contains("suppress");
    }

    @Test
    void aYesCountsForItsOwnAddressAlone() throws Exception {
        String phone = "+3162" + (1_000_000 + Math.floorMod(own.hashCode(), 8_999_999));
        String owner = "owner-" + own;
        api.postJson("/api/v1/customers", "{\"externalId\": \"%s\", \"phone\": \"%s\"}".formatted(owner, phone));
        fills(cart, "\"email\": \"%s\", \"phone\": \"%s\", %s".formatted(address, phone, consent("\"email\": true, \"sms\": true", now())));
        String guest = guest(address);
        assertThat(guest).isNotEqualTo(owner);
        assertThat(api.get("/api/v1/customers/" + owner).at("/consent/sms/granted").asBoolean()).as("the phone is somebody else's").isFalse();
        assertThat(api.get("/api/v1/customers/" + owner).at("/consent/email/granted").asBoolean()).isFalse();
        assertThat(api.get("/api/v1/customers/" + guest).get("phone").isNull()).isTrue();
    }

    @Test
    void aGuestWhoRegistersIsTheSamePersonAndTheirOrderEndsTheReminders() throws Exception {
        fills(cart, "\"email\": \"%s\", %s".formatted(address, consent("\"email\": true", now())));
        String guest = guest(address);
        wakes(guest);
        passes("PT31M");
        awaitCart(guest, "recovery_started");
        Api.await("the journey waits", PATIENCE, () -> api.get("/api/v1/customers/" + guest + "/timeline").toString().contains("Cart recovery"));

        String registered = "shopper-" + own;
        var answer = api.send("POST", "/api/v1/customers", "application/json", "{\"externalId\": \"%s\", \"email\": \"%s\", \"firstName\": \"Marie\"}".formatted(registered, address));
        assertThat(answer.statusCode()).as("they were there").isEqualTo(200);
        assertThat(known(address)).isOne();
        var profile = api.get("/api/v1/customers/" + guest);
        assertThat(profile.get("externalId").asString()).as("the former id leads to the same person").isEqualTo(registered);
        assertThat(profile.at("/consent/email/granted").asBoolean()).isTrue();
        assertThat(profile.at("/attributes/guest").isMissingNode()).isTrue();
        assertThat(api.get("/api/v1/customers/" + registered + "/timeline").toString()).contains("Cart recovery", "Registered, a guest until then");

        api.postJson("/api/v1/orders", "{\"externalId\": \"order-%s\", \"customerId\": \"%s\", \"lines\": [{\"productId\": \"butter\", \"quantity\": 1, \"unitPrice\": 4}]}".formatted(own, registered));
        awaitCart(registered, "recovered");
        Api.await("the journey that knows them by the former id hears of the order", PATIENCE, () -> api.get("/api/v1/customers/" + registered + "/export").get("journeys").valueStream()
                .filter(one -> one.at("/instance/processId").asString().equals("cart-recovery")).allMatch(one -> !one.at("/instance/state").asString().equals("ACTIVE")));
        api.postJson("/api/v1/customers", "{\"externalId\": \"%s\", \"lastName\": \"Moreau\"}".formatted(guest));
        assertThat(api.get("/api/v1/customers/" + registered).get("lastName").asString()).isEqualTo("Moreau");
    }

    @Test
    void aRepeatedEventIsAbsorbedAndWhoIsForgottenForGoodIsNotWrittenTo() throws Exception {
        String event = event(cart, "\"email\": \"%s\", %s".formatted(address, consent("\"email\": true", now())));
        api.postJson("/api/v1/events", event);
        assertThat(api.postJson("/api/v1/events", event).get("duplicates").asInt()).isOne();
        assertThat(jdbc.sql("SELECT count(*) FROM consent_change p JOIN customer c ON c.id = p.customer_id WHERE c.email = ?").param(address).query(Integer.class).single()).isOne();
        assertThat(api.send("DELETE", "/api/v1/customers/" + guest(address) + "?neverAgain=true", "application/json", "").statusCode()).isEqualTo(204);
        assertThat(known(address)).isZero();
        fills("other-" + cart, "\"email\": \"%s\", %s".formatted(address, consent("\"email\": true", now())));
        var verdict = api.postJson("/api/v1/eligibility", "{\"customerId\": \"%s\", \"channel\": \"email\", \"category\": \"marketing\", \"origin\": \"journey\"}".formatted(guest(address)));
        assertThat(verdict.get("decision").asString()).isEqualTo("skip");
    }

    @Test
    void refusesWhatIsNoProofAtItsField() throws Exception {
        String mail = "\"email\": \"" + address + "\", ";
        refused(mail + consent("\"email\": \"yes\"", now()), "properties.consent.email", "true or false");
        refused(mail + consent("\"fax\": true", now()), "properties.consent.fax", "email, sms and push");
        refused(mail + consent("\"email\": true", now().plusSeconds(3_600)), "properties.consent.at", "yet to come");
        refused(mail + "\"consent\": {\"email\": true, \"source\": \"box\", \"at\": \"yesterday\"}", "properties.consent.at", "no instant");
        refused(mail + "\"consent\": {\"email\": true, \"source\": \"box\", \"at\": 12}", "properties.consent.at", "no instant");
        refused(mail + "\"consent\": {\"email\": true, \"source\": \"box\"}", "properties.consent.at", "missing");
        refused(mail + "\"consent\": {\"email\": true, \"at\": \"" + now() + "\"}", "properties.consent.source", "missing");
        refused(mail + "\"consent\": {\"email\": true, \"source\": [1], \"at\": \"" + now() + "\"}", "properties.consent.source", "a text");
        refused(mail + "\"consent\": [\"email\"]", "properties.consent", "an object");
        refused("\"email\": \"nobody at home\", " + consent("\"email\": true", now()), "properties.email", "no e-mail address");
        refused(consent("\"email\": true", now()), "properties.email", "missing");
        refused(mail + consent("\"sms\": true", now()), "properties.phone", "missing");
        refused(mail + consent("\"push\": true", now()), "properties.consent.push", "push token");
        assertThat(known(address)).isZero();
    }

    private void refused(String properties, String field, String why) throws Exception {
        HttpResponse<String> answer = api.send("POST", "/api/v1/events", "application/json", event(cart, properties));
        assertThat(answer.statusCode()).as(properties).isEqualTo(422);
        assertThat(answer.body()).contains("\"" + field + "\"").contains(why);
    }

    private static String consent(String channels, Instant at) {
        return "\"consent\": {%s, \"source\": \"checkout box\", \"text\": \"Remind me\", \"at\": \"%s\"}".formatted(channels, at);
    }

    private static String event(String cartId, String more) {
        return """
                {"eventId": "%s", "name": "cart.updated", "anonymousId": "session-%s",
                 "properties": {"cartId": "%s", %s, "items": [{"productId": "butter", "quantity": 1, "unitPrice": 4}]}}""".formatted(UUID.randomUUID(), cartId, cartId, more);
    }

    private void fills(String cartId, String more) throws IOException, InterruptedException {
        api.postJson("/api/v1/events", event(cartId, more));
    }

    /** A guest has no time zone; theirs is given so that it is noon and no quiet hour. */
    private void wakes(String guest) throws Exception {
        int ahead = 12 - now().atZone(ZoneOffset.UTC).getHour();
        api.postJson("/api/v1/customers", "{\"externalId\": \"%s\", \"timeZone\": \"Etc/GMT%s\"}".formatted(guest, ahead == 0 ? "" : ahead > 0 ? "-" + ahead : "+" + -ahead));
    }

    private String guest(String email) {
        return jdbc.sql("SELECT external_id FROM customer WHERE email = ?").param(email).query(String.class).single();
    }

    private int known(String email) {
        return jdbc.sql("SELECT count(*) FROM customer WHERE email = ?").param(email).query(Integer.class).single();
    }

    private JsonNode emailOf(String customer) throws Exception {
        return api.get("/api/v1/customers/" + customer).at("/consent/email");
    }

    private void awaitRead() {
        Api.await("the cart is read", PATIENCE, () -> jdbc.sql("SELECT count(*) FROM cart WHERE cart_id = ?").param(cart).query(Integer.class).single() == 1);
    }

    private String reason() {
        return jdbc.sql("SELECT reason FROM abandoned_cart a JOIN cart c ON c.id = a.cart_id WHERE c.cart_id = ?").param(cart).query(String.class).optional().orElse("");
    }

    private void awaitCart(String customer, String status) {
        Api.await("the cart is " + status, PATIENCE, () -> api.all("/api/v1/carts?customer=" + customer).stream().anyMatch(found -> found.get("status").asString().equals(status)));
    }

    private Instant now() throws IOException, InterruptedException {
        return Instant.parse(api.get("/api/v1/clock").get("now").asString());
    }

    private void passes(String duration) throws Exception {
        api.postJson("/api/v1/clock/advance", "{\"by\": \"" + duration + "\"}");
    }
}
