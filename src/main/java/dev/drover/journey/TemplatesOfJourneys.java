package dev.drover.journey;

import dev.drover.template.TemplateUse;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeInput;
import java.util.List;
import org.springframework.stereotype.Component;

/** Which journeys send by a template, as their newest version says. */
@Component
class TemplatesOfJourneys implements TemplateUse {

    private final Journeys journeys;

    TemplatesOfJourneys(Journeys journeys) {
        this.journeys = journeys;
    }

    @Override
    public List<String> of(String template) {
        // Reading a diagram takes its time: only those are read that have the word in them.
        return journeys.all().stream().filter(journey -> journey.xml().contains(template)).filter(journey -> sends(journey, template))
                .map(journey -> "the journey “%s”".formatted(journey.name())).toList();
    }

    private static boolean sends(Journeys.Journey journey, String template) {
        return BpmnReader.read(journey.xml()).getModelElementsByType(ZeebeInput.class).stream()
                .anyMatch(input -> "template".equals(input.getTarget()) && template.equals(input.getSource()));
    }
}
