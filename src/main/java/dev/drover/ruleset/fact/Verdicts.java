package dev.drover.ruleset.fact;

import dev.drover.ruleset.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what rules decide in one session; the rule's name is noted before each of its consequences runs. */
public abstract class Verdicts {

    private final List<Verdict> given = new ArrayList<>();
    private String rule = "";
    private String file = "";
    private int version;

    /** Whose consequence runs now; told by the session's listener, not by rules. */
    public final void speaking(String rule, String file, int version) {
        this.rule = rule;
        this.file = file;
        this.version = version;
    }

    public final List<Verdict> given() {
        return List.copyOf(given);
    }

    final void add(String verb, long customerId, String key, String reason, @Nullable Instant until) {
        given.add(new Verdict(rule, verb, customerId, key, reason, until, file, version));
    }
}
