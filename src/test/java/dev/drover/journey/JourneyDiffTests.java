package dev.drover.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class JourneyDiffTests {

    private static final Path WELCOME = Path.of("workflows/journeys/welcome.bpmn");

    @Test
    void whereThingsAreDrawnIsNoDifference() throws Exception {
        String xml = Files.readString(WELCOME);
        assertThat(JourneyDiff.between(BpmnReader.read(xml), BpmnReader.read(xml.replace("x=\"160\"", "x=\"10\"")))).isEmpty();
    }

    @Test
    void saysInWordsWhatCameWentAndChanged() throws Exception {
        String xml = Files.readString(WELCOME);
        String other = xml.replace("<bpmn:timeDuration xsi:type=\"bpmn:tFormalExpression\">P2D<", "<bpmn:timeDuration xsi:type=\"bpmn:tFormalExpression\">P3D<")
                .replace("source=\"welcome-3\"", "source=\"welcome-4\"").replace("\"welcomed\"", "\"greeted\"").replace("to_welcomed_from_welcome_3", "to_greeted")
                .replace(">=inSegment = true<", ">=inSegment = false<");
        var changes = JourneyDiff.between(BpmnReader.read(xml), BpmnReader.read(other));
        assertThat(changes).filteredOn(change -> change.kind() == JourneyDiff.Kind.ADDED).extracting(JourneyDiff.Change::elementId).containsExactlyInAnyOrder("greeted", "to_greeted");
        assertThat(changes).filteredOn(change -> change.kind() == JourneyDiff.Kind.REMOVED).extracting(JourneyDiff.Change::elementId)
                .containsExactlyInAnyOrder("welcomed", "to_welcomed_from_welcome_3");
        assertThat(changes).filteredOn(change -> change.kind() == JourneyDiff.Kind.CHANGED).extracting(JourneyDiff.Change::elementId, change -> change.words().getFirst())
                .containsExactlyInAnyOrder(org.assertj.core.groups.Tuple.tuple("wait_1", "Waits: “P3D”, was “P2D”"),
                        org.assertj.core.groups.Tuple.tuple("welcome_3", "Input template: “welcome-4”, was “welcome-3”"),
                        org.assertj.core.groups.Tuple.tuple("is_regular", "When: “=inSegment = false”, was “=inSegment = true”"));
    }
}
