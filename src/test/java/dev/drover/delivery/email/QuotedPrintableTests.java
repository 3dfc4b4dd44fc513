package dev.drover.delivery.email;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuotedPrintableTests {

    @Test
    void whatTheRfcSays() {
        assertThat(encoded("a=b")).isEqualTo("a=3Db");
        assertThat(encoded("Käse")).isEqualTo("K=C3=A4se");
        assertThat(encoded("one \ntwo\t\r\nthree ")).isEqualTo("one=20\r\ntwo=09\r\nthree=20");
        assertThat(encoded("one\rtwo\n\rthree")).isEqualTo("one\r\ntwo\r\n\r\nthree");
        assertThat(encoded("\u0000\u007f")).isEqualTo("=00=7F");
        assertThat(encoded("")).isEmpty();
        assertThat(encoded("x".repeat(76))).as("the sign of a soft break is within the 76").isEqualTo("x".repeat(75) + "=\r\nx");
        assertThat(encoded("x".repeat(74) + "=")).as("an encoded byte is never torn").isEqualTo("x".repeat(74) + "=\r\n=3D");
    }

    @Test
    void anyTextComesBackAndNoLineIsTooLong() throws Exception {
        var random = new Random(20_260_301);
        String letters = "aZ09 =\t.<>\"äé–🧀\u0000\r\n";
        for (int round = 0; round < 2_000; round++) {
            var text = new StringBuilder();
            random.ints(random.nextInt(400), 0, letters.length()).forEach(n -> text.append(letters.charAt(n)));
            String whole = new String(text.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
            String encoded = encoded(whole);
            assertThat(encoded.split("\r\n", -1)).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(76).matches("[ -~\t]*").doesNotMatch(".*[ \t]"));
            var decoded = MimeUtility.decode(new ByteArrayInputStream(encoded.getBytes(StandardCharsets.US_ASCII)), "quoted-printable").readAllBytes();
            assertThat(new String(decoded, StandardCharsets.UTF_8)).isEqualTo(whole.replaceAll("\r\n|\r|\n", "\r\n"));
        }
    }

    private static String encoded(String text) {
        return new String(QuotedPrintable.of(text), StandardCharsets.US_ASCII);
    }
}
