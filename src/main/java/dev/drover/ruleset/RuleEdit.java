package dev.drover.ruleset;

import dev.drover.kernel.Checks;

/**
 * Who changes rules, and how.
 *
 * @param origin {@code ui} or {@code api}; {@code file} and {@code rollback} are given by ourselves
 * @param note   why, in the author's words; may be empty
 */
public record RuleEdit(String author, String origin, String note) {

    static final RuleEdit FOLDER = new RuleEdit("rules folder", "file", "");

    public RuleEdit {
        note = note.strip();
        new Checks().atMost("note", note, 1_000).orThrow();
    }

    static RuleEdit rollback(String author, String note, int to) {
        return new RuleEdit(author, "rollback", note.isBlank() ? "Back to version " + to : note);
    }
}
