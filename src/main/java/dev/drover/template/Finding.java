package dev.drover.template;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * What could be better in a template that can be saved as it is.
 *
 * @param part   {@code subject}, {@code preheader}, {@code html} or {@code text}
 * @param line   from 1
 * @param column from 1
 */
record Finding(String part, int line, int column, Severity severity, String message) {

    enum Severity {
        /** Probably a slip. */
        WARNING,
        /** Works, and could work for more people. */
        HINT;

        @JsonValue
        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
