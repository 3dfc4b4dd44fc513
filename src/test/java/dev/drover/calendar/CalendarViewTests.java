package dev.drover.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.kernel.Problem;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class CalendarViewTests {

    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final LocalDate DAY = LocalDate.parse("2026-12-15");

    @Test
    void aMonthIsWholeWeeksAndTurnsByTheMonth() {
        var month = CalendarView.of(null, LocalDate.parse("2027-01-31"), ZoneId.of("Europe/Amsterdam"), DAY);
        assertThat(month.first()).isEqualTo("2026-12-28");
        assertThat(month.last()).isEqualTo("2027-01-31");
        assertThat(month.later().from()).isEqualTo("2027-02-01");
        assertThat(month.earlier().from()).isEqualTo("2026-12-01");
        assertThat(month.title()).isEqualTo("January 2027");
        assertThat(month.url()).isEqualTo("/calendar?view=month&from=2027-01-31&zone=Europe/Amsterdam");
    }

    @Test
    void aWeekBeginsOnMondayAndAListToday() {
        var week = CalendarView.of("week", LocalDate.parse("2027-01-01"), UTC, DAY);
        assertThat(week.first()).isEqualTo("2026-12-28");
        assertThat(week.title()).isEqualTo("28 Dec 2026 – 3 Jan 2027");
        var list = CalendarView.of("list", null, UTC, DAY);
        assertThat(list.first()).isEqualTo(DAY);
        assertThat(list.later().first()).isEqualTo(list.last().plusDays(1));
    }

    @Test
    void whatIsNoneIsRefusedAtItsField() {
        assertThatThrownBy(() -> CalendarView.of("year", DAY, UTC, DAY)).isInstanceOf(Problem.class).hasMessageContaining("month, week or list");
        assertThatThrownBy(() -> CalendarView.of("list", LocalDate.MAX, UTC, DAY)).isInstanceOf(Problem.class).hasMessageContaining("2000 to 2200");
        assertThatThrownBy(() -> CalendarView.zone("zone", "Mars/Olympus", UTC)).isInstanceOf(Problem.class).hasMessageContaining("no time zone");
    }
}
