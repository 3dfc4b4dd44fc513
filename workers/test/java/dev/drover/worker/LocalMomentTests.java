package dev.drover.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.kernel.Problem;
import java.time.ZonedDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tuesday, 24 November 2026, half past ten in Amsterdam. */
class LocalMomentTests {

    private static final ZonedDateTime NOW = ZonedDateTime.parse("2026-11-24T10:30+01:00[Europe/Amsterdam]");

    @ParameterizedTest
    @CsvSource({
            ",, 18:00, 2026-11-24T18:00+01:00",
            ",, 09:00, 2026-11-25T09:00+01:00",
            ",, , 2026-11-24T10:30+01:00",
            ", tuesday, 18:00, 2026-11-24T18:00+01:00",
            ", tuesday, 09:00, 2026-12-01T09:00+01:00",
            ", tuesday, , 2026-11-24T10:30+01:00",
            ", Friday, , 2026-11-27T00:00+01:00",
            ", 'saturday, sunday', 10:00, 2026-11-28T10:00+01:00",
            ", workday, 09:00, 2026-11-25T09:00+01:00",
            "2026-12-24, , 18:00, 2026-12-24T18:00+01:00",
            "2026-11-01, , 09:00, 2026-11-01T09:00+01:00",
            "12-24, , , 2026-12-24T00:00+01:00",
            "11-24, , 09:00, 2027-11-24T09:00+01:00",
            "--02-29, , 09:00, 2027-02-28T09:00+01:00",
            "2027-03-28, , 02:30, 2027-03-28T03:30+02:00",
            "2027-10-31, , 02:30, 2027-10-31T02:30+02:00"})
    void findsTheNextSuchMoment(String date, String weekday, String time, String moment) {
        assertThat(LocalMoment.of(date, weekday, time).next(NOW).toOffsetDateTime()).hasToString(moment);
    }

    @ParameterizedTest
    @CsvSource({"24.12.2026,,", "13-40,,", ",someday,", ",,9 o'clock"})
    void saysWhatItCantRead(String date, String weekday, String time) {
        assertThatThrownBy(() -> LocalMoment.of(date, weekday, time)).isInstanceOf(Problem.class).hasMessageContaining("such as");
    }
}
