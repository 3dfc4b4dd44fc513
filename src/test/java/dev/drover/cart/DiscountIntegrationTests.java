package dev.drover.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.cart.Discounts.Kind;
import dev.drover.cart.Discounts.Wanted;
import dev.drover.kernel.Problem;
import dev.drover.kernel.TimeMachine;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@IntegrationTest
class DiscountIntegrationTests {

    @LocalServerPort
    int port;

    @Autowired
    Discounts discounts;

    @Autowired
    TimeMachine time;

    @Test
    void theSameKeyGetsTheSameCode() {
        String key = UUID.randomUUID().toString();
        var codes = IntStream.range(0, 8).parallel().mapToObj(n -> discounts.create(wanted(key, "10")).code()).distinct().toList();
        assertThat(codes).singleElement().asString().matches("MOO-[2-9A-HJKMNP-Z]{8}");
    }

    @Test
    void isUsedOnceAndTheSameOrderMayAskAgain() throws Exception {
        String code = discounts.create(wanted(UUID.randomUUID().toString(), "10")).code();
        assertThat(redeem(code.toLowerCase(java.util.Locale.ROOT), "order-1")).isEqualTo(200);
        assertThat(redeem(code, "order-1")).isEqualTo(200);
        assertThat(redeem(code, "order-2")).isEqualTo(409);
        assertThat(discounts.usable(code)).isEmpty();
    }

    @Test
    void tellsUnknownFromExpired() throws Exception {
        assertThat(redeem("MOO-NEVER", "order-1")).isEqualTo(404);
        String code = discounts.create(wanted(UUID.randomUUID().toString(), "10")).code();
        time.advance(Duration.ofDays(8));
        assertThat(redeem(code, "order-1")).isEqualTo(410);
    }

    @Test
    void ofManyOrdersAtOnceOneGetsIt() {
        String code = discounts.create(wanted(UUID.randomUUID().toString(), "10")).code();
        long taken = IntStream.range(0, 16).parallel().filter(n -> {
            try {
                discounts.redeem(code, "order-" + n, null);
                return true;
            } catch (Problem used) {
                return false;
            }
        }).count();
        assertThat(taken).isEqualTo(1);
    }

    @Test
    void anOrderThatArrivesWithACodeHasUsedIt() throws Exception {
        String code = discounts.create(wanted(UUID.randomUUID().toString(), "10")).code();
        new Api("http://127.0.0.1:" + port, "test-token").postJson("/api/v1/orders", """
                {"externalId": "order-%s", "discountCode": "%s", "lines": [{"productId": "butter", "quantity": 1, "unitPrice": 4}]}"""
                .formatted(UUID.randomUUID(), code));
        Api.await("it is used", Duration.ofSeconds(20), () -> redeem(code, "another") == 409);
    }

    @Test
    void takesOffWhatItSaysAndNeverMoreThanThereIs() {
        var tenth = discounts.create(wanted(UUID.randomUUID().toString(), "10"));
        assertThat(tenth.reduce(new BigDecimal("19.99"))).isEqualByComparingTo("17.99");
        var five = discounts.create(new Wanted(UUID.randomUUID().toString(), Kind.FIXED, new BigDecimal("5"), "", Duration.ofDays(1), new BigDecimal("4"), null));
        assertThat(five.reduce(new BigDecimal("4.50"))).isEqualByComparingTo("0");
        assertThat(five.reduce(new BigDecimal("3.99"))).as("below the least").isEqualByComparingTo("3.99");
    }

    @Test
    void isForOrdersOfItsLeastValueAndStaysUnusedByASmallerOne() {
        String code = discounts.create(new Wanted(UUID.randomUUID().toString(), Kind.FIXED, BigDecimal.ONE, "", Duration.ofDays(1), new BigDecimal("25"), null)).code();
        assertThatThrownBy(() -> discounts.redeem(code, "small", new BigDecimal("24.99"))).isInstanceOf(Problem.class).hasMessageContaining("25");
        assertThat(discounts.redeem(code, "large", new BigDecimal("25")).minValue()).isEqualByComparingTo("25");
    }

    @Test
    void refusesNonsense() {
        assertThatThrownBy(() -> discounts.create(wanted("k1", "0"))).isInstanceOf(Problem.class).hasMessageContaining("more than 0");
        assertThatThrownBy(() -> discounts.create(wanted("k2", "101"))).isInstanceOf(Problem.class).hasMessageContaining("at most 100");
        assertThatThrownBy(() -> discounts.create(new Wanted("k3", Kind.FIXED, BigDecimal.ONE, "a b", Duration.ofDays(1), null, null)))
                .isInstanceOf(Problem.class).hasMessageContaining("prefix");
        assertThatThrownBy(() -> Discounts.kind("half")).isInstanceOf(Problem.class).hasMessageContaining("half");
    }

    private int redeem(String code, String order) throws Exception {
        return new Api("http://127.0.0.1:" + port, "test-token").send("POST", "/api/v1/discounts/" + code + "/redeem", "application/json", "{\"orderId\": \"" + order + "\"}")
                .statusCode();
    }

    private static Wanted wanted(String key, String value) {
        return new Wanted(key, Kind.PERCENTAGE, new BigDecimal(value), "MOO", Duration.ofDays(7), null, null);
    }
}
