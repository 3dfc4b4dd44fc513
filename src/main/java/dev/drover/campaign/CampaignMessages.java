package dev.drover.campaign;

/** Which messages of the ledger are a campaign's, said once for all that counts them. */
final class CampaignMessages {

    /**
     * Its own, and those of the journey or trigger it has or had in hand, queued in that time; rows of {@code message}. Each once: a message has one origin, and a
     * campaign's source is nobody else's at the same time. Parameter {@code campaign}: its id as text.
     */
    static final String ITS = """
            SELECT o.* FROM message o WHERE o.origin_type = 'campaign' AND o.origin_id = :campaign
            UNION ALL
            SELECT o.* FROM campaign_source s JOIN message o ON o.origin_type = s.origin_type AND o.origin_id = s.origin_id AND o.id > s.after_message
                                                             AND o.queued_at >= s.since AND o.queued_at < coalesce(s.until, 'infinity') WHERE s.campaign_id = :campaign::bigint""";

    private CampaignMessages() {}
}
