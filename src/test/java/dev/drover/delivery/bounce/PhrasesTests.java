package dev.drover.delivery.bounce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PhrasesTests {

    @Test
    void everyPhraseCanBeFound() {
        assertThat(Phrases.SHIPPED.all()).allSatisfy(phrase -> {
            String text = Phrases.normal("so " + phrase.getValue().replace("*", "x") + " it is");
            assertThat(Phrases.SHIPPED.plain(text).or(() -> Phrases.SHIPPED.other(text))).as(phrase.getValue()).isPresent();
        });
    }

    @Test
    void firstPhraseOfTableDecides() {
        var phrases = Phrases.parse("[!mailboxfull]\nbox is full\n[!blocked]\nis full of bots | box");
        assertThat(phrases.plain("the box is full of bots")).contains(Reason.MAILBOXFULL);
        assertThat(phrases.plain("another box")).contains(Reason.BLOCKED);
    }

    @Test
    void starIsAGap() {
        var phrases = Phrases.parse("[userunknown]\nuser * unknown");
        assertThat(phrases.other("user @ is unknown")).contains(Reason.USERUNKNOWN);
        assertThat(phrases.other("user " + "x".repeat(200) + " unknown")).isEmpty();
        assertThat(phrases.other("unknown user")).isEmpty();
    }

    @Test
    void phraseBeginsWithAWord() {
        var phrases = Phrases.parse("[blocked]\nrbl");
        assertThat(phrases.other("listed in an rbl")).contains(Reason.BLOCKED);
        assertThat(phrases.other("marble")).isEmpty();
    }

    @Test
    void textIsMadeComparable() {
        assertThat(Phrases.normal("550-5.7.26 This  mail\n550-5.7.26 to <Marie@Example.org> isn\u2019t\r\n550 5.7.26 wanted")).isEqualTo("this mail to <@> isn't wanted");
        assertThat(Phrases.normal("550 : User unknown")).isEqualTo("nameless: user unknown");
    }

    @Test
    void reasonThatIsNoneIsNamed() {
        assertThatThrownBy(() -> Phrases.parse("[bogus]\nx")).hasMessageContaining("bogus");
    }
}
