package dev.drover.campaign;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** When each of a campaign's messages is due. */
public enum SendTime {

    /** All when it begins. */
    AT_ONCE,
    /** When each customer's own clock shows the scheduled time. */
    LOCAL,
    /** Within a day of the beginning, at the hour at which each is likeliest to react; an estimate. */
    OPTIMISED;

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<SendTime> of(String key) {
        return Arrays.stream(values()).filter(one -> one.key().equals(key)).findFirst();
    }
}
