package dev.drover.cart;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code drover.cart.*}.
 *
 * @param idleAfter  a cart that hasn't changed for so long is abandoned
 * @param pause      so long after one recovery began no other begins for the same customer
 * @param expireAfter so long after it was abandoned a cart counts as lost
 */
@ConfigurationProperties("drover.cart")
record CartSettings(@DefaultValue("PT30M") Duration idleAfter, @DefaultValue("P7D") Duration pause, @DefaultValue("P30D") Duration expireAfter) {

    CartSettings {
        if (idleAfter.isNegative() || idleAfter.isZero()) {
            throw new IllegalArgumentException("DROVER_CART_IDLE_AFTER is '%s': use more than nothing, such as PT30M.".formatted(idleAfter));
        }
    }
}
