package dev.drover.mainjob;

import dev.drover.testing.Api;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What a shop does, over the API, and how its time passes. */
record Shop(Api api) {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** @return the id of somebody new who gave consent and has midday now, so that no quiet hours come in between */
    String customer() throws Exception {
        return customer(true);
    }

    String customer(boolean consent) throws Exception {
        String id = "shopper-" + UUID.randomUUID();
        api.postJson("/api/v1/customers", """
                {"externalId": "%1$s", "email": "%1$s@example.org", "firstName": "Marie", "timeZone": "%2$s",
                 "consent": {"email": %3$s, "source": "checkout"}}""".formatted(id, middayZone(), consent));
        return id;
    }

    String product(String price) throws Exception {
        String id = "product-" + UUID.randomUUID();
        api.postJson("/api/v1/products", """
                {"externalId": "%s", "name": "Farmhouse butter", "category": "Butter", "price": %s}""".formatted(id, price));
        return id;
    }

    /** @return the cart's id */
    String fillsCart(String customer, String product, int quantity) throws Exception {
        String cart = "cart-" + UUID.randomUUID();
        api.postJson("/api/v1/events", """
                {"eventId": "%s", "name": "cart.updated", "customerId": "%s",
                 "properties": {"cartId": "%s", "currency": "EUR", "items": [{"productId": "%s", "quantity": %d, "unitPrice": 18.00}]}}"""
                .formatted(UUID.randomUUID(), customer, cart, product, quantity));
        return cart;
    }

    void orders(String customer, String product, String cart) throws Exception {
        api.postJson("/api/v1/orders", """
                {"externalId": "order-%s", "customerId": "%s", "placedAt": "%s", "currency": "EUR", "cartId": "%s",
                 "lines": [{"productId": "%s", "quantity": 2, "unitPrice": 18.00}]}"""
                .formatted(UUID.randomUUID(), customer, now(), cart, product));
    }

    Instant now() throws Exception {
        return Instant.parse(api.get("/api/v1/clock").get("now").asString());
    }

    void passes(String duration) throws Exception {
        api.postJson("/api/v1/clock/advance", "{\"by\": \"" + duration + "\"}");
    }

    /** Those of the cart recovery; a new customer is welcomed too. */
    List<JsonNode> messagesTo(String customer) throws IOException, InterruptedException {
        return api.all("/api/v1/messages?journey=cart-recovery&customer=" + customer);
    }

    JsonNode awaitSent(String customer, String template) {
        Api.await(template + " is sent to " + customer, PATIENCE, () -> sent(customer, template) != null);
        try {
            return api.get("/api/v1/messages/" + sent(customer, template).get("id").asString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode sent(String customer, String template) throws IOException, InterruptedException {
        return messagesTo(customer).stream()
                .filter(message -> message.get("template").asString().equals(template) && message.get("status").asString().equals("sent"))
                .findFirst().orElse(null);
    }

    void awaitCart(String customer, String cart, String state) {
        Api.await("the cart is " + state, PATIENCE, () -> api.all("/api/v1/carts?customer=" + customer).stream()
                .anyMatch(found -> found.get("cartId").asString().equals(cart) && found.get("status").asString().equals(state)));
    }

    private String middayZone() throws Exception {
        int ahead = 12 - now().atZone(ZoneOffset.UTC).getHour();
        return "Etc/GMT" + (ahead == 0 ? "" : ahead > 0 ? "-" + ahead : "+" + -ahead);
    }
}
