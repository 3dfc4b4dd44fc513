package dev.drover.kernel;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Why Drover can't start, and what to do: shown as these words instead of a stack trace. */
public class StartFailure extends IllegalStateException {

    private final String action;

    /** @param action what whoever starts it can do */
    public StartFailure(String message, String action, @Nullable Throwable cause) {
        super(message + " " + action, cause);
        this.action = action;
    }

    /** Named in {@code META-INF/spring.factories}. */
    static class Analyzer extends AbstractFailureAnalyzer<StartFailure> {

        @Override
        protected FailureAnalysis analyze(Throwable root, StartFailure failure) {
            String message = failure.getMessage();
            return new FailureAnalysis(message.substring(0, message.length() - failure.action.length()).strip(), failure.action, failure);
        }
    }
}
