package dev.drover.campaign;

import dev.drover.kernel.Problem;
import java.util.Locale;
import java.util.Set;

/** Where a campaign stands, as people see its process, and what may be done with it there. */
public enum CampaignState {
    DRAFT, SCHEDULED, RUNNING, PAUSED, COMPLETED, CANCELLED;

    /** What somebody may want of a campaign. @param words that follow "can't be" */
    enum Move {
        CHANGE("changed", Set.of(DRAFT)), SCHEDULE("scheduled", Set.of(DRAFT, SCHEDULED)), START("started", Set.of(DRAFT, SCHEDULED)), PAUSE("paused", Set.of(SCHEDULED, RUNNING)),
        RESUME("resumed", Set.of(PAUSED)), FINISH("finished", Set.of(RUNNING)), CANCEL("cancelled", Set.of(DRAFT, SCHEDULED, RUNNING, PAUSED)), WITHDRAW("taken back", Set.of(SCHEDULED)), DELETE("deleted", Set.of(DRAFT));

        private final String words;
        private final Set<CampaignState> from;

        Move(String words, Set<CampaignState> from) {
            this.words = words;
            this.from = from;
        }
    }

    static CampaignState of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean allows(Move move) {
        return move.from.contains(this);
    }

    /** @throws Problem conflict, saying what it is and what would help */
    void mustAllow(Move move, String name) {
        if (!allows(move)) {
            throw Problem.conflict("The campaign '%s' is %s and can't be %s: %s.".formatted(name, key(), move.words, help(move)));
        }
    }

    private String help(Move move) {
        return switch (this) {
            case DRAFT -> "start or schedule it first";
            case SCHEDULED -> move == Move.RESUME ? "it isn't paused" : "take it back to the drafts first";
            case RUNNING -> move == Move.SCHEDULE || move == Move.START ? "it has begun already" : "only a paused one is resumed, and only a draft changed";
            case PAUSED -> move == Move.PAUSE ? "it stands still already" : move == Move.FINISH ? "resume it first" : "resume or cancel it";
            case COMPLETED -> "all of it has been sent; make a copy to send it again";
            case CANCELLED -> "it has ended; make a copy to send it after all";
        };
    }
}
