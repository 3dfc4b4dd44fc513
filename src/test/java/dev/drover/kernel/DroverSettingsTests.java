package dev.drover.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DroverSettingsTests {

    @Test
    void namesTheSettingThatIsWrong() {
        assertThatThrownBy(() -> settings(null, "sundial", null)).hasMessageContaining("DROVER_CLOCK").hasMessageContaining("sundial");
        assertThatThrownBy(() -> settings(null, null, "short")).hasMessageContaining("DROVER_SECRET").hasMessageContaining("32");
    }

    @Test
    void writesTheBaseUrlWithoutItsLastSlash() {
        assertThat(settings("https://shop.example/", null, null).baseUrl()).isEqualTo("https://shop.example");
    }

    @Test
    void resolvesTheHomeOnce() {
        assertThat(settings(null, null, null).home()).isAbsolute();
    }

    private static DroverSettings settings(@Nullable String baseUrl, @Nullable String clock, @Nullable String secret) {
        return new DroverSettings(Path.of("data"), baseUrl, clock, null, secret, Path.of("rules"), Path.of("workflows"));
    }
}
