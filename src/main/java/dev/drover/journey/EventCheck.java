package dev.drover.journey;

import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.CatchEvent;
import io.camunda.zeebe.model.bpmn.instance.EventDefinition;
import io.camunda.zeebe.model.bpmn.instance.Message;
import io.camunda.zeebe.model.bpmn.instance.MessageEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.Process;
import io.camunda.zeebe.model.bpmn.instance.ReceiveTask;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import io.camunda.zeebe.model.bpmn.instance.TimerEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeSubscription;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;

/** Messages with a name and a key, timers with a time that can be read. */
final class EventCheck {

    private EventCheck() {}

    static List<BpmnProblem> check(BpmnModelInstance model) {
        var problems = new ArrayList<BpmnProblem>();
        for (CatchEvent event : model.getModelElementsByType(CatchEvent.class)) {
            boolean starts = event instanceof StartEvent && event.getParentElement() instanceof Process;
            for (EventDefinition definition : event.getEventDefinitions()) {
                switch (definition) {
                    case MessageEventDefinition message -> checkMessage(event.getId(), message.getMessage(), !starts, problems);
                    case TimerEventDefinition timer -> {
                        if (starts) {
                            problems.add(BpmnProblem.error(event.getId(), "A journey is one customer's: it can't begin by a timer, only by an event."));
                        }
                        checkTimer(event.getId(), timer, problems);
                    }
                    default -> { }
                }
            }
        }
        for (ReceiveTask task : model.getModelElementsByType(ReceiveTask.class)) {
            checkMessage(task.getId(), task.getMessage(), true, problems);
        }
        return problems;
    }

    private static void checkMessage(String element, @Nullable Message message, boolean keyed, List<BpmnProblem> problems) {
        if (message == null || message.getName() == null || message.getName().isBlank()) {
            problems.add(BpmnProblem.error(element, "Say which event this waits for, such as order.placed."));
            return;
        }
        if (message.getName().startsWith("=")) {
            problems.add(BpmnProblem.error(element, "The event's name must be fixed, not an expression."));
        }
        var subscription = message.getSingleExtensionElement(ZeebeSubscription.class);
        if (keyed && (subscription == null || !"=customerId".equals(String.valueOf(subscription.getCorrelationKey()).replace(" ", "")))) {
            problems.add(BpmnProblem.error(element, "Events find their customer by the correlation key =customerId."));
        }
    }

    private static void checkTimer(String element, TimerEventDefinition timer, List<BpmnProblem> problems) {
        var duration = timer.getTimeDuration();
        var date = timer.getTimeDate();
        var cycle = timer.getTimeCycle();
        if (duration == null && date == null && cycle == null) {
            problems.add(BpmnProblem.error(element, "Say how long this waits, such as PT24H or P3D."));
        }
        if (duration != null && !readable(duration, EventCheck::asDuration)) {
            problems.add(BpmnProblem.error(element, "'%s' is no duration, such as PT24H or P3D.".formatted(text(duration))));
        }
        if (date != null && !readable(date, OffsetDateTime::parse)) {
            problems.add(BpmnProblem.error(element, "'%s' is no date with a time, such as 2026-12-24T18:00:00Z.".formatted(text(date))));
        }
    }

    private interface Reading {
        Object read(String text);
    }

    private static boolean readable(ModelElementInstance value, Reading reading) {
        String text = text(value);
        if (text.startsWith("=")) {
            return text.length() > 1;
        }
        try {
            reading.read(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static Object asDuration(String text) {
        int time = text.indexOf('T');
        if (time < 0) {
            return Period.parse(text);
        }
        if (time > 1) {
            Period.parse(text.substring(0, time));
        }
        return Duration.parse("P" + text.substring(time));
    }

    private static String text(ModelElementInstance element) {
        return element.getTextContent() == null ? "" : element.getTextContent().strip();
    }
}
