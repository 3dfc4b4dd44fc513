package dev.drover.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedTokensTests {

    private final SignedTokens tokens = new SignedTokens("a secret of at least thirty-two characters");

    @Test
    void givesThePayloadBack() {
        assertThat(tokens.verify("cart", tokens.sign("cart", "c-1 ü"))).contains("c-1 ü");
    }

    @Test
    void isGoodForItsPurposeOnly() {
        assertThat(tokens.verify("unsubscribe", tokens.sign("cart", "42"))).isEmpty();
    }

    @Test
    void isGoodForItsInstallationOnly() {
        var other = new SignedTokens("another secret of thirty-two characters");
        assertThat(other.verify("cart", tokens.sign("cart", "42"))).isEmpty();
    }

    @Test
    void refusesAChangeOfAnySingleBit() {
        byte[] token = Base64.getUrlDecoder().decode(tokens.sign("cart", "customer 1"));
        for (int bit = 0; bit < token.length * 8; bit++) {
            byte[] changed = token.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(tokens.verify("cart", Base64.getUrlEncoder().withoutPadding().encodeToString(changed))).as("bit %d", bit).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "not base64 !", "../../etc/passwd", "AAAAAAAAAAAAAAAAAAAAAA"})
    void refusesWhatIsNoToken(String text) {
        assertThat(tokens.verify("cart", text)).isEmpty();
    }
}
