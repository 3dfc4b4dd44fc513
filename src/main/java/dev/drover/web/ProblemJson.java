package dev.drover.web;

import dev.drover.kernel.Json;
import dev.drover.kernel.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;

/** Errors as RFC 9457 says them. {@code type} stays {@code about:blank}: the status and our words tell it all. */
final class ProblemJson {

    private ProblemJson() {}

    static ProblemDetail of(HttpStatusCode status, @Nullable String detail, List<Problem.FieldError> errors) {
        var problem = ProblemDetail.forStatusAndDetail(status, detail == null ? title(status) : detail);
        problem.setTitle(title(status));
        problem.setProperty("type", "about:blank");
        if (!errors.isEmpty()) {
            problem.setProperty("errors", errors);
        }
        if (status.is5xxServerError() && MDC.get(TraceFilter.KEY) != null) {
            problem.setProperty("traceId", MDC.get(TraceFilter.KEY));
        }
        return problem;
    }

    /** For filters, which stand outside of Spring MVC. */
    static void write(HttpServletResponse response, HttpStatus status, String detail) throws IOException {
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        var body = new java.util.LinkedHashMap<String, Object>();
        body.put("type", "about:blank");
        body.put("title", title(status));
        body.put("status", status.value());
        body.put("detail", detail);
        response.getOutputStream().write(Json.write(body).getBytes(StandardCharsets.UTF_8));
    }

    static String title(HttpStatusCode status) {
        return status instanceof HttpStatus known ? known.getReasonPhrase() : "Error " + status.value();
    }
}
