package dev.drover.journey;

import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.CatchEvent;
import io.camunda.zeebe.model.bpmn.instance.Documentation;
import io.camunda.zeebe.model.bpmn.instance.Message;
import io.camunda.zeebe.model.bpmn.instance.MessageEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.Process;
import io.camunda.zeebe.model.bpmn.instance.ReceiveTask;
import io.camunda.zeebe.model.bpmn.instance.SequenceFlow;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a journey's diagram says about how it begins and what it waits for. Checked before: one executable process. */
record JourneyModel(BpmnModelInstance model, Process process) {

    /**
     * The engine knows messages that start a journey by a name of their own. A start is kept for an hour, so that none is lost over a
     * restart; what a running journey waits for must not be: an order of half an hour ago would stop a journey that begins now.
     */
    private static final String START = "#start:";

    static JourneyModel of(BpmnModelInstance model) {
        var processes = model.getModelElementsByType(Process.class);
        return new JourneyModel(model, processes.stream().filter(Process::isExecutable).findFirst().orElseGet(() -> processes.iterator().next()));
    }

    /** By a name of each journey's own, so that one can be closed to newcomers and another not. */
    static String startMessage(String event, String journeyId) {
        return event + START + journeyId;
    }

    String id() {
        return process.getId();
    }

    String name() {
        return process.getName() == null || process.getName().isBlank() ? process.getId() : process.getName();
    }

    /** What the author says of the journey; empty where nothing. */
    String about() {
        return process.getDocumentations().stream().map(Documentation::getTextContent).map(String::strip).collect(Collectors.joining("\n\n"));
    }

    List<StartEvent> starts() {
        return process.getChildElementsByType(StartEvent.class).stream().toList();
    }

    /** Names of events that begin the journey. */
    Set<String> startsOn() {
        return starts().stream().flatMap(start -> messageOf(start).stream()).map(Message::getName).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Names of events that somebody on the journey may wait for. */
    Set<String> waitsFor() {
        var names = new TreeSet<String>();
        for (CatchEvent event : model.getModelElementsByType(CatchEvent.class)) {
            if (!starts().contains(event)) {
                messageOf(event).map(Message::getName).ifPresent(names::add);
            }
        }
        for (ReceiveTask task : model.getModelElementsByType(ReceiveTask.class)) {
            if (task.getMessage() != null) {
                names.add(task.getMessage().getName());
            }
        }
        return names;
    }

    /** Where an instance begins that nobody's event started: behind the start event. Empty for a plain start event, which needs no help. */
    Set<String> startBefore() {
        if (starts().stream().anyMatch(start -> start.getEventDefinitions().isEmpty())) {
            return Set.of();
        }
        return starts().stream().map(StartEvent::getOutgoing).flatMap(Collection::stream).map(SequenceFlow::getTarget).map(node -> node.getId())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What the engine gets, see {@link EngineForm}. */
    String forEngine() {
        return EngineForm.of(this);
    }

    static Optional<Message> messageOf(CatchEvent event) {
        return event.getEventDefinitions().stream().filter(MessageEventDefinition.class::isInstance).map(MessageEventDefinition.class::cast)
                .map(MessageEventDefinition::getMessage).filter(message -> message != null && message.getName() != null).findFirst();
    }
}
