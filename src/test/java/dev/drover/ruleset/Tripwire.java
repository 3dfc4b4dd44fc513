package dev.drover.ruleset;

/** What a rule that broke out could reach: it remembers that it was touched. */
public final class Tripwire {

    private static volatile boolean tripped;

    private Tripwire() {}

    public static boolean trip() {
        tripped = true;
        return true;
    }

    public static int score() {
        tripped = true;
        return 1;
    }

    static boolean tripped() {
        return tripped;
    }
}
