package dev.drover.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a template's tags before Handlebars does, and refuses what no message needs: unescaped output, partials, decorators, other
 * delimiters, and nesting and tags of a size that only somebody who wants the parser to fall over writes.
 */
final class Screening {

    /** Longer than any mail's half; a mail beyond 100 KB is cut off by the large providers anyway. */
    static final int MOST_SOURCE = 500_000;
    private static final int DEEPEST = 40;
    private static final int LONGEST_TAG = 2_000;
    // A comment without tags in it is passed over; one with tags is looked at, since where it ends is for the parser to say.
    private static final Pattern TAG = Pattern.compile("\\{\\{~?!(?:(?!\\{\\{|}}).)*+}}|(?<open>\\{\\{++)(?<sign>~?[#^/&>*=!{]?[*>^]?)\\s*+(?<name>[\\w.-]*+)", Pattern.DOTALL);

    private Screening() {}

    /** What is wrong, in the order of the text; empty: nothing. */
    static List<TemplateProblem> of(String part, String source) {
        var problems = new ArrayList<TemplateProblem>();
        if (source.length() > MOST_SOURCE) {
            problems.add(new TemplateProblem(part, 1, 1, "The template is longer than %,d characters.".formatted(MOST_SOURCE)));
            return problems;
        }
        int depth = 0;
        var tags = TAG.matcher(source);
        while (tags.find() && problems.size() < 20) {
            if (tags.group("open") == null) {
                continue;
            }
            String sign = tags.group("sign").replace("~", "");
            String message = refusal(tags.group("open"), sign, tags.group("name"));
            if (message == null && source.indexOf("}}", tags.start()) - tags.start() > LONGEST_TAG) {
                message = "This tag is longer than %,d characters.".formatted(LONGEST_TAG);
            }
            depth += sign.startsWith("#") || sign.equals("^") && !tags.group("name").isEmpty() ? 1 : sign.startsWith("/") ? -1 : 0;
            if (message == null && depth > DEEPEST) {
                message = "Blocks are nested deeper than %d.".formatted(DEEPEST);
                depth = Integer.MIN_VALUE / 2;
            }
            if (message != null) {
                problems.add(TemplateProblem.at(part, source, tags.start(), message));
            }
        }
        int brackets = deepestBrackets(source);
        if (brackets >= 0) {
            problems.add(TemplateProblem.at(part, source, brackets, "Expressions are nested deeper than %d.".formatted(DEEPEST)));
        }
        return problems;
    }

    private static @Nullable String refusal(String open, String sign, String name) {
        if (open.length() > 2 || sign.startsWith("&") || sign.startsWith("{")) {
            return "Unescaped output ({{{…}}} or {{&…}}) isn't available: a customer's name would become HTML.";
        }
        if (sign.contains(">")) {
            return "Partials ({{> …}}) aren't available in a message template.";
        }
        if (sign.contains("*")) {
            return "Decorators ({{* …}}) aren't available in a message template.";
        }
        if (sign.startsWith("=")) {
            return "Other delimiters ({{= …}}) aren't available in a message template.";
        }
        return Helpers.NOT_FOR_TEMPLATES.contains(name) && !sign.startsWith("/") && !sign.startsWith("!") ? "'" + name + "' isn't available in a message template." : null;
    }

    /** Where brackets within a tag go too deep; -1: nowhere. */
    private static int deepestBrackets(String source) {
        int depth = 0;
        boolean tag = false;
        for (int at = 0; at < source.length(); at++) {
            if (source.startsWith("{{", at)) {
                tag = true;
            } else if (source.startsWith("}}", at)) {
                tag = false;
                depth = 0;
            } else if (tag && source.charAt(at) == '(' && ++depth > DEEPEST) {
                return at;
            }
        }
        return -1;
    }
}
