-- One sending to many, or one that comes again and again. The reference's email_campaign; what became of the messages is in the ledger, counted there.
CREATE TABLE email_campaign (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name            text NOT NULL,
    description     text,
    campaign_type   text NOT NULL CHECK (campaign_type IN ('one_time', 'automated', 'drip', 'triggered', 'ab_test')),
    status          text NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'scheduled', 'running', 'paused', 'completed', 'cancelled')),
    scheduled_date  timestamptz,
    start_date      timestamptz,
    end_date        timestamptz,
    -- {"segments": [...], "exclude": [...], "listed": false}
    target_audience jsonb NOT NULL DEFAULT '{}',
    template        text,
    subject_line    text,
    preview_text    text,
    from_name       text,
    from_email      text,
    reply_to_email  text,
    ab_test_config  jsonb,
    settings        jsonb NOT NULL DEFAULT '{}',
    -- How often it has been begun; each time is a run of its own.
    run             int NOT NULL DEFAULT 0,
    -- Why it isn't under way although somebody wanted it to be.
    problem         text,
    created_by      text NOT NULL,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL
);
CREATE UNIQUE INDEX email_campaign_name ON email_campaign (lower(name));
CREATE INDEX email_campaign_scheduled ON email_campaign (scheduled_date) WHERE status IN ('scheduled', 'running', 'paused');

-- Whom a campaign names one by one, beside its segments.
CREATE TABLE campaign_list (
    campaign_id bigint NOT NULL REFERENCES email_campaign ON DELETE CASCADE,
    customer_id bigint NOT NULL REFERENCES customer ON DELETE CASCADE,
    PRIMARY KEY (campaign_id, customer_id)
);
CREATE INDEX campaign_list_customer ON campaign_list (customer_id);

-- Each time a campaign is sent: how far it is. One process instance each, whose workers move it on.
CREATE TABLE campaign_run (
    campaign_id bigint NOT NULL REFERENCES email_campaign ON DELETE CASCADE,
    run         int NOT NULL,
    phase       text NOT NULL CHECK (phase IN ('waiting', 'queueing', 'sending', 'sent', 'closed', 'refused', 'cancelling', 'cancelled')),
    due_at      timestamptz NOT NULL,
    -- The moment of the snapshot.
    begun_at    timestamptz,
    recipients  bigint NOT NULL DEFAULT 0,
    queued      bigint NOT NULL DEFAULT 0,
    -- The last customer who is queued.
    queued_to   bigint NOT NULL DEFAULT 0,
    queued_at   timestamptz,
    -- One for each channel, in their order.
    mailings    bigint[] NOT NULL DEFAULT '{}',
    -- Messages before this one are done with.
    open_from   bigint NOT NULL DEFAULT 0,
    ended_at    timestamptz,
    -- The engine that runs its process; another one has to be told anew.
    engine      text,
    PRIMARY KEY (campaign_id, run)
);
CREATE INDEX campaign_run_open ON campaign_run (due_at) WHERE phase NOT IN ('closed', 'refused', 'cancelled');

-- Who gets a run's messages, as it was when it began; gone when all are queued. No keys to customers: they would be looked up half a million times.
CREATE TABLE campaign_audience (
    campaign_id bigint NOT NULL,
    run         int NOT NULL,
    customer_id bigint NOT NULL,
    PRIMARY KEY (campaign_id, run, customer_id)
);

-- What the process is still to be told. Written with the change it tells of; the engine absorbs what it hears twice.
CREATE TABLE campaign_signal (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key         text NOT NULL UNIQUE,
    campaign_id bigint NOT NULL REFERENCES email_campaign ON DELETE CASCADE,
    run         int NOT NULL,
    name        text NOT NULL,
    variables   jsonb NOT NULL DEFAULT '{}',
    told_at     timestamptz
);
CREATE INDEX campaign_signal_untold ON campaign_signal (id) WHERE told_at IS NULL;
