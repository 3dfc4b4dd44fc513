package dev.drover.kernel;

import com.github.difflib.DiffUtils;
import java.util.ArrayList;
import java.util.List;

/** Two versions of a text side by side, line by line. */
public record TextDiff(List<Line> lines) {

    public enum Kind { SAME, ADDED, REMOVED }

    /** @param before its number in the earlier version, 0: it isn't there @param after in the later one */
    public record Line(Kind kind, int before, int after, String text) {}

    public static TextDiff between(String earlier, String later) {
        var from = earlier.lines().toList();
        var to = later.lines().toList();
        var lines = new ArrayList<Line>();
        int before = 0;
        int after = 0;
        for (var delta : DiffUtils.diff(from, to).getDeltas()) {
            while (before < delta.getSource().getPosition()) {
                lines.add(new Line(Kind.SAME, ++before, ++after, from.get(before - 1)));
            }
            for (String gone : delta.getSource().getLines()) {
                lines.add(new Line(Kind.REMOVED, ++before, 0, gone));
            }
            for (String come : delta.getTarget().getLines()) {
                lines.add(new Line(Kind.ADDED, 0, ++after, come));
            }
        }
        while (before < from.size()) {
            lines.add(new Line(Kind.SAME, ++before, ++after, from.get(before - 1)));
        }
        return new TextDiff(List.copyOf(lines));
    }

    public boolean isEmpty() {
        return lines.stream().allMatch(line -> line.kind() == Kind.SAME);
    }
}
