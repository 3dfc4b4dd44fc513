package dev.drover.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTests {

    @ParameterizedTest
    @ValueSource(strings = {"a@example.org", "a.b+c@sub.example.org", " A@EXAMPLE.ORG ", "o'neil@example.org", "{x}~y@example.org", "marie@bücher.example", "a@localhost", "..dots..@docomo.ne.jp"})
    void takesWhatServersTake(String address) {
        assertThat(EmailAddress.complaint(address)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "@example.org", "a@", "a@b", "a b@example.org", "a@example..org", "a@-example.org", "a@example.org\nBcc: x@example.org", "a\r\n@example.org",
        "a@example.org\u2028x@example.org", "a\u0000@example.org", "a@[127.0.0.1]", "<a@example.org>", "a@b@example.org", "a,b@example.org", "a@exam_ple.org", "(x)a@example.org"})
    void refusesWhatIsNone(String address) {
        assertThat(EmailAddress.complaint(address)).isEqualTo("is no e-mail address.");
    }

    @Test
    void refusesWhatFewServersTakeInClearWords() {
        assertThat(EmailAddress.complaint("jörg@example.org")).contains("SMTPUTF8");
        assertThat(EmailAddress.complaint("\"a b\"@example.org")).contains("in quotes");
        assertThat(EmailAddress.complaint("a".repeat(65) + "@example.org")).isNotNull();
        assertThat(EmailAddress.complaint("a@" + "b.".repeat(130) + "org")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"Marie@Bücher.Example, marie@xn--bcher-kva.example", " A@B.org , a@b.org", "x@例え.jp, x@xn--r8jz45g.jp", "no address, no address"})
    void keepsADomainInItsAsciiForm(String told, String kept) {
        assertThat(EmailAddress.normal(told)).isEqualTo(kept);
    }
}
