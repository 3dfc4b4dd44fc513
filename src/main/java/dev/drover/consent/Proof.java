package dev.drover.consent;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * How we know of a choice, besides who made it and when.
 *
 * @param source    what it came by, such as {@code preference page} or {@code checkout}
 * @param wording   what the person read and agreed to
 * @param version   of the wording
 * @param page      the path it was said on, without what a link proves
 * @param ip        where it was said from
 * @param userAgent with which program
 */
public record Proof(String source, @Nullable String wording, @Nullable String version, @Nullable String page, @Nullable String ip, @Nullable String userAgent) {

    private static final int LONGEST = 500;

    public static Proof of(String source) {
        return new Proof(source, null, null, null, null, null);
    }

    static Proof of(String source, @Nullable Wording wording, String page, HttpServletRequest request) {
        String program = request.getHeader("User-Agent");
        return new Proof(source, wording == null ? null : wording.text(), wording == null ? null : wording.version(), page, request.getRemoteAddr(),
                program == null ? null : storable(program.length() > LONGEST ? program.substring(0, LONGEST) : program));
    }

    /** A header may hold any byte; PostgreSQL's text has no NUL, and a log no line breaks. */
    private static String storable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\ud800-\\udfff]", " ");
    }
}
