package dev.drover.delivery;

import java.time.Duration;

/** How long a provider is waited for. */
public final class TimeOuts {

    /** A hand-over may take a few such waits (for a token, too), and all of it has to end well before the dispatcher's lease does. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private TimeOuts() {}

    /**
     * @param settings what their names begin with, such as {@code DROVER_TWILIO}
     * @throws IllegalArgumentException for one that is none, or longer than a minute
     */
    public static void check(String settings, Duration connect, Duration answer) {
        check(settings + "_CONNECT_TIMEOUT", connect);
        check(settings + "_ANSWER_TIMEOUT", answer);
    }

    private static void check(String setting, Duration timeOut) {
        // Less than a millisecond would be none at all, and waited for without end.
        if (timeOut.toMillis() < 1 || timeOut.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("%s is %s: use a time up to %s.".formatted(setting, timeOut, LONGEST));
        }
    }
}
