-- Who fulfils a campaign's conditions is looked at in sets after the snapshot, before anything is queued.
ALTER TABLE campaign_run DROP CONSTRAINT campaign_run_phase_check;
ALTER TABLE campaign_run ADD CONSTRAINT campaign_run_phase_check
    CHECK (phase IN ('waiting', 'sifting', 'queueing', 'testing', 'sending', 'sent', 'closed', 'refused', 'cancelling', 'cancelled'));
-- How many of the snapshot were looked at, and the last of them.
ALTER TABLE campaign_run ADD COLUMN sifted bigint NOT NULL DEFAULT 0, ADD COLUMN sifted_to bigint NOT NULL DEFAULT 0;
