package dev.drover.template;

/**
 * What is wrong in a template.
 *
 * @param part   {@code subject}, {@code preheader}, {@code html} or {@code text}
 * @param line   from 1
 * @param column from 1
 */
public record TemplateProblem(String part, int line, int column, String message) {

    static TemplateProblem at(String part, String source, int offset, String message) {
        String before = source.substring(0, offset);
        return new TemplateProblem(part, 1 + (int) before.chars().filter(one -> one == '\n').count(), offset - before.lastIndexOf('\n'), message);
    }

    String inWords() {
        return "%s, line %d, column %d: %s".formatted(part, line, column, message);
    }
}
