package dev.drover.consent;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that its owner confirms from the mailbox: only who reads it there may.
 *
 * @param address     where the mail with the link goes
 * @param confirmedAt {@code null}: not yet
 */
public record Confirmation(long id, long customerId, Kind kind, String address, Proof proof, Instant requestedAt, Instant expiresAt, @Nullable Instant confirmedAt) {

    /** On a page of ours that only a link to the person leads to, and not by the shop on their behalf. */
    public boolean askedInPerson() {
        return proof.page() != null;
    }

    /** They said yes or no otherwise meanwhile. */
    boolean settled() {
        return confirmedAt == null && !expiresAt.isAfter(requestedAt);
    }

    public enum Kind {
        /** Marketing by e-mail. */
        OPT_IN("opt-in"),
        /** A copy of everything that is held about the person. */
        EXPORT("export"),
        /** That the person be forgotten. */
        ERASE("erase");

        private final String key;

        Kind(String key) {
            this.key = key;
        }

        public String key() {
            return key;
        }

        static Kind of(String key) {
            for (Kind kind : values()) {
                if (kind.key.equals(key)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException(key);
        }
    }
}
