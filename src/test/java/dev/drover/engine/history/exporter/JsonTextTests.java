package dev.drover.engine.history.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTextTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "\"c-1\" | c-1", "\"a \\\"b\\\" \\\\ c\" | a \"b\" \\ c", "\"\\u00fc\\u20ac\" | ü€", "\"Käse\" | Käse", "17 | 17", "\"\\/\" | /"})
    void readsAStringAsItWasMeant(String json, String text) {
        assertThat(JsonText.of(json)).isEqualTo(text);
    }
}
