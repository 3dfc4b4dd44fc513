package dev.drover.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GivingWayTests {

    private long now = 5;
    private final GivingWay way = new GivingWay(() -> now);

    @Test
    void nobodyWaitsWhereNothingIsWritten() {
        assertThat(way.mayTake()).isTrue();
        assertThat(way.mayTake()).isTrue();
        assertThat(way.whileWriting(GivingWay.MANY - 1, () -> {
            assertThat(way.mayTake()).isTrue();
            return 3;
        })).isEqualTo(3);
        assertThat(way.mayTake()).isTrue();
    }

    @Test
    void whileManyAreWrittenASetIsTakenAndThenABreath() {
        assertThat(way.whileWriting(GivingWay.MANY, () -> {
            pass(GivingWay.BETWEEN.multipliedBy(3));
            assertThat(way.mayTake()).isTrue();
            assertThat(way.mayTake()).isFalse();
            pass(GivingWay.BREATH);
            assertThat(way.mayTake()).isTrue();
            return GivingWay.MANY;
        })).isEqualTo(GivingWay.MANY);
    }

    @Test
    void betweenTwoSetsThatAreWrittenTheBreathsGoOn() {
        way.whileWriting(GivingWay.MANY, () -> 0);
        assertThat(way.mayTake()).isTrue();
        pass(GivingWay.BREATH.dividedBy(2));
        assertThat(way.mayTake()).isFalse();
        pass(GivingWay.BETWEEN);
        assertThat(way.mayTake()).isTrue();
        assertThat(way.mayTake()).isTrue();
    }

    @Test
    void whoFailsToWriteIsntWaitedForAnyLonger() {
        assertThatThrownBy(() -> way.whileWriting(GivingWay.MANY, () -> {
            throw new IllegalStateException("the database is gone");
        })).hasMessage("the database is gone");
        pass(GivingWay.BETWEEN);
        assertThat(way.mayTake()).isTrue();
        assertThat(way.mayTake()).isTrue();
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
