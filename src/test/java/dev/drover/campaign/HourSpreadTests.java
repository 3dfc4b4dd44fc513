package dev.drover.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.campaign.HourSpread.Hour;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of the hours that a run's messages leave at. */
class HourSpreadTests {

    @Test
    void saysWhatTheHoursRestOn() {
        assertThat(HourSpread.words(List.of(new Hour(9, 0, 4)))).isEqualTo("An estimate, by everybody’s habits alone.");
        assertThat(HourSpread.words(List.of(new Hour(9, 3, 0), new Hour(18, 1, 0)))).isEqualTo("An estimate, by when each of them opened or clicked before.");
        assertThat(HourSpread.words(List.of(new Hour(9, 3, 1_200), new Hour(18, 1, 0))))
                .isEqualTo("An estimate: for 4 by when they opened or clicked before, for 1,200 by everybody’s habits alone.");
    }

    @Test
    void aBarIsAsLongAsItsShareOfTheLongest() {
        assertThat(HourSpread.shown(List.of(new Hour(9, 3, 1), new Hour(18, 0, 1)))).extracting(HourSpread.Shows::hour, HourSpread.Shows::share)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("09:00", "100.00"), org.assertj.core.groups.Tuple.tuple("18:00", "25.00"));
    }
}
