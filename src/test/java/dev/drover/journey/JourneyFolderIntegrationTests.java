package dev.drover.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.engine.EngineHistory;
import dev.drover.engine.EngineLive;
import dev.drover.journey.ShippedJourneys.Refused;
import dev.drover.kernel.DroverSettings;
import dev.drover.kernel.PlatformClock;
import dev.drover.testing.IntegrationTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.servlet.ViewResolver;

/** A folder in which some files are wrong: told with their file, and the others run. */
@IntegrationTest
class JourneyFolderIntegrationTests {

    @TempDir
    Path workflows;
    @Autowired
    Journeys journeys;
    @Autowired
    EventPublisher publisher;
    @Autowired
    EngineHistory history;
    @Autowired
    EngineLive live;
    @Autowired
    Drafts drafts;
    @Autowired
    JourneyControls controls;
    @Autowired
    JourneyTasks tasks;
    @Autowired
    PlatformClock clock;
    @Autowired
    ViewResolver thymeleafViewResolver;

    String test = UUID.randomUUID().toString();
    ShippedJourneys folder;

    @BeforeEach
    void open() throws IOException {
        Files.createDirectory(workflows.resolve("journeys"));
        folder = new ShippedJourneys(journeys, publisher, new DroverSettings(workflows, null, null, null, null, workflows, workflows));
    }

    @Test
    void aBrokenFileKeepsNoOtherFromRunning() throws Exception {
        save("good", diagram("good", "check-segment", "P1D"));
        save("fine", diagram("fine", "check-segment", "P2D"));
        save("cut-off", "<definitions");
        save("job", diagram("job", "brew-tea", "P1D"));
        // Only the engine sees this one, and takes all files of a call or none.
        save("words", diagram("words", "check-segment", "P1D").replace("target=\"segment\"/>", "target=\"segment\"/><zeebe:input source=\"vip\" target=\"two words\"/>"));
        Files.write(workflows.resolve("journeys/latin.bpmn"), diagram("latin", "check-segment", "P1D").replace("A try", "Probé").getBytes(StandardCharsets.ISO_8859_1));

        folder.run(new DefaultApplicationArguments());

        assertThat(journeys.find(id("good"))).isPresent();
        assertThat(journeys.find(id("fine"))).isPresent();
        assertThat(journeys.all()).extracting(Journeys.Journey::id).doesNotContain(id("job"), id("words"), id("latin"));
        assertThat(folder.refused()).extracting(Refused::source)
                .containsExactlyInAnyOrder("journeys/cut-off.bpmn", "journeys/job.bpmn", "journeys/words.bpmn", "journeys/latin.bpmn");
        assertThat(of("cut-off").message()).contains("line 1");
        assertThat(of("job")).extracting(BpmnProblem::elementId, BpmnProblem::message).satisfies(told -> {
            assertThat(told.getFirst()).isEqualTo("works");
            assertThat(told.getLast().toString()).contains("brew-tea");
        });
        assertThat(of("words").message()).contains("two words");
        assertThat(of("latin").message()).contains("UTF-8");
    }

    @Test
    void thePageTellsWhatDoesNotRun() throws Exception {
        save("job", diagram("job", "brew-tea", "P1D"));
        folder.run(new DefaultApplicationArguments());
        var page = MockMvcBuilders.standaloneSetup(new JourneyPages(journeys, folder, history, live, drafts, controls, tasks, List.of(), clock)).setViewResolvers((name, locale) -> thymeleafViewResolver.resolveViewName(name, locale)).build()
                .perform(MockMvcRequestBuilders.get("/journeys")).andReturn().getResponse().getContentAsString();
        assertThat(page).contains("journeys/job.bpmn").contains("brew-tea").contains("works");
    }

    private BpmnProblem of(String name) {
        return folder.refused().stream().filter(one -> one.source().equals("journeys/" + name + ".bpmn")).findFirst().orElseThrow().problem();
    }

    private void save(String name, String text) throws IOException {
        Files.writeString(workflows.resolve("journeys").resolve(name + ".bpmn"), text);
    }

    private String id(String name) {
        return name + "-" + test;
    }

    private String diagram(String name, String job, String wait) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="all" targetNamespace="test">
                  <process id="%1$s" name="A try" isExecutable="true">
                    <startEvent id="begun"><outgoing>f1</outgoing><messageEventDefinition id="begins" messageRef="on_begun"/></startEvent>
                    <sequenceFlow id="f1" sourceRef="begun" targetRef="waits"/>
                    <intermediateCatchEvent id="waits"><incoming>f1</incoming><outgoing>f2</outgoing>
                      <timerEventDefinition id="t"><timeDuration>%3$s</timeDuration></timerEventDefinition></intermediateCatchEvent>
                    <sequenceFlow id="f2" sourceRef="waits" targetRef="works"/>
                    <serviceTask id="works"><extensionElements><zeebe:taskDefinition type="%2$s"/>
                      <zeebe:ioMapping><zeebe:input source="vip" target="segment"/></zeebe:ioMapping></extensionElements><incoming>f2</incoming><outgoing>f3</outgoing></serviceTask>
                    <sequenceFlow id="f3" sourceRef="works" targetRef="ended"/>
                    <endEvent id="ended"><incoming>f3</incoming></endEvent>
                  </process>
                  <message id="on_begun" name="%1$s.begun"/>
                </definitions>
                """.formatted(id(name), job, wait);
    }
}
