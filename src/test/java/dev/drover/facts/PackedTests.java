package dev.drover.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.ruleset.fact.Moments;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The bytes are PostgreSQL's own, as {@code SELECT encode(array_send(…), 'hex')} shows them. */
class PackedTests {

    @Test
    void readsAMoment() {
        assertThat(Packed.moment(hex("0000000000000000"))).isEqualTo(Instant.parse("2000-01-01T00:00:00Z").toEpochMilli());
        assertThat(Packed.moment(hex("ffffffffffffffff"))).as("a microsecond before").isEqualTo(Instant.parse("1999-12-31T23:59:59.999Z").toEpochMilli());
        assertThat(Packed.moment(null)).isEqualTo(Moments.NEVER);
    }

    @Test
    void readsNumbers() {
        assertThat(Packed.longs(hex("00000001000000000000001400000002000000010000000800000000000000070000000880000000000000" + "00"))).containsExactly(7, Moments.NEVER);
        assertThat(Packed.ints(hex("0000000100000000000000170000000200000001000000040000000300000004ffffffff"))).containsExactly(3, -1);
        assertThat(Packed.booleans(hex("0000000100000000000000100000000200000001000000010100000001" + "00"))).containsExactly(true, false);
    }

    @Test
    void readsTexts() {
        assertThat(Packed.texts(hex("00000001000000000000001900000002000000010000000663686565736500000005" + "636166c3a9"))).containsExactly("cheese", "café");
    }

    @Test
    void readsNothing() {
        byte[] empty = hex("000000000000000000000014");
        assertThat(Packed.longs(empty)).isEmpty();
        assertThat(Packed.texts(empty)).isEmpty();
        assertThat(Packed.ints(null)).isEmpty();
        assertThat(Packed.booleans(null)).isEmpty();
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
