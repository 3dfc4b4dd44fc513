package dev.drover.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WaitsTests {

    @Test
    void saysTheTwoLargestUnitsThatMatter() {
        assertThat(Waits.words(Duration.ofMillis(20))).isEqualTo("under 1 s");
        assertThat(Waits.words(Duration.ofSeconds(59))).isEqualTo("59 s");
        assertThat(Waits.words(Duration.ofMinutes(5))).isEqualTo("5 min");
        assertThat(Waits.words(Duration.ofMinutes(150))).isEqualTo("2 h 30 min");
        assertThat(Waits.words(Duration.ofHours(72))).isEqualTo("3 d");
        assertThat(Waits.words(Duration.ofHours(76))).isEqualTo("3 d 4 h");
    }
}
