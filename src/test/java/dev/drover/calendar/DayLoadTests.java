package dev.drover.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.delivery.throughput.DailyQuota;
import dev.drover.kernel.Channel;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DayLoadTests {

    @Test
    void sharesByWeightAndSaysWhatNobodyTakes() {
        var load = load(1_000, quota("a", 75, 800), quota("b", 25, 150));
        assertThat(load.shares()).extracting(DayLoad.Share::messages).containsExactly(800L, 150L);
        assertThat(load.most()).isEqualTo(950);
        assertThat(load.over()).isEqualTo(50);
        assertThat(load.tight()).isTrue();
    }

    @Test
    void whatOneHasNoRoomForGoesToTheOtherAndThenToWhoeverStandsBy() {
        var load = load(1_000, quota("a", 50, 100), quota("b", 50, 700), quota("spare", 0, 500));
        assertThat(load.shares()).extracting(DayLoad.Share::messages).containsExactly(100L, 700L, 200L);
        assertThat(load.over()).isZero();
        assertThat(load.shares().getFirst().full()).isTrue();
    }

    @Test
    void whoHasNoLimitIsNeverOver() {
        var load = load(5_000_000, quota("a", 100, null), quota("b", 0, 10));
        assertThat(load.most()).isNull();
        assertThat(load.over()).isZero();
        assertThat(load.shares()).extracting(DayLoad.Share::messages).containsExactly(5_000_000L, 0L);
    }

    @Test
    void aFewAmongManyGoWholeAndWithoutAProviderAllIsOver() {
        assertThat(load(1, quota("a", 1, 10), quota("b", 1, 10), quota("c", 1, 10)).shares().stream().mapToLong(DayLoad.Share::messages).sum()).isEqualTo(1);
        assertThat(load(7).over()).isEqualTo(7);
    }

    private static DayLoad load(long messages, DailyQuota... quotas) {
        return DayLoad.of(Channel.EMAIL, messages, List.of(quotas));
    }

    private static DailyQuota quota(String provider, int weight, @Nullable Integer most) {
        return new DailyQuota(provider, provider, Channel.EMAIL, weight, 1, most, false);
    }
}
