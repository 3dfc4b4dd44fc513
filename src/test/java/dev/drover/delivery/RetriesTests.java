package dev.drover.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetriesTests {

    @Test
    void pausesGrowUpToTwoHours() {
        assertThat(IntStream.rangeClosed(1, 10).mapToObj(tries -> Retries.pauseAfter(tries, null).toSeconds()))
                .containsExactly(30L, 60L, 120L, 240L, 480L, 960L, 1_920L, 3_840L, 7_200L, 7_200L);
    }

    @Test
    void aProvidersWordGoesBeforeOurOwn() {
        assertThat(Retries.pauseAfter(1, Duration.ofSeconds(2))).isEqualTo(Duration.ofSeconds(2));
        assertThat(Retries.pauseAfter(3, Duration.ofMinutes(10))).isEqualTo(Duration.ofMinutes(10));
        assertThat(Retries.pauseAfter(7, Duration.ofHours(5))).isEqualTo(Duration.ofHours(5));
    }

    @Test
    void aShortWordSaidAgainAndAgainDoesntUseUpTheTries() {
        assertThat(IntStream.rangeClosed(1, 7).mapToObj(tries -> Retries.pauseAfter(tries, Duration.ofSeconds(1))).reduce(Duration.ZERO, Duration::plus))
                .isGreaterThan(Duration.ofHours(1));
    }

    @Test
    void noWordIsKeptLongerThanADay() {
        assertThat(Retries.pauseAfter(1, Duration.ofDays(400))).isEqualTo(Duration.ofDays(1));
    }
}
