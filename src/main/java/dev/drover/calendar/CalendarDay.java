package dev.drover.calendar;

import dev.drover.campaign.Collisions.Collision;
import dev.drover.campaign.PlannedSend;
import dev.drover.journey.JourneyVolumes.Volume;
import java.time.LocalDate;
import java.util.List;

/**
 * A day of the calendar.
 *
 * @param sends    in the order they begin
 * @param journeys the most messages first
 * @param loads    by channel; none for a day that is past
 */
record CalendarDay(LocalDate date, List<PlannedSend> sends, List<Volume> journeys, List<DayLoad> loads, List<Collision> collisions) {

    boolean empty() {
        return sends.isEmpty() && journeys.isEmpty();
    }

    boolean over() {
        return loads.stream().anyMatch(DayLoad::tight);
    }
}
