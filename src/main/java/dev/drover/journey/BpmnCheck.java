package dev.drover.journey;

import dev.drover.engine.JobWorker;
import dev.drover.eventlog.EventNames;
import dev.drover.segment.Decisions;
import dev.drover.segment.Segments;
import dev.drover.template.Templates;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.AdHocSubProcess;
import io.camunda.zeebe.model.bpmn.instance.BusinessRuleTask;
import io.camunda.zeebe.model.bpmn.instance.CallActivity;
import io.camunda.zeebe.model.bpmn.instance.ComplexGateway;
import io.camunda.zeebe.model.bpmn.instance.FlowElement;
import io.camunda.zeebe.model.bpmn.instance.Process;
import io.camunda.zeebe.model.bpmn.instance.ScriptTask;
import io.camunda.zeebe.model.bpmn.instance.SendTask;
import io.camunda.zeebe.model.bpmn.instance.ServiceTask;
import io.camunda.zeebe.model.bpmn.instance.Transaction;
import io.camunda.zeebe.model.bpmn.instance.UserTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Looks a diagram over before the engine gets it, and says what is wrong on the element that is wrong. */
@Component
class BpmnCheck {

    static final Pattern ID = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,99}");

    /** Deployed under the same id, a journey would be begun in the place of what comes along ({@code workflows/campaigns}). */
    private static final Set<String> RESERVED = Set.of("campaign-run");
    private static final List<Class<? extends FlowElement>> NOT_HERE = List.of(ScriptTask.class, BusinessRuleTask.class, UserTask.class,
            CallActivity.class, SendTask.class, ComplexGateway.class, Transaction.class, AdHocSubProcess.class);

    private final ObjectProvider<JobWorker> workers;
    private final Templates templates;
    private final Segments segments;

    private final Decisions decisions;
    private final EventNames events;
    private final InputCheck inputs;
    private final CapCheck caps;

    BpmnCheck(ObjectProvider<JobWorker> workers, Templates templates, Segments segments, Decisions decisions, EventNames events, InputCheck inputs, CapCheck caps) {
        this.workers = workers;
        this.templates = templates;
        this.segments = segments;
        this.decisions = decisions;
        this.events = events;
        this.inputs = inputs;
        this.caps = caps;
    }

    List<BpmnProblem> check(BpmnModelInstance model) {
        var problems = new ArrayList<BpmnProblem>();
        var processes = model.getModelElementsByType(Process.class);
        if (processes.isEmpty()) {
            return List.of(BpmnProblem.error(null, "A journey is exactly one process; this diagram has none."));
        }
        Process process = processes.stream().filter(Process::isExecutable).findFirst().orElse(processes.iterator().next());
        if (!process.isExecutable()) {
            problems.add(BpmnProblem.error(process.getId(), "The process isn't marked executable."));
        }
        if (!ID.matcher(process.getId()).matches()) {
            problems.add(BpmnProblem.error(process.getId(), "The process id is letters, digits, dots, dashes and underscores, at most 100."));
        }
        if (RESERVED.contains(process.getId())) {
            problems.add(BpmnProblem.error(process.getId(), "The id '%s' is that of a process of Drover's own: call yours something else.".formatted(process.getId())));
        }
        if (JourneyModel.of(model).starts().isEmpty()) {
            problems.add(BpmnProblem.error(process.getId(), "The journey has no start event."));
        }
        NOT_HERE.forEach(type -> model.getModelElementsByType(type).forEach(element -> problems.add(BpmnProblem.error(element.getId(),
                "%s isn't available in a journey: choose one of the steps in the palette.".formatted(words(element))))));
        Set<String> known = workers.stream().filter(JobWorker::forJourneys).map(JobWorker::type).filter(type -> !type.equals(EngineForm.CROSSING)).collect(Collectors.toCollection(TreeSet::new));
        model.getModelElementsByType(ServiceTask.class).forEach(task -> checkTask(task, known, problems));
        problems.addAll(ForeignCheck.check(model));
        problems.addAll(EventCheck.check(model));
        problems.addAll(EventSpelling.check(EventCheck.named(model), events.known(), segments::exists));
        problems.addAll(FeelCheck.check(model));
        problems.addAll(FlowCheck.check(model));
        problems.addAll(caps.check(model));
        problems.addAll(EngineCheck.check(model, problems));
        return problems;
    }

    private void checkTask(ServiceTask task, Set<String> known, List<BpmnProblem> problems) {
        String type = TaskInputs.type(task);
        if (type.isEmpty()) {
            if (!ForeignCheck.isForeign(task)) {
                problems.add(BpmnProblem.error(task.getId(), "This step has no job type: choose what it does."));
            }
            return;
        }
        if (type.startsWith("=")) {
            problems.add(BpmnProblem.error(task.getId(), "The job type must be fixed, not an expression: else nobody can tell what the step does."));
            return;
        }
        if (!known.contains(type)) {
            problems.add(BpmnProblem.error(task.getId(), "Nobody does jobs of type '%s'. There are: %s.".formatted(type, String.join(", ", known))));
            return;
        }
        if (TaskInputs.SENDING.contains(type)) {
            checkTemplate(task, type.substring("send-".length()), problems);
        } else if (TaskInputs.ABOUT_SEGMENTS.contains(type)) {
            checkSegment(task, type, problems);
        } else {
            problems.addAll(inputs.check(task, type));
            if (type.equals("decide")) {
                checkRules(task, problems);
            }
        }
    }

    private void checkRules(ServiceTask task, List<BpmnProblem> problems) {
        String group = TaskInputs.input(task, "ruleGroup");
        if (group != null && !group.isBlank() && !group.startsWith("=") && !decisions.known().contains(group)) {
            problems.add(BpmnProblem.error(task.getId(), "There are no rules '%s' in rules/content.".formatted(group)));
        }
    }

    private void checkSegment(ServiceTask task, String type, List<BpmnProblem> problems) {
        String segment = TaskInputs.input(task, "segment");
        if (segment == null || segment.isBlank()) {
            problems.add(BpmnProblem.error(task.getId(), "Choose the segment this step is about."));
        } else if (!segment.startsWith("=") && !segments.exists(segment)) {
            problems.add(BpmnProblem.error(task.getId(), "There is no segment '%s'.".formatted(segment)));
        } else if (!type.equals("check-segment") && !segment.startsWith("=") && !segments.require(segment).isStatic()) {
            problems.add(BpmnProblem.error(task.getId(), "Who is in '%s' is decided by a rule: choose a static segment.".formatted(segment)));
        }
    }

    private void checkTemplate(ServiceTask task, String channel, List<BpmnProblem> problems) {
        String template = TaskInputs.input(task, "template");
        if (template == null || template.isBlank()) {
            problems.add(BpmnProblem.error(task.getId(), "Choose the template this step sends."));
        } else if (!template.startsWith("=")) {
            var found = templates.find(template);
            if (found.isEmpty()) {
                problems.add(BpmnProblem.error(task.getId(), "There is no template '%s'.".formatted(template)));
            } else if (!found.get().channel().key().equals(channel)) {
                problems.add(BpmnProblem.error(task.getId(), "'%s' is a template for %s, not for %s.".formatted(template, found.get().channel().key(), channel)));
            }
        }
    }

    private static String words(FlowElement element) {
        return "A " + element.getElementType().getTypeName().replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(java.util.Locale.ROOT);
    }
}
