package dev.drover.consent;

import org.jspecify.annotations.Nullable;

/** Why somebody leaves; both may be missing: nobody has to say. */
record Leaving(@Nullable LeavingReason reason, @Nullable String words) {

    static final Leaving UNSAID = new Leaving(null, null);
    private static final int LONGEST = 500;

    static Leaving of(@Nullable String reason, @Nullable String words) {
        String said = words == null || words.isBlank() ? null : words.strip().replace("\0", "");
        return new Leaving(LeavingReason.of(reason), said == null ? null : said.substring(0, Math.min(said.length(), LONGEST)));
    }
}
