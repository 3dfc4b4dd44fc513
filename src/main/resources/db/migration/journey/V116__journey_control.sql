-- What people want of a journey: paused since, and until when somebody may enter. No row: it runs, and is open.
CREATE TABLE journey_control (
    journey_id text PRIMARY KEY REFERENCES journey,
    paused_at  timestamptz,
    paused_by  text,
    closes_at  timestamptz,
    closed_by  text
);

-- Single instances that are paused; the engine knows whose they are.
CREATE TABLE paused_instance (
    engine       text NOT NULL,
    instance_key bigint NOT NULL,
    journey_id   text NOT NULL,
    paused_at    timestamptz NOT NULL,
    paused_by    text NOT NULL,
    PRIMARY KEY (engine, instance_key)
);

-- Jobs that came while their journey or instance is paused. The engine keeps them for us a while; on resuming they are given back at once.
CREATE TABLE held_job (
    engine       text NOT NULL,
    job_key      bigint NOT NULL,
    journey_id   text NOT NULL,
    instance_key bigint NOT NULL,
    held_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (engine, job_key)
);

CREATE INDEX held_job_of ON held_job (engine, journey_id, job_key);

-- What is done to many, in the background: one row a task. Where it stands is seen from the engine's history, so a crash in its middle loses nothing.
CREATE TABLE journey_task (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    engine       text NOT NULL,
    journey_id   text NOT NULL,
    kind         text NOT NULL CHECK (kind IN ('cancel', 'move', 'retry')),
    -- cancel: null is every version; move: from which; retry: of which.
    version      int,
    target       int,
    element_id   text,
    mapping      jsonb NOT NULL DEFAULT '{}',
    state        text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'stopped')),
    total        bigint NOT NULL,
    remaining    bigint NOT NULL,
    -- How many remained when this pass began: one that moved nobody counts towards giving up.
    before_pass  bigint NOT NULL,
    -- Whoever has a key up to this was there when it began.
    last_key     bigint NOT NULL,
    at_key       bigint NOT NULL DEFAULT 0,
    pass         int NOT NULL DEFAULT 1,
    leased_until timestamptz NOT NULL DEFAULT '-infinity',
    started_at   timestamptz NOT NULL,
    started_by   text NOT NULL,
    ended_at     timestamptz
);

CREATE INDEX journey_task_of ON journey_task (journey_id, id);
-- One at a time: two that move the same people would meet.
CREATE UNIQUE INDEX journey_task_running ON journey_task (engine, journey_id) WHERE state = 'running' AND kind <> 'retry';

-- Whom a task left where they were, and why.
CREATE TABLE journey_task_left (
    task         bigint NOT NULL REFERENCES journey_task,
    instance_key bigint NOT NULL,
    element_id   text NOT NULL,
    reason       text NOT NULL,
    PRIMARY KEY (task, instance_key)
);

-- In which form the engine has a version (what we add to the author's diagram), and the engine's key of it.
ALTER TABLE journey_version ADD COLUMN engine_form smallint NOT NULL DEFAULT 1;
ALTER TABLE journey_version ADD COLUMN definition_key bigint;
