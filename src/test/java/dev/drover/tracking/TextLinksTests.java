package dev.drover.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextLinksTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "See https://a.example/x.  | See NEW.",
        "Look (https://a.example/x) | Look (NEW)",
        "<https://a.example/x>, or  | <NEW>, or",
        "HTTPS://a.example/x!       | NEW!",
        "https://a.example/_(b)_    | NEW",
        "mailto:sam@a.example       | mailto:sam@a.example",
        "ftp://a.example/           | ftp://a.example/",
        "www.a.example              | www.a.example",
        "nothing                    | nothing"})
    void linksAreFoundInWords(String before, String after) {
        assertThat(new TextLinks(before).with(url -> "NEW")).isEqualTo(after);
    }

    @Test
    void aLinkEndsBeforeWhatFollowsIt() {
        assertThat(new TextLinks("Go (https://a.example/a_(b)?x=1&y=2#z).").urls()).containsExactly("https://a.example/a_(b)?x=1&y=2#z");
    }

    @Test
    void manyBracketsAreReadAtOnce() {
        String text = "https://a.example/" + "(".repeat(100_000) + ")".repeat(400_000);
        assertThat(new TextLinks(text).urls().getFirst()).hasSize("https://a.example/".length() + 200_000);
    }

    @Test
    void whatIsntExchangedStays() {
        assertThat(new TextLinks("https://a.example/$1\\ or https://b.example").with(url -> url.contains("b.example") ? "$NEW\\" : null))
                .isEqualTo("https://a.example/$1\\ or $NEW\\");
    }
}
