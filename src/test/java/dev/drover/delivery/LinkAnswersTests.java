package dev.drover.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.outgoing.Answer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkAnswersTests {

    private static final URI SHOP = URI.create("https://shop.example/");

    @Test
    void asksForEachLinkAndPictureOnceAndForNothingElse() {
        assertThat(LinkAnswers.urls(mail("""
                <a href="https://shop.example/a?x=1&amp;y=2">A</a><a href=" HTTPS://shop.example/b ">B</a><a href="https://shop.example/a?x=1&amp;y=2">again</a>
                <a href="mailto:sam@shop.example">Mail</a><a href="#top">Up</a><a href="javascript:alert(1)">No</a><a>Nowhere</a>
                <img src="https://cdn.example/p.png"><img src="data:image/png;base64,AAAA"><table background="http://cdn.example/bg.png"></table>""")))
                .containsExactly("https://shop.example/a?x=1&y=2", "HTTPS://shop.example/b", "https://cdn.example/p.png", "http://cdn.example/bg.png");
    }

    @Test
    void findsLinksInATextWithoutWhatFollowsThem() {
        assertThat(LinkAnswers.urls(new MessageContent(null, null, null, "Go to https://shop.example/x?a=1. Or (https://shop.example/y)!", Map.of())))
                .containsExactly("https://shop.example/x?a=1", "https://shop.example/y");
    }

    @ParameterizedTest
    @CsvSource({"200, ok", "204, ok", "404, dead", "410, dead", "500, dead", "301, dead", "403, unsure", "429, unsure", "503, unsure"})
    void saysWhatAnAnswerMeans(int status, String state) {
        assertThat(LinkAnswers.verdict("https://shop.example/", new Answer(status, SHOP, List.of(), Map.of(), "", false)).state()).isEqualTo(state);
    }

    @Test
    void tellsWhereALinkLeadsOnTo() {
        var moved = LinkAnswers.verdict("http://shop.example/", new Answer(200, SHOP, List.of(SHOP), Map.of(), "", false));
        assertThat(moved.state()).isEqualTo("moved");
        assertThat(moved.words()).contains("https://shop.example/");
    }

    private static MessageContent mail(String html) {
        return new MessageContent("Hello", null, html, "Hello https://text.example", Map.of());
    }
}
