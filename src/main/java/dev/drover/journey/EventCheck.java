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

    /** The events that begin the journey or are waited for, and where. */
    static List<EventSpelling.Named> named(BpmnModelInstance model) {
        var named = new ArrayList<EventSpelling.Named>();
        for (CatchEvent event : model.getModelElementsByType(CatchEvent.class)) {
            JourneyModel.messageOf(event).map(Message::getName).filter(name -> !name.isBlank() && !name.startsWith("=")).ifPresent(name -> named.add(new EventSpelling.Named(event.getId(), name)));
        }
        for (ReceiveTask task : model.getModelElementsByType(ReceiveTask.class)) {
            if (task.getMessage() != null && task.getMessage().getName() != null && !task.getMessage().getName().isBlank()) {
                named.add(new EventSpelling.Named(task.getId(), task.getMessage().getName()));
            }
        }
        return named;
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

    /** Expressions are read by {@link FeelCheck}. */
    private static boolean readable(ModelElementInstance value, Reading reading) {
        String text = text(value);
        if (text.startsWith("=")) {
            return true;
        }
        try {
            reading.read(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    static boolean isDuration(String text) {
        try {
            asDuration(text.strip());
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** Days as 24 hours, months as 30 days: to compare waits by, not to wait. */
    static Duration durationOf(String text) {
        int time = text.indexOf('T');
        Period days = time == 1 ? Period.ZERO : Period.parse(time < 0 ? text : text.substring(0, time));
        return Duration.ofDays(days.getDays() + 30L * days.toTotalMonths()).plus(time < 0 ? Duration.ZERO : Duration.parse("P" + text.substring(time)));
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
