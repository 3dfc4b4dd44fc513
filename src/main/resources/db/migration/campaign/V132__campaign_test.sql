-- Between the test groups and the rest of a campaign's audience: nothing is queued until it is decided what the rest gets.
ALTER TABLE campaign_run DROP CONSTRAINT campaign_run_phase_check;
ALTER TABLE campaign_run ADD CONSTRAINT campaign_run_phase_check
    CHECK (phase IN ('waiting', 'queueing', 'testing', 'sending', 'sent', 'closed', 'refused', 'cancelling', 'cancelled'));
-- When the test's wait is over.
ALTER TABLE campaign_run ADD COLUMN decide_at timestamptz;

-- What a run of a campaign tries out, and what was decided. Who got which is told by the message's mailing.
CREATE TABLE ab_test (
    campaign_id              bigint NOT NULL,
    run                      int NOT NULL,
    test_type                text NOT NULL CHECK (test_type IN ('subject_line', 'content', 'from_name')),
    -- All of it as it was when the run began, and the mailing of each variant, in the variants' order.
    config                   jsonb NOT NULL,
    mailings                 bigint[] NOT NULL,
    test_size_percentage     numeric(7, 4) NOT NULL,
    winning_metric           text NOT NULL CHECK (winning_metric IN ('open_rate', 'click_rate', 'conversion_rate', 'revenue')),
    confidence_level         numeric(7, 4) NOT NULL,
    min_sample_size          int NOT NULL,
    status                   text NOT NULL DEFAULT 'running' CHECK (status IN ('running', 'completed', 'cancelled')),
    -- Whose text the rest gets; the control's where none is proven better.
    chosen_variant           text,
    -- Null: none is proven.
    winning_variant          text,
    statistical_significance boolean,
    confidence_achieved      numeric(9, 6),
    -- Why, in a sentence; what was counted when it was decided; by whom, null: by the test itself.
    finding                  text,
    results                  jsonb,
    decided_by               text,
    started_at               timestamptz NOT NULL,
    completed_at             timestamptz,
    PRIMARY KEY (campaign_id, run),
    FOREIGN KEY (campaign_id, run) REFERENCES campaign_run ON DELETE CASCADE,
    CHECK ((status = 'completed') = (chosen_variant IS NOT NULL))
);
