package dev.drover.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class UnsubscribeWaysTests {

    @Test
    void oneClickIsAlwaysThereAndAMailWhereSomebodyReadsIt() {
        assertThat(new UnsubscribeWays("", "").header("https://shop.example/u/abc_-1")).isEqualTo("<https://shop.example/u/abc_-1>");
        assertThat(new UnsubscribeWays("out@shop.example", "").header("https://shop.example/u/abc")).isEqualTo("<https://shop.example/u/abc>");
        assertThat(new UnsubscribeWays("out@shop.example", "imap.shop.example").header("https://shop.example/u/abc_-1"))
                .isEqualTo("<https://shop.example/u/abc_-1>, <mailto:out@shop.example?subject=unsubscribe%20abc_-1>");
    }

    @Test
    void addressThatIsNoneStopsTheStart() {
        for (String address : new String[] {"nobody", "a@b>,<mailto:c@d", "a@b?subject=x", "a@b\r\nBcc: c@d"}) {
            assertThatThrownBy(() -> new UnsubscribeWays(address, "imap.shop.example")).as(address).hasMessageContaining("DROVER_UNSUBSCRIBE_ADDRESS");
        }
    }
}
