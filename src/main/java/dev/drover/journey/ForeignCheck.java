package dev.drover.journey;

import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.Activity;
import io.camunda.zeebe.model.bpmn.instance.FlowElement;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.Participant;
import io.camunda.zeebe.model.bpmn.instance.Process;
import io.camunda.zeebe.model.bpmn.instance.ServiceTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What comes from other tools and means nothing here, or something else: said on the step, so that whoever brought the file knows where to begin. */
final class ForeignCheck {

    private static final Map<String, String> TOOLS = Map.of("http://camunda.org/schema/1.0/bpmn", "Camunda 7", "http://activiti.org/bpmn", "Activiti",
            "http://flowable.org/bpmn", "Flowable", "http://www.omg.org/spec/BPMN/non-normative/extensions/jbpm", "jBPM", "http://www.jboss.org/drools", "jBPM");
    /** Attributes by which those say what a step does; others say how, such as {@code asyncBefore}. */
    private static final List<String> DOING = List.of("class", "expression", "delegateExpression", "type", "topic", "decisionRef", "assignee", "candidateGroups", "candidateUsers",
            "formKey", "formRef", "resource", "resultVariable", "asyncBefore", "asyncAfter", "async", "exclusive", "initiator", "calledElementBinding", "jobPriority", "taskName");

    private ForeignCheck() {}

    static List<BpmnProblem> check(BpmnModelInstance model) {
        var problems = new ArrayList<BpmnProblem>();
        processes(model, problems);
        for (FlowElement element : model.getModelElementsByType(FlowElement.class)) {
            var told = foreign(element);
            if (!told.isEmpty()) {
                told.forEach((tool, words) -> problems.add(unfinished(element)
                        ? BpmnProblem.error(element.getId(), "This step was made for %s (%s), which works another way: choose what it does here.".formatted(tool, words))
                        : BpmnProblem.warning(element.getId(), "What %s says here (%s) means nothing in a journey.".formatted(tool, words))));
            } else if (element.getElementType().getTypeName().equals("task")) {
                problems.add(BpmnProblem.warning(element.getId(), "This step does nothing: choose what it does."));
            }
        }
        return problems;
    }

    /** A step that has no job type of ours yet; what to do is said once. */
    static boolean unfinished(FlowElement element) {
        return element instanceof ServiceTask task && TaskInputs.type(task).isEmpty();
    }

    static boolean isForeign(FlowElement element) {
        return !foreign(element).isEmpty();
    }

    private static Map<String, String> foreign(FlowElement element) {
        if (!(element instanceof FlowNode)) {
            return Map.of();
        }
        var told = new LinkedHashMap<String, String>();
        TOOLS.forEach((namespace, tool) -> {
            var names = DOING.stream().filter(name -> element.getDomElement().getAttribute(namespace, name) != null).toList();
            if (!names.isEmpty()) {
                told.put(tool, String.join(", ", names));
            } else if (element instanceof Activity && element.getExtensionElements() != null) {
                element.getExtensionElements().getElementsQuery().list().stream().map(extension -> extension.getDomElement())
                        .filter(extension -> namespace.equals(extension.getNamespaceURI())).findFirst().ifPresent(extension -> told.put(tool, extension.getLocalName()));
            }
        });
        return told;
    }

    /** Pools: one of them is the journey, others may only be drawn as closed boxes. */
    private static void processes(BpmnModelInstance model, List<BpmnProblem> problems) {
        var processes = model.getModelElementsByType(Process.class);
        if (processes.size() < 2) {
            return;
        }
        var journey = processes.stream().filter(Process::isExecutable).findFirst().orElse(processes.iterator().next());
        for (Process other : processes) {
            if (!other.equals(journey)) {
                String pool = model.getModelElementsByType(Participant.class).stream().filter(participant -> other.equals(participant.getProcess())).map(Participant::getId)
                        .findFirst().orElse(other.getId());
                problems.add(BpmnProblem.error(pool, "A journey is exactly one process, '%s'; this is another one: take it out, or leave its pool empty.".formatted(journey.getId())));
            }
        }
    }
}
