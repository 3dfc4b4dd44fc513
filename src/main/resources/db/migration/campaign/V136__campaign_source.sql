-- What a drip or triggered campaign has in hand: the journey or the trigger whose messages are its own from its start to its end. Its messages are
-- counted by where they come from and when they were queued, so that no message needs a mark of its own and none is counted in two rows.
CREATE TABLE campaign_source (
    campaign_id   bigint NOT NULL REFERENCES email_campaign ON DELETE CASCADE,
    origin_type   text NOT NULL CHECK (origin_type IN ('journey', 'trigger')),
    origin_id     text NOT NULL,
    since         timestamptz NOT NULL,
    -- Messages up to this one were there before: the index goes by number.
    after_message bigint NOT NULL,
    -- From then on nobody new; null: open.
    ends_at       timestamptz,
    -- When nobody new was let in any more, because the end had come.
    stopped_at    timestamptz,
    -- The end of what is counted; null: it goes on.
    until         timestamptz,
    -- It was closed or off: it is so again when the campaign ends.
    switched_on   boolean NOT NULL,
    -- The trigger was on when the campaign was paused.
    paused        boolean NOT NULL DEFAULT false,
    PRIMARY KEY (campaign_id, origin_type)
);
-- Of one campaign at a time: two would count the same messages, and pause each other's.
CREATE UNIQUE INDEX campaign_source_held ON campaign_source (origin_type, origin_id) WHERE until IS NULL;

-- Whom a drip campaign let into its journey, once each. A row is there before the engine is told, so that a crash in between is looked into.
CREATE TABLE campaign_entry (
    campaign_id  bigint NOT NULL REFERENCES email_campaign ON DELETE CASCADE,
    customer_id  bigint NOT NULL REFERENCES customer ON DELETE CASCADE,
    outcome      text NOT NULL CHECK (outcome IN ('starting', 'entered', 'inside', 'refused')),
    -- Of refused.
    reason       text,
    instance_key bigint,
    claimed_at   timestamptz NOT NULL,
    -- By the database's own clock: whoever took it and is gone by then has died over it.
    lease_until  timestamptz NOT NULL,
    PRIMARY KEY (campaign_id, customer_id)
);
CREATE INDEX campaign_entry_customer ON campaign_entry (customer_id);
CREATE INDEX campaign_entry_starting ON campaign_entry (campaign_id) WHERE outcome = 'starting';
