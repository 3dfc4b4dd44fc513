package dev.drover.trigger;

import dev.drover.ruleset.language.Held;
import java.util.stream.Collectors;

/** Why conditions didn't hold, in a line. */
final class Verdicts {

    private static final int TOLD = 3;
    private static final int LONGEST = 400;

    private Verdicts() {}

    static String why(Held held) {
        String told = held.failures().limit(TOLD).map(one -> one.text() + (one.actual().isEmpty() ? "" : " (it is " + one.actual() + ")")).collect(Collectors.joining("; "));
        return told.length() > LONGEST ? told.substring(0, LONGEST) + "…" : told;
    }
}
