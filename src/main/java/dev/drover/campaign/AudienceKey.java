package dev.drover.campaign;

/**
 * Who is in a campaign's audience, apart from the campaign: those of a month mostly go to the same few segments, and what was counted for one holds for the others.
 *
 * @param own the campaign, where its audience is nobody else's: it has a list of its own, or leaves out who got it already; else 0
 */
record AudienceKey(Campaign.Audience audience, long own) {

    static AudienceKey of(Campaign campaign) {
        return new AudienceKey(campaign.audience(), campaign.audience().listed() || campaign.settings().oncePerDays() > 0 ? campaign.id() : 0);
    }

    /** Whether everybody else is in it, too. */
    boolean all() {
        return own == 0 && audience.everybody() && audience.exclude().isEmpty() && unconditional();
    }

    boolean unconditional() {
        return audience.conditions() == null;
    }
}
