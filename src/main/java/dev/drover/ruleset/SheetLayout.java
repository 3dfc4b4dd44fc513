package dev.drover.ruleset;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a sheet is laid out as a decision table, told in words for whoever edits it in a spreadsheet program. */
final class SheetLayout {

    private static final Set<String> COLUMNS = Set.of("NAME", "DESCRIPTION", "CONDITION", "ACTION", "PRIORITY");
    /** Below the word RuleTable: kinds of columns, what a column's condition is about, its code, its heading. */
    private static final int HEAD_ROWS = 4;
    private static final int MOST_ROWS = 1_000;
    private static final int MOST_COLUMNS = 50;

    private final List<List<String>> rows;
    private final List<RuleProblem> problems = new ArrayList<>();

    private SheetLayout(List<List<String>> rows) {
        this.rows = rows;
    }

    static List<RuleProblem> problems(List<List<String>> rows) {
        var layout = new SheetLayout(rows);
        layout.look();
        return List.copyOf(layout.problems);
    }

    private void look() {
        if (rows.size() > MOST_ROWS || rows.stream().anyMatch(row -> row.size() > MOST_COLUMNS)) {
            problems.add(RuleProblem.error(1, 1, "This sheet has more than %d rows or %d columns.".formatted(MOST_ROWS, MOST_COLUMNS)));
            return;
        }
        int[] set = find("ruleset");
        int[] table = find("ruletable");
        if (set == null) {
            problems.add(RuleProblem.error(1, 1, "No cell of the first sheet says RuleSet: a decision table begins with one, to the left of its name."));
        }
        if (table == null) {
            problems.add(RuleProblem.error(rows.size(), 1, "No cell of the first sheet says RuleTable: it stands above the columns."));
            return;
        }
        columns(table[0], table[1]);
    }

    private void columns(int top, int left) {
        boolean condition = false;
        boolean action = false;
        int last = Math.max(width(top + 1), width(top + HEAD_ROWS));
        for (int column = left; column < last; column++) {
            String kind = cell(top + 1, column).toUpperCase(Locale.ROOT);
            condition |= kind.equals("CONDITION");
            action |= kind.equals("ACTION");
            if (kind.isEmpty()) {
                if (!cell(top + HEAD_ROWS, column).isEmpty()) {
                    at(top + 1, column, "this cell must say CONDITION or ACTION.");
                }
            } else if (!COLUMNS.contains(kind)) {
                at(top + 1, column, "'%s' is no kind of column: use NAME, DESCRIPTION, PRIORITY, CONDITION or ACTION.".formatted(cell(top + 1, column)));
            } else if ((kind.equals("CONDITION") || kind.equals("ACTION")) && cell(top + 3, column).isEmpty()) {
                at(top + 3, column, "the code of this %s is missing.".formatted(kind.toLowerCase(Locale.ROOT)));
            }
        }
        if (!condition) {
            at(top + 1, left, "there is no CONDITION column: when shall the rules hold?");
        }
        if (!action) {
            at(top + 1, left, "there is no ACTION column: what shall the rules say?");
        }
        if (rows.stream().skip(top + HEAD_ROWS + 1L).allMatch(row -> row.stream().allMatch(String::isEmpty))) {
            problems.add(RuleProblem.error(top + HEAD_ROWS + 2, left + 1, "Row %d: there is no row in this table.".formatted(top + HEAD_ROWS + 2)));
        }
    }

    private void at(int row, int column, String words) {
        problems.add(RuleProblem.error(row + 1, column + 1, "Row %d, column %s: %s".formatted(row + 1, letters(column), words)));
    }

    /** @return row and column, counted from 0, of the first cell that begins so */
    private int @Nullable [] find(String word) {
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < rows.get(row).size(); column++) {
                if (cell(row, column).toLowerCase(Locale.ROOT).startsWith(word)) {
                    return new int[] {row, column};
                }
            }
        }
        return null;
    }

    private int width(int row) {
        return row < rows.size() ? rows.get(row).size() : 0;
    }

    private String cell(int row, int column) {
        return row < rows.size() && column < rows.get(row).size() ? rows.get(row).get(column).strip() : "";
    }

    /** As spreadsheets call a column: A to Z, then AA. */
    static String letters(int column) {
        return (column < 26 ? "" : letters(column / 26 - 1)) + (char) ('A' + column % 26);
    }
}
