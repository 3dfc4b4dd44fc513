package dev.drover.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.testing.IntegrationTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
class TimeMachineIntegrationTests {

    @Autowired
    TimeMachine machine;

    @Autowired
    PlatformClock clock;

    @Autowired
    JdbcClient jdbc;

    @Test
    void movesTheClockAndRemembersHowFar() {
        var before = clock.offset();
        machine.advance(Duration.ofMinutes(5));
        assertThat(clock.offset()).isEqualTo(before.plusMinutes(5));
        assertThat(jdbc.sql("SELECT clock_offset_ms FROM installation").query(Long.class).single()).isEqualTo(clock.offset().toMillis());
    }

    @Test
    void remembersTheSameWhenItIsMovedByPartsOfAMillisecond() {
        var before = clock.offset();
        machine.advance(Duration.ofNanos(700_000));
        machine.travelTo(clock.instant().plusNanos(123_456_789));
        assertThat(clock.offset()).isGreaterThanOrEqualTo(before.plusMillis(2)).isEqualTo(Duration.ofMillis(clock.offset().toMillis()));
        assertThat(jdbc.sql("SELECT clock_offset_ms FROM installation").query(Long.class).single()).isEqualTo(clock.offset().toMillis());
    }

    @Test
    void goesForwardOnly() {
        assertThatThrownBy(() -> machine.advance(Duration.ofHours(-1))).isInstanceOf(Problem.class).hasMessageContaining("forward");
        assertThatThrownBy(() -> machine.advance(Duration.ZERO)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> machine.advance(Duration.ofDays(4_000))).isInstanceOf(Problem.class);
    }
}
