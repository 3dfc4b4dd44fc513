package dev.drover.ruleset;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kie.api.builder.Message;

/** Says where in the author's file a compiler's complaint belongs: it may name the line of generated code, or none. */
final class Problems {

    private static final Pattern RULE = Pattern.compile("(?m)^\\s*rule\\s+\"?([^\"\\n]+?)\"?\\s*$");
    private static final Pattern QUOTED = Pattern.compile("[\"'`]([A-Za-z_][\\w.]*)[\"'`]|(?:field|property|variable|method|symbol:?|type|class)\\s+([A-Za-z_][\\w.]*)"
            + "|([A-Za-z_]\\w*)(?:\\([^)]*\\))? (?:cannot be resolved|is undefined)|method ([A-Za-z_]\\w*)\\(");

    private Problems() {}

    static List<RuleProblem> of(List<Message> messages, String source) {
        var problems = new LinkedHashSet<RuleProblem>();
        for (Message message : messages) {
            String text = tidy(message.getText());
            boolean inSource = message.getPath() != null && message.getPath().endsWith(".drl") && message.getLine() > 0
                    && message.getLine() <= source.lines().count();
            int line = inSource ? message.getLine() : guess(text, source);
            problems.add(new RuleProblem(line, inSource ? Math.max(1, message.getColumn() + 1) : 1, "error", text));
        }
        return new ArrayList<>(problems);
    }

    /** The line that holds a word the complaint names: within the rule it names, where it names one. */
    private static int guess(String text, String source) {
        List<String> lines = source.lines().toList();
        int from = 0;
        Matcher rule = RULE.matcher(source);
        while (rule.find()) {
            if (text.contains(rule.group(1))) {
                from = (int) source.substring(0, rule.start(1)).lines().count() - 1;
                break;
            }
        }
        Matcher word = QUOTED.matcher(text);
        while (word.find()) {
            for (int group = 1; group <= word.groupCount(); group++) {
                String name = word.group(group);
                if (name == null || name.startsWith("dev.drover") || name.startsWith("rules.")) {
                    continue;
                }
                String last = name.substring(name.lastIndexOf('.') + 1);
                for (int n = from; n < lines.size(); n++) {
                    if (Pattern.compile("\\b" + Pattern.quote(last) + "\\b").matcher(lines.get(n)).find() && !lines.get(n).strip().startsWith("rule ")) {
                        return n + 1;
                    }
                }
            }
        }
        return from + 1;
    }

    private static String tidy(String text) {
        return text == null ? "The rule can't be compiled." : text.replaceAll("\\s+", " ").replaceAll("^Unable to Analyse Expression ", "Can't understand: ").strip();
    }
}
