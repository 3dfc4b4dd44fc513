package dev.drover.template;

import dev.drover.kernel.Checks;

/**
 * Who changes a template, and how.
 *
 * @param origin {@code ui} or {@code api}; {@code shipped} and {@code rollback} are given by ourselves
 * @param note   why, in the author's words; may be empty
 */
public record TemplateEdit(String author, String origin, String note) {

    static final TemplateEdit SHIPPED = new TemplateEdit("Drover", "shipped", "");

    public TemplateEdit {
        note = note.strip();
        new Checks().atMost("note", note, 1_000).orThrow();
    }

    static TemplateEdit rollback(String author, int to) {
        return new TemplateEdit(author, "rollback", "Back to version " + to);
    }
}
