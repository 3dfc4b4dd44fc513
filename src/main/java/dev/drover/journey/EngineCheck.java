package dev.drover.journey;

import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.traversal.ModelWalker;
import io.camunda.zeebe.model.bpmn.validation.ValidationVisitor;
import io.camunda.zeebe.model.bpmn.validation.zeebe.ZeebeDesignTimeValidators;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the engine would refuse, found by the engine's own checks before it is asked; and what it says when it is. */
final class EngineCheck {

    private static final Pattern PLACE = Pattern.compile("- Element: ([^\\s>]+)[^\\n]*((?:\\n\\s+- ERROR: [^\\n]*)+)");
    private static final Pattern ERROR = Pattern.compile("- ERROR: ([^\\n]*)");

    private EngineCheck() {}

    /** @param known what was found before: where there is an error already, nothing is said twice */
    static List<BpmnProblem> check(BpmnModelInstance model, Collection<BpmnProblem> known) {
        var visitor = new ValidationVisitor(ZeebeDesignTimeValidators.VALIDATORS);
        new ModelWalker(model).walk(visitor);
        var said = known.stream().filter(BpmnProblem::isError).map(BpmnProblem::elementId).filter(Objects::nonNull).collect(Collectors.toSet());
        var problems = new ArrayList<BpmnProblem>();
        visitor.getValidationResult().getResults().forEach((element, results) -> {
            String id = Elements.idOf(element);
            if (id == null || !said.contains(id)) {
                results.forEach(result -> problems.add(BpmnProblem.error(id, "The engine wouldn't take this: %s".formatted(sentence(result.getMessage())))));
            }
        });
        return problems;
    }

    /** The engine's answer, element by element. */
    static List<BpmnProblem> said(String refusal, BpmnModelInstance model) {
        var problems = new ArrayList<BpmnProblem>();
        var places = PLACE.matcher(refusal);
        while (places.find()) {
            var found = model.getModelElementById(places.group(1));
            String id = found instanceof FlowNode node ? node.getId() : found == null ? places.group(1) : Elements.idOf(found);
            ERROR.matcher(places.group(2)).results().forEach(error -> problems.add(BpmnProblem.error(id, "The engine doesn't take this: %s".formatted(sentence(error.group(1))))));
        }
        return problems.isEmpty() ? List.of(BpmnProblem.error(null, refusal)) : problems;
    }

    private static String sentence(String text) {
        String stripped = text.strip();
        return stripped.endsWith(".") ? stripped : stripped + ".";
    }
}
