package dev.drover.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.kernel.Problem;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecurrenceTests {

    private static final ZoneId AMSTERDAM = ZoneId.of("Europe/Amsterdam");

    @Test
    void comesOnItsDaysAtItsTimeWhateverTheOffsetIsThen() {
        var mondays = new Recurrence(List.of(DayOfWeek.MONDAY), LocalTime.of(9, 0), AMSTERDAM, null);
        assertThat(mondays.next(Instant.parse("2026-10-19T07:00:00Z"))).as("09:00 in summer; that very moment is not to come").contains(Instant.parse("2026-10-26T08:00:00Z"));
        assertThat(mondays.next(Instant.parse("2026-10-19T06:59:59Z"))).contains(Instant.parse("2026-10-19T07:00:00Z"));
        assertThat(mondays.next(Instant.parse("2026-10-26T08:00:00Z"))).as("winter").contains(Instant.parse("2026-11-02T08:00:00Z"));
    }

    @Test
    void anHourThatIsSkippedIsMadeGoodAndOneThatComesTwiceComesOnce() {
        var nights = new Recurrence(List.of(DayOfWeek.values()), LocalTime.of(2, 30), AMSTERDAM, null);
        // 28 March 2027, 02:00 → 03:00: as much later as the clocks go forward, 03:30 summer time.
        assertThat(nights.next(Instant.parse("2027-03-27T12:00:00Z"))).contains(Instant.parse("2027-03-28T01:30:00Z"));
        assertThat(nights.next(Instant.parse("2027-03-28T01:30:00Z"))).contains(Instant.parse("2027-03-29T00:30:00Z"));
        // 31 October 2027, 03:00 → 02:00: the first 02:30, and not the second.
        assertThat(nights.next(Instant.parse("2027-10-30T12:00:00Z"))).contains(Instant.parse("2027-10-31T00:30:00Z"));
        assertThat(nights.next(Instant.parse("2027-10-31T00:30:00Z"))).contains(Instant.parse("2027-11-01T01:30:00Z"));
    }

    @Test
    void endsWhereItIsToldTo() {
        var once = new Recurrence(List.of(DayOfWeek.FRIDAY), LocalTime.NOON, ZoneId.of("UTC"), Instant.parse("2026-12-05T00:00:00Z"));
        assertThat(once.next(Instant.parse("2026-12-03T00:00:00Z"))).contains(Instant.parse("2026-12-04T12:00:00Z"));
        assertThat(once.next(Instant.parse("2026-12-04T12:00:00Z"))).isEmpty();
    }

    @Test
    void aMomentThatIsSkippedIsRefusedAndOfOneThatComesTwiceTheFirstIsTaken() {
        assertThatThrownBy(() -> ScheduledTime.of("scheduledAt", "2027-03-28T02:30", "Europe/Amsterdam")).isInstanceOf(Problem.class)
                .hasMessage("There is no 02:30 in Europe/Amsterdam: the clocks go from 02:00 to 03:00 that night. Choose another hour.");
        assertThat(ScheduledTime.of("scheduledAt", "2027-10-31T02:30", "Europe/Amsterdam")).isEqualTo(Instant.parse("2027-10-31T00:30:00Z"));
        assertThat(ScheduledTime.of("scheduledAt", "2027-10-31T02:30:00+01:00", null)).isEqualTo(Instant.parse("2027-10-31T01:30:00Z"));
        assertThat(ScheduledTime.of("scheduledAt", "2027-06-01T09:00", null)).isEqualTo(Instant.parse("2027-06-01T09:00:00Z"));
        assertThat(ScheduledTime.earliest("scheduledAt", "2027-06-01T09:00")).isEqualTo(Instant.parse("2027-05-31T19:00:00Z"));
        assertThatThrownBy(() -> ScheduledTime.of("scheduledAt", "2027-06-01T09:00", "Europe/Nowhere")).hasMessageContaining("no time zone");
    }
}
