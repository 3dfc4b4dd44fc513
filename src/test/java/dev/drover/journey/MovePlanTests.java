package dev.drover.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.journey.Journeys.Journey;
import dev.drover.journey.MovePlan.Place;
import dev.drover.journey.MovePlan.Way;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MovePlanTests {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final List<Place> AT_TIMER = List.of(new Place("waits", "INTERMEDIATE_CATCH_EVENT"));
    private static final List<Place> AT_TASK = List.of(new Place("first", "SERVICE_TASK"));

    private final TriedJourney old = TriedJourney.of("j", "task first", "wait waits P3D");
    private final TriedJourney fresh = TriedJourney.of("j", "task first", "wait waits P5D", "task second");

    @Test
    void theEngineMigratesWhoStandsAtAServiceTask() {
        assertThat(plan(old, fresh, Map.of()).verdict(AT_TASK, false, true, false).way()).isEqualTo(Way.MIGRATED);
    }

    @Test
    void whoStandsAtATimerIsTakenOver() {
        var verdict = plan(old, fresh, Map.of()).verdict(AT_TIMER, false, true, false);
        assertThat(verdict.way()).isEqualTo(Way.TAKEN_OVER);
        assertThat(verdict.to()).isEqualTo("waits");
    }

    @Test
    void anEventSubProcessIsBeyondTheEngineSoWhoeverIsStuckIsTakenOverAndWhoIsBusyComesLater() {
        var plan = plan(old.stopping(), fresh, Map.of());
        assertThat(plan.verdict(AT_TASK, true, true, false).way()).isEqualTo(Way.TAKEN_OVER);
        assertThat(plan.verdict(AT_TASK, false, true, false).way()).isEqualTo(Way.LATER);
        assertThat(plan.verdict(List.of(), false, true, false).way()).isEqualTo(Way.LATER);
    }

    @Test
    void whoCannotBeMovedIsToldWhy() {
        var plan = plan(old, fresh, Map.of());
        assertThat(plan.verdict(List.of(new Place("waits", "INTERMEDIATE_CATCH_EVENT"), new Place("first", "SERVICE_TASK")), false, true, false).reason()).contains("2 steps at once");
        assertThat(plan.verdict(List.of(new Place("inner", "SUB_PROCESS"), new Place("waits", "INTERMEDIATE_CATCH_EVENT")), false, true, false).reason()).contains("inside a part");
        assertThat(plan.verdict(AT_TIMER, false, false, false).reason()).contains("nobody knows");
        assertThat(plan.verdict(AT_TIMER, false, true, true).reason()).contains("twice");
        assertThat(MovePlan.of(journey(old, 1), journey(fresh, 2), Map.of(), true).verdict(AT_TIMER, false, true, false).reason()).contains("before customers could be moved");
        assertThat(plan(old, TriedJourney.of("j", "task other"), Map.of()).verdict(AT_TIMER, false, true, false).reason()).contains("no such step");
        assertThat(plan(old, fresh, Map.of("waits", "")).verdict(AT_TIMER, false, true, false).way()).isEqualTo(Way.STAYS);
        assertThat(plan(old, fresh, Map.of("waits", "begun")).verdict(AT_TIMER, false, true, false).reason()).contains("set down");
        assertThat(plan(old, fresh, Map.of("waits", "second")).verdict(AT_TIMER, false, true, false).to()).isEqualTo("second");
    }

    @Test
    void whatWasWaitedCounts() {
        Instant since = NOON.minus(Duration.ofDays(2));
        var plan = plan(old, fresh, Map.of());
        assertThat(plan.until("waits", "waits", since, since.plus(Duration.ofDays(3)), NOON)).isEqualTo(since.plus(Duration.ofDays(5)));
        assertThat(plan(fresh, old, Map.of()).until("waits", "waits", since.minus(Duration.ofDays(2)), NOON.plus(Duration.ofDays(1)), NOON)).isEqualTo(NOON.plusSeconds(60));
        assertThat(plan.beginsAnew("waits", "waits")).isFalse();
        var calculated = TriedJourney.of("j", "wait waits =long");
        assertThat(plan(old, calculated, Map.of()).beginsAnew("waits", "waits")).isTrue();
        assertThat(plan(calculated, calculated, Map.of()).until("waits", "waits", since, NOON.plusSeconds(600), NOON)).isEqualTo(NOON.plusSeconds(600));
        assertThat(plan.until("waits", "second", since, NOON, NOON)).isNull();
        assertThat(plan.beginsAnew("waits", "second")).isFalse();
    }

    @Test
    void theEngineGetsACrossingThatTheAuthorDoesNotSee() {
        var model = JourneyModel.of(BpmnReader.read(old.xml()));
        String xml = model.forEngine();
        assertThat(xml).contains("id=\"drover-crossing\"", "name=\"#crossing:j\"", "name=\"j.begun#start:j\"", "crossing.to = \"waits\"", "else \"P3D\"");
        assertThat(old.xml()).doesNotContain("crossing");
        assertThat(model.startsOn()).containsExactly("j.begun");
    }

    private static MovePlan plan(TriedJourney from, TriedJourney to, Map<String, String> wished) {
        return MovePlan.of(journey(from, 1), journey(to, 2), wished, false);
    }

    private static Journey journey(TriedJourney tried, int version) {
        return new Journey("j", "J", version, tried.xml(), List.of(), List.of(), List.of(), NOON);
    }
}
