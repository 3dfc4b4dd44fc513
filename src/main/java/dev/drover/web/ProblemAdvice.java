package dev.drover.web;

import dev.drover.kernel.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.ModelAndView;

/** The one place where what a capability or Spring refuses becomes an answer: problem+json for programs, a page or a notice (htmx) for people. */
@ControllerAdvice
class ProblemAdvice {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler(Exception.class)
    @Nullable Object answer(Exception exception, HttpServletRequest request, HttpServletResponse response) throws Exception {
        if (exception instanceof AccessDeniedException || exception instanceof AuthenticationException) {
            throw exception;
        }
        if (exception instanceof AsyncRequestNotUsableException || response.isCommitted()) {
            log.debug("The caller went away, or the answer had begun already", exception);
            return null;
        }
        Refusal refusal = Refusal.of(exception);
        if (refusal.status().is5xxServerError() && refusal.status().value() != 503) {
            log.error("{} {} failed", request.getMethod(), request.getRequestURI(), exception);
        }
        return answer(refusal, request);
    }

    static Object answer(Refusal refusal, HttpServletRequest request) {
        if (forPrograms(request)) {
            return ResponseEntity.status(refusal.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON).headers(refusal.headers())
                    .body(ProblemJson.of(refusal.status(), refusal.detail(), refusal.errors()));
        }
        boolean htmx = request.getHeader("HX-Request") != null;
        var page = new ModelAndView(htmx ? "web/notice" : "web/error", HttpStatus.resolve(refusal.status().value()) == null
                ? HttpStatus.INTERNAL_SERVER_ERROR : HttpStatus.valueOf(refusal.status().value()));
        page.addObject("status", refusal.status().value()).addObject("title", heading(refusal.status()))
                .addObject("detail", refusal.detail()).addObject("trace", refusal.status().is5xxServerError() ? request.getAttribute(TraceFilter.KEY) : null);
        return page;
    }

    private static boolean forPrograms(HttpServletRequest request) {
        Object failed = request.getAttribute("jakarta.servlet.error.request_uri");
        String path = failed == null ? request.getRequestURI() : failed.toString();
        return path.startsWith("/api/") || path.startsWith("/actuator") || path.startsWith("/hooks/");
    }

    private static String heading(HttpStatusCode status) {
        return switch (status.value()) {
            case 404, 410 -> "There is nothing here";
            case 401, 403 -> "This isn’t open to you";
            case 409 -> "That clashes with what is there";
            case 503 -> "Not available just now";
            default -> status.is5xxServerError() ? "Something went wrong here" : "That didn’t work";
        };
    }
}
