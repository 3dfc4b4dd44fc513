-- What is to happen when something happened. Names as the reference has them; what it keeps in trigger_config is columns where a query asks for it.
CREATE TABLE marketing_trigger (
    id                    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key                   text NOT NULL UNIQUE,
    name                  text NOT NULL,
    description           text NOT NULL DEFAULT '',
    trigger_type          text NOT NULL CHECK (trigger_type IN ('event', 'date', 'segment_entry', 'segment_exit', 'inactivity')),
    -- Of an event; of segment entry and exit the segment, of a date and of inactivity their own words are in the configuration.
    event_name            text,
    trigger_config        jsonb NOT NULL DEFAULT '{}',
    conditions            jsonb,
    delay_seconds         bigint NOT NULL DEFAULT 0,
    action_type           text NOT NULL CHECK (action_type IN ('start_journey', 'send_email', 'send_sms', 'send_push', 'add_to_segment', 'webhook')),
    action_config         jsonb NOT NULL,
    reentry               jsonb,
    -- Signs what a webhook is told; shown once, when it is made.
    webhook_secret        text,
    frequency_cap         int,
    frequency_period_days int,
    hourly_limit          int NOT NULL,
    is_active             boolean NOT NULL,
    -- What was before isn't acted upon.
    active_since          timestamptz NOT NULL,
    -- The same for events, which keeps its meaning when the clock is set back.
    active_from           bigint NOT NULL,
    swept_until           timestamptz,
    -- How many were let through in the hour that began then.
    hour_began            timestamptz NOT NULL,
    hour_count            int NOT NULL DEFAULT 0,
    -- Since when more came than an hour may bring, and when it last did.
    storm_since           timestamptz,
    storm_fed_at          timestamptz,
    total_triggered       bigint NOT NULL DEFAULT 0,
    last_triggered_at     timestamptz,
    created_by            text NOT NULL,
    created_at            timestamptz NOT NULL,
    updated_at            timestamptz NOT NULL
);

-- One row for each occasion of each trigger, from when it is known to what came of it. What is refused by the thousand for one reason shares a row.
CREATE TABLE trigger_execution_log (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    trigger_id       bigint NOT NULL REFERENCES marketing_trigger ON DELETE CASCADE,
    customer_id      bigint REFERENCES customer ON DELETE SET NULL,
    -- The event's id, the day, the moment of the last sign of life: the same occasion is acted upon once.
    occasion         text NOT NULL,
    event_id         text,
    event_data       jsonb,
    execution_status text NOT NULL CHECK (execution_status IN ('waiting', 'held', 'running', 'success', 'failed', 'skipped', 'rate_limited')),
    -- 0: nothing was decided yet, 1: the conditions held when it began and its delay runs, 2: it goes, and is only tried again.
    stage            smallint NOT NULL DEFAULT 0,
    -- A person let it through a storm.
    released         boolean NOT NULL DEFAULT false,
    error_message    text,
    action_result    jsonb,
    times            int NOT NULL DEFAULT 1,
    attempts         int NOT NULL DEFAULT 0,
    happened_at      timestamptz NOT NULL,
    due_at           timestamptz NOT NULL,
    decided_at       timestamptz,
    -- By the database's own clock: whoever took it and is gone by then has died over it.
    lease_until      timestamptz,
    executed_at      timestamptz,
    created_at       timestamptz NOT NULL,
    UNIQUE (trigger_id, occasion)
) WITH (fillfactor = 85);

CREATE INDEX trigger_execution_due ON trigger_execution_log (due_at, id) WHERE execution_status = 'waiting';
CREATE INDEX trigger_execution_running ON trigger_execution_log (lease_until) WHERE execution_status = 'running';
CREATE INDEX trigger_execution_held ON trigger_execution_log (trigger_id) WHERE execution_status = 'held';
CREATE INDEX trigger_execution_list ON trigger_execution_log (trigger_id, id DESC);
CREATE INDEX trigger_execution_customer ON trigger_execution_log (customer_id, trigger_id, created_at) WHERE customer_id IS NOT NULL;
CREATE INDEX trigger_execution_time ON trigger_execution_log (trigger_id, created_at);

-- Whose birthday is on one of three days, without looking at everybody.
CREATE INDEX customer_birthday ON customer ((extract(month FROM birthday) * 100 + extract(day FROM birthday))) WHERE birthday IS NOT NULL;
