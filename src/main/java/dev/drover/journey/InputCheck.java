package dev.drover.journey;

import dev.drover.kernel.Problem;
import dev.drover.outgoing.OutgoingRequests;
import io.camunda.zeebe.model.bpmn.instance.ServiceTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Whether a step has what its job can't do without, and whether what is written out can be right. What an expression yields is known when it runs. */
@Component
class InputCheck {

    private static final Pattern TIME = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d)?");
    private static final Pattern DATE = Pattern.compile("(\\d{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,12}(\\.\\d{1,6})?");

    private final ElementTemplates templates;
    private final OutgoingRequests outgoing;

    InputCheck(ElementTemplates templates, OutgoingRequests outgoing) {
        this.templates = templates;
        this.outgoing = outgoing;
    }

    /** @param type the step's job type, one that somebody does */
    List<BpmnProblem> check(ServiceTask task, String type) {
        var problems = new ArrayList<BpmnProblem>();
        templates.required(type).forEach((input, label) -> {
            String value = TaskInputs.input(task, input);
            if (value == null || value.isBlank()) {
                problems.add(BpmnProblem.error(task.getId(), "Fill in '%s' (the input '%s').".formatted(label, input)));
            }
        });
        switch (type) {
            case "create-discount" -> {
                written(task, "kind", "percentage|fixed", "'%s' is no kind of discount: percentage or fixed.", problems);
                written(task, "value", NUMBER, "'%s' is no number.", problems);
                if (literal(task, "expiresIn") instanceof String duration && !duration.isEmpty() && !EventCheck.isDuration(duration)) {
                    problems.add(BpmnProblem.error(task.getId(), "'%s' is no duration, such as P7D.".formatted(duration)));
                }
            }
            case "recommend" -> written(task, "limit", "[1-9]|1[0-2]", "'%s': a step recommends 1 to 12 products.", problems);
            case "wait-until" -> {
                written(task, "time", TIME, "'%s' is no time of day, such as 09:00.", problems);
                written(task, "date", DATE, "'%s' is no date, such as 2026-12-24, or 12-24 for that day of any year.", problems);
                written(task, "weekday", "(?i)((mon|tues|wednes|thurs|fri|satur|sun)day|workday)(\\s*,\\s*((mon|tues|wednes|thurs|fri|satur|sun)day|workday))*",
                        "'%s' is no weekday, such as tuesday, or workday.", problems);
            }
            case "call-webhook" -> address(task, problems);
            default -> { }
        }
        return problems;
    }

    private void address(ServiceTask task, List<BpmnProblem> problems) {
        String url = literal(task, "url");
        if (url != null && !url.isBlank()) {
            try {
                outgoing.check(url, Map.of());
            } catch (Problem never) {
                problems.add(BpmnProblem.error(task.getId(), never.getMessage()));
            }
        }
    }

    private static void written(ServiceTask task, String input, String pattern, String words, List<BpmnProblem> problems) {
        written(task, input, Pattern.compile(pattern), words, problems);
    }

    private static void written(ServiceTask task, String input, Pattern pattern, String words, List<BpmnProblem> problems) {
        String value = literal(task, input);
        if (value != null && !value.isBlank() && !pattern.matcher(value.strip()).matches()) {
            problems.add(BpmnProblem.error(task.getId(), words.formatted(value)));
        }
    }

    /** {@code null}: there is none, or an expression. A number is written as {@code =10}, which is one and none. */
    private static String literal(ServiceTask task, String input) {
        String value = TaskInputs.input(task, input);
        if (value != null && value.startsWith("=") && NUMBER.matcher(value.substring(1).strip()).matches()) {
            return value.substring(1).strip();
        }
        return value == null || value.startsWith("=") ? null : value;
    }
}
