package dev.drover.consent;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why somebody takes back consent, as the page offers it. */
public enum LeavingReason {

    TOO_OFTEN("too-often", "You write too often"),
    NOT_RELEVANT("not-relevant", "It isn’t what interests me"),
    NEVER_ASKED("never-asked", "I never asked for it"),
    NO_CUSTOMER("no-customer", "I don’t buy from you any more"),
    OTHER("other", "Something else");

    private final String key;
    private final String words;

    LeavingReason(String key, String words) {
        this.key = key;
        this.words = words;
    }

    public String key() {
        return key;
    }

    public String words() {
        return words;
    }

    /** What a form sends; anything else is no reason. */
    static @Nullable LeavingReason of(@Nullable String key) {
        return find(key).orElse(null);
    }

    static Optional<LeavingReason> find(@Nullable String key) {
        return Arrays.stream(values()).filter(one -> one.key.equals(key)).findFirst();
    }
}
