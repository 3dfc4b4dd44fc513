package dev.drover.template;

import com.github.jknack.handlebars.HandlebarsException;
import dev.drover.kernel.Problem;
import java.util.regex.Pattern;

/** Turns what Handlebars says into a problem at a line and column. */
final class TemplateProblems {

    private static final Pattern PLACE = Pattern.compile(":(\\d+):(\\d+): *(.*)");

    private TemplateProblems() {}

    static Problem problem(String part, HandlebarsException e) {
        String said = e.getError() != null ? e.getError().reason : e.getMessage();
        int line = e.getError() != null ? e.getError().line : 0;
        int column = e.getError() != null ? e.getError().column : 0;
        Throwable cause = e.getCause();
        if (cause != null && cause.getMessage() != null && !(cause instanceof HandlebarsException)) {
            said = cause instanceof java.io.UncheckedIOException io ? io.getCause().getMessage() : cause.getMessage();
        }
        var place = PLACE.matcher(said == null ? "" : said);
        if (line == 0 && place.find()) {
            line = Integer.parseInt(place.group(1));
            column = Integer.parseInt(place.group(2));
            said = place.group(3);
        }
        return Problem.invalid(part, "%s, line %d, column %d: %s".formatted(part, Math.max(line, 1), column + 1, said));
    }
}
