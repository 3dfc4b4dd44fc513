package dev.drover.segment;

import dev.drover.ruleset.language.Held;
import dev.drover.ruleset.language.Trial;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Why somebody is in a segment or not, in a line. */
final class Reasons {

    private Reasons() {}

    /** What the rule says; of who isn't in it the conditions that fail, of the rule that comes closest. */
    static String shortly(String segment, List<Trial.Told> told, boolean in) {
        var own = told.stream().filter(one -> one.segment().equals(segment)).toList();
        if (in) {
            return own.stream().filter(Trial.Told::holds).map(Trial.Told::reason).findFirst().orElse("");
        }
        return own.stream().min(Comparator.comparingLong(one -> one.why().failures().count())).map(one -> one.why().failures().map(Reasons::words)
                .collect(Collectors.joining(", "))).orElse("no rule enters it any more");
    }

    private static String words(Held held) {
        return held.text() + " fails" + (held.actual().isEmpty() ? "" : ": " + held.actual());
    }
}
