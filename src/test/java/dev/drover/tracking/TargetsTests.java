package dev.drover.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetsTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "https://a.example                    | https://a.example",
        "HTTPS://A.example/x                  | https://A.example/x",
        "https://a.example/käse und brot?q=ß  | https://a.example/k%C3%A4se%20und%20brot?q=%C3%9F",
        "https://käse.example/                | https://xn--kse-qla.example/",
        "https://a.example/100%?x=%2F         | https://a.example/100%25?x=%2F",
        "https://a.example/?f[]=1&g={a^b}     | https://a.example/?f%5B%5D=1&g=%7Ba%5Eb%7D",
        "https://a.example/#a#b               | https://a.example/#a%23b"})
    void anAddressIsPutAsABrowserWould(String link, String target) {
        assertThat(Targets.clean(link)).contains(target);
    }

    @Test
    void aLineBreakIsNoHeader() {
        assertThat(Targets.clean(" https://a.example/x\r\nSet-Cookie: a=b\t")).contains("https://a.example/xSet-Cookie:%20a=b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "data:text/html,x", "mailto:a@b.example", "tel:+31", "#below", "/shop", "//a.example/", "ftp://a.example/", "https://",
        "https:///x", "https:\\\\a.example", "https://a.example\\@b.example", "https://a b.example/", "java\nscript:https://a.example", "vbscript:x", "", "https://[::1"})
    void whatIsNoWebAddressIsNeitherTrackedNorStored(String link) {
        assertThat(Targets.clean(link)).isEmpty();
    }

    @Test
    void whatIsTooLongIsLeftAlone() {
        assertThat(Targets.clean("https://a.example/" + "x".repeat(4_000))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "https://s.example              | https://s.example?utm_source=drover&utm_medium=email&utm_campaign=win+back",
        "https://s.example/a?b=1#c      | https://s.example/a?b=1&utm_source=drover&utm_medium=email&utm_campaign=win+back#c",
        "https://s.example/?            | https://s.example/?utm_source=drover&utm_medium=email&utm_campaign=win+back",
        "https://s.example/?utm_source=x&utm_medium=y&utm_campaign=z | https://s.example/?utm_source=x&utm_medium=y&utm_campaign=z",
        "https://s.example/?xutm_source=x&utm_medium=y | https://s.example/?xutm_source=x&utm_medium=y&utm_source=drover&utm_campaign=win+back"})
    void theShopHearsWhereAVisitorComesFromUnlessTheAuthorSaysSo(String link, String target) {
        assertThat(Targets.withOrigin(link, "win back")).isEqualTo(target);
    }
}
