package dev.drover.engine;

import dev.drover.kernel.Problem;
import io.camunda.client.api.command.ClientException;
import io.grpc.Status;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The engine's refusals as problems, in its own words. */
final class EngineProblems {

    private EngineProblems() {}

    /** @param harmless what the caller takes for done */
    static Void absorb(@Nullable Throwable error, Status.Code... harmless) {
        if (error != null && !Arrays.asList(harmless).contains(Commands.code(Commands.unwrap(error)))) {
            throw problem(Commands.unwrap(error));
        }
        return null;
    }

    static RuntimeException problem(Throwable error) {
        if (error instanceof Problem problem) {
            return problem;
        }
        var code = Commands.code(error);
        if (code == Status.Code.NOT_FOUND) {
            return caused(Problem.notFound("The engine doesn't know it: " + words(error)), error);
        }
        if (code == Status.Code.INVALID_ARGUMENT || code == Status.Code.FAILED_PRECONDITION || code == Status.Code.OUT_OF_RANGE) {
            return caused(Problem.rejected(words(error)), error);
        }
        return error instanceof RuntimeException runtime ? runtime : new ClientException(error);
    }

    private static Problem caused(Problem problem, Throwable cause) {
        problem.initCause(cause);
        return problem;
    }

    /** The engine's own words, without the code before them. */
    private static String words(Throwable error) {
        String text = String.valueOf(error.getMessage());
        int colon = text.indexOf(": ");
        return colon > 0 && text.substring(0, colon).matches("[A-Z_]+") ? text.substring(colon + 2) : text;
    }
}
