package dev.drover.ruleset.fact;

import dev.drover.ruleset.Verdict;
import java.math.BigDecimal;
import java.math.RoundingMode;
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

    /** A value as a reason says it: money and averages with two digits behind the point. */
    public static String said(@Nullable Object value) {
        return switch (value) {
            case null -> "none";
            case Double number when number.isNaN() -> "none";
            case Double number when number.isInfinite() -> "never";
            case Double number -> BigDecimal.valueOf(number).setScale(number == Math.rint(number) ? 0 : 2, RoundingMode.HALF_UP).toPlainString();
            default -> value.toString();
        };
    }

    public final List<Verdict> given() {
        return List.copyOf(given);
    }

    final void add(String verb, long customerId, String key, String reason, @Nullable Instant until) {
        given.add(new Verdict(rule, verb, customerId, key, reason, until, file, version));
    }
}
