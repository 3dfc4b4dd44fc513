package dev.drover.kernel;

import java.util.List;

/**
 * Something a person or a client can act upon. A capability throws it with a kind and a message that says what to do; it knows no HTTP.
 * The web floor turns it into {@code application/problem+json} (RFC 9457) for the API and into a fragment for pages.
 */
public class Problem extends RuntimeException {

    public enum Kind {
        /** No such thing. */
        NOT_FOUND,
        /** It clashes with what is there: a second use, a repeated key with another body. */
        CONFLICT,
        /** Bad input; {@link #errors()} names the fields where it can. */
        REJECTED,
        /** It was there once and has ended: an expired discount. */
        GONE,
        /** A part we depend on is down; trying again later may help. */
        UNAVAILABLE
    }

    /** @param field the path of the input, such as {@code lines[2].quantity} */
    public record FieldError(String field, String message) {}

    private final Kind kind;
    private final List<FieldError> errors;

    public Problem(Kind kind, String message, List<FieldError> errors) {
        super(message);
        this.kind = kind;
        this.errors = List.copyOf(errors);
    }

    public static Problem notFound(String message) {
        return new Problem(Kind.NOT_FOUND, message, List.of());
    }

    public static Problem conflict(String message) {
        return new Problem(Kind.CONFLICT, message, List.of());
    }

    public static Problem rejected(String message) {
        return new Problem(Kind.REJECTED, message, List.of());
    }

    public static Problem gone(String message) {
        return new Problem(Kind.GONE, message, List.of());
    }

    public static Problem unavailable(String message) {
        return new Problem(Kind.UNAVAILABLE, message, List.of());
    }

    public static Problem invalid(String field, String message) {
        return new Problem(Kind.REJECTED, message, List.of(new FieldError(field, message)));
    }

    public static Problem invalid(List<FieldError> errors) {
        return new Problem(Kind.REJECTED, errors.getFirst().message(), errors);
    }

    public Kind kind() {
        return kind;
    }

    public List<FieldError> errors() {
        return errors;
    }
}
