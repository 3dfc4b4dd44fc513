package dev.drover.template;

import com.github.jknack.handlebars.HandlebarsException;
import dev.drover.kernel.Problem;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns what Handlebars says into a problem at a line and column. */
final class TemplateProblems {

    private static final Pattern PLACE = Pattern.compile(":(\\d+):(\\d+): *(.*)");

    private TemplateProblems() {}

    static Problem problem(String part, HandlebarsException e) {
        return Problem.invalid(part, found(part, e).inWords());
    }

    static TemplateProblem found(String part, HandlebarsException e) {
        String said = e.getError() != null ? e.getError().reason : e.getMessage();
        int line = e.getError() != null ? e.getError().line : 0;
        int column = e.getError() != null ? e.getError().column : 0;
        String cause = ours(e.getCause());
        if (cause != null) {
            said = cause;
        }
        var place = PLACE.matcher(said == null ? "" : said);
        if (line == 0 && place.find()) {
            line = Integer.parseInt(place.group(1));
            column = Integer.parseInt(place.group(2));
            said = place.group(3);
        }
        return new TemplateProblem(part, Math.max(line, 1), Math.max(column, 0) + 1, said == null ? "It can't be read." : inPlainWords(said));
    }

    /** What a helper of ours refused with, however deep Handlebars wrapped it. */
    private static @Nullable String ours(@Nullable Throwable cause) {
        while (cause != null) {
            if (cause instanceof UncheckedIOException io) {
                return io.getCause().getMessage();
            }
            if (!(cause instanceof HandlebarsException) && cause.getMessage() != null) {
                return cause.getMessage();
            }
            cause = cause.getCause();
        }
        return null;
    }

    private static String inPlainWords(String said) {
        return said.replaceFirst("^could not find helper: '([^']*)'", "There is no helper '$1'.").replace("found: 'EOF', expected: '{{/'", "A block isn't closed.")
                .replaceFirst("^found: '(.*)', expected: '(.*)'$", "'$1' stands where '$2' is expected.");
    }
}
