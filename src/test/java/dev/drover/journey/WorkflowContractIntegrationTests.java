package dev.drover.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.drover.engine.JobWorker;
import dev.drover.kernel.DroverSettings;
import dev.drover.testing.IntegrationTest;
import io.camunda.zeebe.model.bpmn.instance.ServiceTask;
import io.camunda.zeebe.model.bpmn.instance.bpmndi.BpmnShape;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeTaskDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Diagrams, workers and the modeler's palette speak of the same jobs. */
@IntegrationTest
class WorkflowContractIntegrationTests {

    @Autowired
    List<JobWorker> workers;
    @Autowired
    Journeys journeys;
    @Autowired
    DroverSettings settings;

    @Test
    void eachJobTypeHasOneWorkerAndOneElementTemplate() throws IOException {
        var types = workers.stream().filter(worker -> worker.getClass().getName().startsWith("dev.drover.worker.")).filter(JobWorker::forJourneys).map(JobWorker::type).toList();
        assertThat(types).doesNotHaveDuplicates();
        assertThat(palette().stream().map(WorkflowContractIntegrationTests::jobType).filter(type -> !type.isEmpty())).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(types);
    }

    @Test
    void eachStepOfAShippedJourneyHasAWorkerAndIsInThePalette() throws IOException {
        Set<String> known = workers.stream().map(JobWorker::type).collect(Collectors.toSet());
        Set<String> offered = palette().stream().map(template -> template.get("id").asString()).collect(Collectors.toSet());
        for (Path file : files("journeys", ".bpmn")) {
            for (ServiceTask task : BpmnReader.read(Files.readString(file)).getModelElementsByType(ServiceTask.class)) {
                String type = task.getSingleExtensionElement(ZeebeTaskDefinition.class).getType();
                assertThat(known).as("workers, for %s in %s", task.getId(), file.getFileName()).contains(type);
                assertThat(task.getAttributeValueNs("http://camunda.org/schema/zeebe/1.0", "modelerTemplate")).isEqualTo("dev.drover." + type);
                assertThat(offered).contains("dev.drover." + type);
            }
        }
    }

    @Test
    void campaignsHaveAWorkerForEachStepAndNoOther() throws IOException {
        var asked = new TreeSet<String>();
        for (Path file : files("campaigns", ".bpmn")) {
            BpmnReader.read(Files.readString(file)).getModelElementsByType(ServiceTask.class).forEach(task -> asked.add(task.getSingleExtensionElement(ZeebeTaskDefinition.class).getType()));
        }
        assertThat(workers.stream().filter(worker -> !worker.forJourneys()).map(JobWorker::type)).containsExactlyInAnyOrderElementsOf(asked);
    }

    @Test
    void shippedJourneysHaveNoProblemsAndRun() throws IOException {
        for (Path file : files("journeys", ".bpmn")) {
            String xml = Files.readString(file);
            assertThat(journeys.check(xml)).as(file.getFileName().toString()).isEmpty();
            String id = file.getFileName().toString().replace(".bpmn", "");
            assertThatCode(() -> journeys.require(id)).doesNotThrowAnyException();
            assertThat(journeys.require(id).xml()).isEqualTo(xml);
        }
    }

    @Test
    void everyStepIsDrawn() throws IOException {
        for (Path file : files("journeys", ".bpmn")) {
            var model = BpmnReader.read(Files.readString(file));
            var drawn = model.getModelElementsByType(BpmnShape.class).stream().map(shape -> shape.getBpmnElement().getId()).collect(Collectors.toSet());
            assertThat(drawn).containsAll(model.getModelElementsByType(FlowNode.class).stream().map(FlowNode::getId).collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    private List<JsonNode> palette() throws IOException {
        var json = new JsonMapper();
        return files("element-templates", ".json").stream().map(file -> json.readTree(file.toFile())).toList();
    }

    private static String jobType(JsonNode template) {
        return StreamSupport.stream(template.get("properties").spliterator(), false)
                .filter(property -> property.at("/binding/type").asString().equals("zeebe:taskDefinition")).findFirst().map(property -> property.get("value").asString()).orElse("");
    }

    private List<Path> files(String folder, String ending) throws IOException {
        try (var paths = Files.list(settings.workflows().resolve(folder))) {
            return paths.filter(path -> path.toString().endsWith(ending)).sorted().toList();
        }
    }
}
