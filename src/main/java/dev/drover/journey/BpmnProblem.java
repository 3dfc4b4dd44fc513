package dev.drover.journey;

import org.jspecify.annotations.Nullable;

/** @param elementId where; {@code null}: the whole diagram @param severity {@code error} or {@code warning} */
public record BpmnProblem(@Nullable String elementId, String severity, String message) {

    static BpmnProblem error(@Nullable String elementId, String message) {
        return new BpmnProblem(elementId, "error", message);
    }

    static BpmnProblem warning(@Nullable String elementId, String message) {
        return new BpmnProblem(elementId, "warning", message);
    }

    boolean isError() {
        return severity.equals("error");
    }
}
