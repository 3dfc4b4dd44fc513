package dev.drover.audience;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DayChartTests {

    @Test
    void endsAtANumberWhoseHalfIsRoundToo() {
        assertThat(List.of(0L, 1L, 3L, 7L, 11L, 41L, 100L, 101L, 90_001L).stream().map(DayChart::roundUp)).containsExactly(2L, 2L, 4L, 10L, 20L, 100L, 100L, 200L, 100_000L);
    }
}
