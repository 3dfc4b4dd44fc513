package dev.drover.journey;

import io.camunda.zeebe.model.bpmn.instance.ServiceTask;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeInput;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeIoMapping;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeTaskDefinition;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a step of a journey does, and upon what. */
final class TaskInputs {

    static final Set<String> SENDING = Set.of("send-email", "send-sms", "send-push");
    static final Set<String> ABOUT_SEGMENTS = Set.of("check-segment", "add-to-segment", "remove-from-segment");

    private TaskInputs() {}

    /** @return the job type; empty: it has none */
    static String type(ServiceTask task) {
        var definition = task.getSingleExtensionElement(ZeebeTaskDefinition.class);
        return definition == null || definition.getType() == null ? "" : definition.getType().strip();
    }

    /** Its job type, and its inputs as written in the diagram by their names. */
    static Map.Entry<String, Map<String, String>> all(ServiceTask task) {
        var mapping = task.getSingleExtensionElement(ZeebeIoMapping.class);
        return Map.entry(type(task), mapping == null ? Map.of() : mapping.getInputs().stream()
                .collect(Collectors.toMap(input -> String.valueOf(input.getTarget()), input -> String.valueOf(input.getSource()), (one, two) -> two)));
    }

    /** @return as written in the diagram, an expression with its {@code =}; {@code null}: it has no such input */
    static @Nullable String input(ServiceTask task, String name) {
        var mapping = task.getSingleExtensionElement(ZeebeIoMapping.class);
        return mapping == null ? null : mapping.getInputs().stream().filter(input -> name.equals(input.getTarget())).findFirst()
                .map(ZeebeInput::getSource).orElse(null);
    }
}
