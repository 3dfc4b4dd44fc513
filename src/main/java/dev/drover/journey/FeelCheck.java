package dev.drover.journey;

import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.CompletionCondition;
import io.camunda.zeebe.model.bpmn.instance.ConditionExpression;
import io.camunda.zeebe.model.bpmn.instance.Message;
import io.camunda.zeebe.model.bpmn.instance.SequenceFlow;
import io.camunda.zeebe.model.bpmn.instance.TimerEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeInput;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeLoopCharacteristics;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeOutput;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeSubscription;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeTaskDefinition;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;
import org.jspecify.annotations.Nullable;

/** Expressions as the engine reads them: what begins with {@code =} is FEEL and must be some. */
final class FeelCheck {

    /** Longer than anybody writes; reading one takes longer than its length lets expect. */
    private static final int LONGEST = 5_000;
    private static final FeelEngineApi FEEL = engine();

    private FeelCheck() {}

    /** As Scala's compiler writes down "everything as usual". */
    private static FeelEngineApi engine() {
        return new FeelEngineBuilder(FeelEngineBuilder.apply$default$1(), FeelEngineBuilder.apply$default$2(), FeelEngineBuilder.apply$default$3(),
                FeelEngineBuilder.apply$default$4(), FeelEngineBuilder.apply$default$5()).build();
    }

    static List<BpmnProblem> check(BpmnModelInstance model) {
        var problems = new ArrayList<BpmnProblem>();
        model.getModelElementsByType(ZeebeInput.class).forEach(input -> look(input, input.getSource(), "the input '%s'".formatted(input.getTarget()), problems));
        model.getModelElementsByType(ZeebeOutput.class).forEach(output -> look(output, output.getSource(), "the output '%s'".formatted(output.getTarget()), problems));
        model.getModelElementsByType(ZeebeTaskDefinition.class).forEach(task -> {
            look(task, task.getType(), "the job type", problems);
            look(task, task.getRetries(), "the retries", problems);
        });
        model.getModelElementsByType(ZeebeLoopCharacteristics.class).forEach(loop -> {
            look(loop, loop.getInputCollection(), "the list to go over", problems);
            look(loop, loop.getOutputElement(), "the result of each round", problems);
        });
        model.getModelElementsByType(CompletionCondition.class).forEach(condition -> look(condition, condition.getTextContent(), "the condition to stop", problems));
        model.getModelElementsByType(TimerEventDefinition.class).forEach(timer -> {
            for (ModelElementInstance part : new ModelElementInstance[] {timer.getTimeDuration(), timer.getTimeDate(), timer.getTimeCycle()}) {
                look(timer, part == null ? null : part.getTextContent(), "the time", problems);
            }
        });
        for (Message message : model.getModelElementsByType(Message.class)) {
            var subscription = message.getSingleExtensionElement(ZeebeSubscription.class);
            look(message, subscription == null ? null : subscription.getCorrelationKey(), "the correlation key", problems);
        }
        model.getModelElementsByType(ConditionExpression.class).forEach(condition -> condition(condition, problems));
        return problems;
    }

    private static void condition(ConditionExpression condition, List<BpmnProblem> problems) {
        String text = condition.getTextContent() == null ? "" : condition.getTextContent().strip();
        String flow = Elements.idOf(condition);
        if (text.startsWith("${") || text.startsWith("#{")) {
            problems.add(BpmnProblem.error(flow, "'%s' is how Camunda 7 writes a condition: here it is FEEL, such as =inSegment = true.".formatted(cut(text))));
        } else if (!text.startsWith("=")) {
            problems.add(BpmnProblem.error(flow, text.isEmpty() ? "Say when this way is taken, such as =inSegment = true." : "A condition begins with '=': =%s".formatted(cut(text))));
        } else {
            look(condition, text, "the condition", problems);
        }
        if (condition.getParentElement() instanceof SequenceFlow drawn && condition.getLanguage() != null && !condition.getLanguage().isBlank()) {
            problems.add(BpmnProblem.warning(drawn.getId(), "The language '%s' is of no use here: conditions are FEEL.".formatted(cut(condition.getLanguage()))));
        }
    }

    private static void look(ModelElementInstance where, @Nullable String text, String what, List<BpmnProblem> problems) {
        String stripped = text == null ? "" : text.strip();
        if (!stripped.startsWith("=")) {
            return;
        }
        String expression = stripped.substring(1);
        if (expression.length() > LONGEST) {
            problems.add(BpmnProblem.error(Elements.idOf(where), "In %s there are more than %d characters.".formatted(what, LONGEST)));
        } else if (!FEEL.parseExpression(expression).isSuccess()) {
            problems.add(BpmnProblem.error(Elements.idOf(where), "In %s, '%s' can't be read as FEEL.".formatted(what, cut(stripped))));
        }
    }

    private static String cut(String text) {
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }
}
