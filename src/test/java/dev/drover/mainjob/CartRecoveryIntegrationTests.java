package dev.drover.mainjob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The main job end to end: a cart is left, rules decide, a journey runs for virtual days, messages go out; an order stops it. */
@IntegrationTest
class CartRecoveryIntegrationTests {

    @LocalServerPort
    int port;

    Shop shop;

    @BeforeEach
    void open() {
        shop = new Shop(new Api("http://127.0.0.1:" + port, "test-token"));
    }

    @Test
    void sendsThreeMailsAndADiscountInTheLast() throws Exception {
        String customer = shop.customer();
        String cart = shop.fillsCart(customer, shop.product("18.00"), 2);
        shop.passes("PT31M");
        shop.awaitCart(customer, cart, "recovery_started");

        shop.passes("PT1H");
        var first = shop.awaitSent(customer, "cart-recovery-1");
        assertThat(first.at("/content/html").asString()).contains("Farmhouse butter").contains("/r/").contains("/u/");
        shop.passes("PT23H");
        shop.awaitSent(customer, "cart-recovery-2");
        shop.passes("PT48H");
        var third = shop.awaitSent(customer, "cart-recovery-3");

        assertThat(third.at("/content/text").asString()).containsPattern("MOO-?[A-Z0-9]{6,}");
        assertThat(shop.messagesTo(customer)).hasSize(3);
    }

    @Test
    void stopsAtOnceWhenTheCustomerOrders() throws Exception {
        String customer = shop.customer();
        String product = shop.product("18.00");
        String cart = shop.fillsCart(customer, product, 2);
        shop.passes("PT31M");
        shop.awaitCart(customer, cart, "recovery_started");
        shop.passes("PT1H");
        shop.awaitSent(customer, "cart-recovery-1");

        shop.orders(customer, product, cart);
        shop.awaitCart(customer, cart, "recovered");
        awaitJourneyEnd(customer);
        shop.passes("PT96H");

        // A newcomer's cart runs through its first hour meanwhile: had the stopped journey more to say, it would have said it by then.
        String witness = shop.customer();
        String other = shop.fillsCart(witness, product, 2);
        shop.passes("PT31M");
        shop.awaitCart(witness, other, "recovery_started");
        shop.passes("PT1H");
        shop.awaitSent(witness, "cart-recovery-1");
        assertThat(shop.messagesTo(customer)).hasSize(1);
    }

    @Test
    void skipsWhoOptedOutAndSaysSo() throws Exception {
        String customer = shop.customer(false);
        String cart = shop.fillsCart(customer, shop.product("18.00"), 2);
        shop.passes("PT31M");
        shop.awaitCart(customer, cart, "excluded");
        var row = shop.api().all("/api/v1/carts?customer=" + customer).getFirst();
        assertThat(row.get("reason").asString()).containsIgnoringCase("consent");
        assertThat(shop.messagesTo(customer)).isEmpty();
    }

    @Test
    void tellsTheCustomersWholeStory() throws Exception {
        String customer = shop.customer();
        String cart = shop.fillsCart(customer, shop.product("18.00"), 2);
        shop.passes("PT31M");
        shop.awaitCart(customer, cart, "recovery_started");
        shop.passes("PT1H");
        shop.awaitSent(customer, "cart-recovery-1");
        Api.await("journey steps on the timeline", Duration.ofSeconds(20), () -> timelineKinds(customer).contains("journey"));
        assertThat(timelineKinds(customer)).contains("event", "message", "journey", "cart");
    }

    private String timelineKinds(String customer) throws Exception {
        return shop.api().get("/api/v1/customers/" + customer + "/timeline").get("items").findValuesAsString("kind").toString();
    }

    private void awaitJourneyEnd(String customer) {
        Api.await("the journey ends", Shop.PATIENCE, () -> shop.api().get("/api/v1/customers/" + customer + "/timeline").toString().contains("Recovered"));
    }
}
