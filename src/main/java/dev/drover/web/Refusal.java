package dev.drover.web;

import dev.drover.kernel.Problem;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.MismatchedInputException;

/** An exception in the words of HTTP. What we didn't foresee is a 500 with a fixed text: its own words may tell too much. */
record Refusal(HttpStatusCode status, String detail, List<Problem.FieldError> errors, HttpHeaders headers) {

    static Refusal of(Throwable exception) {
        var problem = cause(exception, Problem.class);
        if (problem != null) {
            return new Refusal(status(problem.kind()), String.valueOf(problem.getMessage()), problem.errors(), HttpHeaders.EMPTY);
        }
        var tooLarge = cause(exception, BodyLimitFilter.BodyTooLarge.class);
        if (tooLarge != null) {
            return of(HttpStatus.CONTENT_TOO_LARGE, String.valueOf(tooLarge.getMessage()));
        }
        return switch (exception) {
            case HttpMessageNotReadableException e -> unreadable(e);
            case MaxUploadSizeExceededException e -> of(HttpStatus.CONTENT_TOO_LARGE, "The file is larger than this server takes.");
            case MethodArgumentNotValidException e -> new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "Some fields can't be taken as they are.",
                    e.getFieldErrors().stream().map(field -> new Problem.FieldError(field.getField(), String.valueOf(field.getDefaultMessage()))).toList(), HttpHeaders.EMPTY);
            case HandlerMethodValidationException e -> new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "Some fields can't be taken as they are.",
                    e.getParameterValidationResults().stream().flatMap(result -> result.getResolvableErrors().stream().map(error ->
                            new Problem.FieldError(String.valueOf(result.getMethodParameter().getParameterName()), String.valueOf(error.getDefaultMessage())))).toList(), HttpHeaders.EMPTY);
            case MethodArgumentTypeMismatchException e -> field(e.getName(), "'%s' can't be used for %s.".formatted(shown(e.getValue()), e.getName()));
            case MissingServletRequestParameterException e -> field(e.getParameterName(), e.getParameterName() + " is missing.");
            case NoResourceFoundException e -> of(HttpStatus.NOT_FOUND, "There is no such page or call.");
            case ErrorResponse e -> new Refusal(e.getStatusCode(), String.valueOf(e.getBody().getDetail()), List.of(), e.getHeaders());
            case DataAccessResourceFailureException e -> away();
            case TransientDataAccessException e -> away();
            case CannotCreateTransactionException e -> away();
            default -> holdsNul(exception) ? of(HttpStatus.BAD_REQUEST, "The input holds a NUL character.")
                    : of(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong here. The log tells what, under the trace id.");
        };
    }

    private static Refusal of(HttpStatus status, String detail) {
        return new Refusal(status, detail, List.of(), HttpHeaders.EMPTY);
    }

    private static Refusal field(String name, String message) {
        return new Refusal(HttpStatus.BAD_REQUEST, message, List.of(new Problem.FieldError(name, message)), HttpHeaders.EMPTY);
    }

    private static Refusal away() {
        return of(HttpStatus.SERVICE_UNAVAILABLE, "The database is busy or away. Try again in a moment.");
    }

    private static Refusal unreadable(HttpMessageNotReadableException exception) {
        var json = cause(exception, JacksonException.class);
        if (json == null) {
            return of(HttpStatus.BAD_REQUEST, "A body in the form this call expects is missing.");
        }
        var at = json.getLocation();
        String where = at == null ? "" : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr());
        if (json instanceof DatabindException bind && !bind.getPath().isEmpty()) {
            String name = path(bind);
            return field(name, name + " isn't " + expected(json) + where + ".");
        }
        if (json instanceof MismatchedInputException) {
            // The library's words would name a class of ours.
            return of(HttpStatus.BAD_REQUEST, "The body isn't " + expected(json) + where + ".");
        }
        String words = String.valueOf(json.getOriginalMessage());
        return of(HttpStatus.BAD_REQUEST, "Not well-formed JSON" + where + ": " + shown(words.lines().findFirst().orElse("")));
    }

    /** In words a caller can act upon. */
    private static String expected(JacksonException exception) {
        Class<?> type = exception instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null ? mismatch.getTargetType() : Object.class;
        if (type == Instant.class) {
            return "a time with its zone, such as 2026-01-31T09:00:00Z";
        }
        if (type == LocalDate.class) {
            return "a day, such as 2026-01-31";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (Number.class.isAssignableFrom(type) || type == int.class || type == long.class) {
            return "a number that fits";
        }
        return Collection.class.isAssignableFrom(type) ? "a list" : Map.class.isAssignableFrom(type) || type.isRecord() ? "an object" : "what is expected here";
    }

    private static String path(DatabindException exception) {
        var path = new StringBuilder();
        exception.getPath().forEach(step -> {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        });
        return path.toString();
    }

    private static HttpStatus status(Problem.Kind kind) {
        return switch (kind) {
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case CONFLICT -> HttpStatus.CONFLICT;
            case REJECTED -> HttpStatus.UNPROCESSABLE_CONTENT;
            case GONE -> HttpStatus.GONE;
            case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
        };
    }

    /** PostgreSQL's code for bytes it has no character for; a NUL in a path or a parameter gets that far. */
    private static boolean holdsNul(Throwable exception) {
        var sql = cause(exception, SQLException.class);
        return sql != null && "22021".equals(sql.getSQLState());
    }

    private static <T extends Throwable> @Nullable T cause(Throwable exception, Class<T> type) {
        int depth = 0;
        for (Throwable each = exception; each != null && depth < 20; each = each.getCause(), depth++) {
            if (type.isInstance(each)) {
                return type.cast(each);
            }
        }
        return null;
    }

    private static String shown(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }
}
