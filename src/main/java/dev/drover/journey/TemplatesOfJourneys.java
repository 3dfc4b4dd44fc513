package dev.drover.journey;

import dev.drover.template.TemplateUse;
import io.camunda.zeebe.model.bpmn.instance.ServiceTask;
import java.util.List;
import org.springframework.stereotype.Component;

/** Tells which journeys send by a template. A key that only an expression yields isn't seen. */
@Component
class TemplatesOfJourneys implements TemplateUse {

    private final JourneyUse use;

    TemplatesOfJourneys(JourneyUse use) {
        this.use = use;
    }

    @Override
    public List<String> of(String template) {
        // Reading a diagram takes its time: only those are read that have the word in them.
        return use.whose(journey -> journey.xml().contains(template) && sends(journey, template));
    }

    private static boolean sends(Journeys.Journey journey, String template) {
        return BpmnReader.read(journey.xml()).getModelElementsByType(ServiceTask.class).stream()
                .anyMatch(task -> TaskInputs.SENDING.contains(TaskInputs.type(task)) && template.equals(TaskInputs.input(task, "template")));
    }
}
