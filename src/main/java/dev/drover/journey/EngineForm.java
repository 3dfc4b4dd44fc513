package dev.drover.journey;

import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.EventBasedGateway;
import io.camunda.zeebe.model.bpmn.instance.IntermediateCatchEvent;
import io.camunda.zeebe.model.bpmn.instance.Message;
import io.camunda.zeebe.model.bpmn.instance.MessageEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.Process;
import io.camunda.zeebe.model.bpmn.instance.SequenceFlow;
import io.camunda.zeebe.model.bpmn.instance.ServiceTask;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import io.camunda.zeebe.model.bpmn.instance.TimerEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeIoMapping;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeOutput;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the engine gets: the author's diagram, with start messages by a name of the journey's own, the variables every journey has, and the crossing: a
 * second beginning and a step that nothing leads to, where those stand for a moment who are moved from one version to another.
 */
final class EngineForm {

    /** Raise it whenever what is added changes, so that what runs in an older form is deployed anew at the next start. */
    static final int NUMBER = 3;
    static final String CROSSING = "drover-crossing";

    private EngineForm() {}

    /** By this begins, at the crossing, who was moved. */
    static String crossingMessage(String journeyId) {
        return "#crossing:" + journeyId;
    }

    /** Whether an element isn't the author's. */
    static boolean isOurs(String element) {
        return element.startsWith(CROSSING);
    }

    static String of(JourneyModel journey) {
        var copy = JourneyModel.of(journey.model().clone());
        copy.starts().forEach(start -> begin(copy, start));
        var graph = FlowGraph.of(copy.model());
        copy.process().getChildElementsByType(IntermediateCatchEvent.class).forEach(event -> goOnWaiting(event, graph));
        addCrossing(copy);
        return Bpmn.convertToString(copy.model());
    }

    private static void begin(JourneyModel journey, StartEvent start) {
        start.getEventDefinitions().stream().filter(MessageEventDefinition.class::isInstance).map(MessageEventDefinition.class::cast)
                .forEach(definition -> definition.setMessage(ownMessage(journey, definition.getMessage())));
        var present = Optional.ofNullable(start.getSingleExtensionElement(ZeebeIoMapping.class)).map(ZeebeIoMapping::getOutputs)
                .orElse(List.of()).stream().map(ZeebeOutput::getTarget).collect(Collectors.toSet());
        if (start.getEventDefinitions().isEmpty() || present.isEmpty()) {
            return;
        }
        // Without outputs the journey gets whatever the message brings, which costs the engine a tenth less; with some it gets these only.
        for (String variable : List.of("customerId", "event", "journeyId")) {
            if (!present.contains(variable)) {
                start.builder().zeebeOutputExpression(variable, variable);
            }
        }
    }

    private static Message ownMessage(JourneyModel journey, Message shared) {
        return message(journey.model(), shared.getId() + "_start", JourneyModel.startMessage(shared.getName(), journey.id()));
    }

    private static Message message(BpmnModelInstance model, String id, String name) {
        Message own = model.getModelElementById(id);
        if (own == null) {
            own = model.newInstance(Message.class, id);
            own.setName(name);
            model.getDefinitions().addChildElement(own);
        }
        return own;
    }

    /** Who was moved to this wait has waited a part of it already; {@link Crossing} says until when it lasts for them. */
    private static void goOnWaiting(IntermediateCatchEvent event, FlowGraph graph) {
        String at = graph.leadingTo(event.getId()).stream().filter(before -> graph.nodes().get(before) instanceof EventBasedGateway).findFirst().orElse(event.getId());
        event.getEventDefinitions().stream().filter(TimerEventDefinition.class::isInstance).map(TimerEventDefinition.class::cast).map(TimerEventDefinition::getTimeDuration)
                .filter(duration -> duration != null && !duration.getTextContent().isBlank()).forEach(duration -> {
                    String text = duration.getTextContent().strip();
                    duration.setTextContent("=if crossing != null and crossing.to = \"%s\" and crossing.until != null and date and time(crossing.until) > now() then date and time(crossing.until) - now() else %s"
                            .formatted(at, text.startsWith("=") ? "(" + text.substring(1) + ")" : "\"" + text + "\""));
                });
    }

    private static void addCrossing(JourneyModel journey) {
        BpmnModelInstance model = journey.model();
        Process process = journey.process();
        var start = model.newInstance(StartEvent.class, CROSSING + "-start");
        process.addChildElement(start);
        var definition = model.newInstance(MessageEventDefinition.class, CROSSING + "-event");
        start.addChildElement(definition);
        definition.setMessage(message(model, CROSSING + "-message", crossingMessage(journey.id())));
        var task = model.newInstance(ServiceTask.class, CROSSING);
        process.addChildElement(task);
        task.builder().zeebeJobType(CROSSING);
        var flow = model.newInstance(SequenceFlow.class, CROSSING + "-flow");
        process.addChildElement(flow);
        flow.setSource(start);
        flow.setTarget(task);
        start.getOutgoing().add(flow);
        task.getIncoming().add(flow);
    }
}
