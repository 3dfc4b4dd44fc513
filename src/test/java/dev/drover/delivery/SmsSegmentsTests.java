package dev.drover.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.delivery.SmsSegments.Encoding;
import org.junit.jupiter.api.Test;

class SmsSegmentsTests {

    @Test
    void plainTextHas160CharactersThen153() {
        assertThat(SmsSegments.of("a".repeat(160))).isEqualTo(new SmsSegments(Encoding.GSM_7, 160, 1));
        assertThat(SmsSegments.of("a".repeat(161))).isEqualTo(new SmsSegments(Encoding.GSM_7, 161, 2));
        assertThat(SmsSegments.of("a".repeat(306)).count()).isEqualTo(2);
        assertThat(SmsSegments.of("a".repeat(307)).count()).isEqualTo(3);
        assertThat(SmsSegments.of("")).isEqualTo(new SmsSegments(Encoding.GSM_7, 0, 1));
    }

    @Test
    void theWholeGsmAlphabetIsPlain() {
        assertThat(SmsSegments.of("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCXYZÄÖÑÜ§¿abcxyzäöñüà").encoding()).isEqualTo(Encoding.GSM_7);
        for (String not : new String[] {"ç", "Á", "ê", "`", "\t", "’", "–", "…", "\u00a0", "\uD83D\uDC04"}) {
            assertThat(SmsSegments.of(not).encoding()).as(not).isEqualTo(Encoding.UCS_2);
        }
    }

    @Test
    void someCharactersCountTwice() {
        assertThat(SmsSegments.of("^{}\\[~]|€\f")).isEqualTo(new SmsSegments(Encoding.GSM_7, 20, 1));
        assertThat(SmsSegments.of("€".repeat(80))).isEqualTo(new SmsSegments(Encoding.GSM_7, 160, 1));
        assertThat(SmsSegments.of("€".repeat(81)).count()).isEqualTo(2);
    }

    @Test
    void anEscapeIsNotTornFromItsCharacter() {
        // 153 is odd: 76 euros leave one septet empty in each segment.
        assertThat(SmsSegments.of("€".repeat(153))).isEqualTo(new SmsSegments(Encoding.GSM_7, 306, 3));
        assertThat(SmsSegments.of("a".repeat(152) + "€" + "a".repeat(152))).isEqualTo(new SmsSegments(Encoding.GSM_7, 306, 3));
    }

    @Test
    void oneLetterOutsideTheAlphabetMakesAllOfItWide() {
        assertThat(SmsSegments.of("ç" + "a".repeat(69))).isEqualTo(new SmsSegments(Encoding.UCS_2, 70, 1));
        assertThat(SmsSegments.of("ç" + "a".repeat(70))).isEqualTo(new SmsSegments(Encoding.UCS_2, 71, 2));
        assertThat(SmsSegments.of("ç" + "a".repeat(133)).count()).isEqualTo(2);
        assertThat(SmsSegments.of("ç" + "a".repeat(134)).count()).isEqualTo(3);
    }

    @Test
    void anEmojiIsNotTornInHalf() {
        assertThat(SmsSegments.of("\uD83D\uDC04".repeat(35))).isEqualTo(new SmsSegments(Encoding.UCS_2, 70, 1));
        // 67 is odd: 33 cows to a segment.
        assertThat(SmsSegments.of("\uD83D\uDC04".repeat(67))).isEqualTo(new SmsSegments(Encoding.UCS_2, 134, 3));
    }
}
