-- What the engine did, written by its exporter: one row per engine, process version, element, instance and step. Names are kept once, so
-- that the tables with a row per customer and step stay narrow.

-- An engine's data. Keys are unique within it and only there: a fresh engine counts from the same number again.
CREATE TABLE engine_source (
    id    smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name  text NOT NULL UNIQUE,
    since timestamptz NOT NULL DEFAULT now()
);

-- Moves in the transaction that writes what was exported, so a replay changes nothing.
CREATE TABLE engine_position (
    source    smallint NOT NULL REFERENCES engine_source,
    partition integer NOT NULL,
    position  bigint NOT NULL,
    PRIMARY KEY (source, partition)
);

-- Counters are kept up to date with every batch: counting millions of steps for each look at a diagram would be too slow.
CREATE TABLE engine_process (
    id             integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source         smallint NOT NULL REFERENCES engine_source,
    definition_key bigint NOT NULL,
    process_id     text NOT NULL,
    version        integer NOT NULL,
    started        bigint NOT NULL DEFAULT 0,
    completed      bigint NOT NULL DEFAULT 0,
    cancelled      bigint NOT NULL DEFAULT 0,
    UNIQUE (source, definition_key)
) WITH (fillfactor = 50);

CREATE INDEX engine_process_name ON engine_process (process_id, version);

CREATE TABLE engine_element (
    id           integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    process      integer NOT NULL REFERENCES engine_process,
    element_id   text NOT NULL,
    element_type text NOT NULL,
    entered      bigint NOT NULL DEFAULT 0,
    completed    bigint NOT NULL DEFAULT 0,
    cancelled    bigint NOT NULL DEFAULT 0,
    UNIQUE (process, element_id, element_type)
) WITH (fillfactor = 50);

CREATE TABLE engine_instance (
    source      smallint NOT NULL,
    key         bigint NOT NULL,
    process     integer NOT NULL,
    customer_id text,
    parent_key  bigint,
    state       text NOT NULL CHECK (state IN ('active', 'completed', 'cancelled')),
    started_at  timestamptz NOT NULL,
    ended_at    timestamptz,
    PRIMARY KEY (source, key)
);

CREATE INDEX engine_instance_customer ON engine_instance (customer_id, started_at DESC) WHERE customer_id IS NOT NULL;
CREATE INDEX engine_instance_active ON engine_instance (process, key) WHERE state = 'active';

CREATE TABLE engine_step (
    source       smallint NOT NULL,
    key          bigint NOT NULL,
    instance_key bigint NOT NULL,
    element      integer NOT NULL,
    entered_at   timestamptz NOT NULL,
    left_at      timestamptz,
    cancelled    boolean NOT NULL DEFAULT false,
    due_at       timestamptz,
    PRIMARY KEY (source, key)
);

CREATE INDEX engine_step_instance ON engine_step (source, instance_key, key);
-- Who stands at an element now.
CREATE INDEX engine_step_now ON engine_step (element, key) WHERE left_at IS NULL;

CREATE TABLE engine_incident (
    source       smallint NOT NULL,
    key          bigint NOT NULL,
    process      integer NOT NULL,
    instance_key bigint NOT NULL,
    step_key     bigint NOT NULL,
    element_id   text NOT NULL,
    error_type   text NOT NULL,
    message      text NOT NULL,
    created_at   timestamptz NOT NULL,
    resolved_at  timestamptz,
    PRIMARY KEY (source, key)
);

CREATE INDEX engine_incident_open ON engine_incident (process, created_at) WHERE resolved_at IS NULL;
CREATE INDEX engine_incident_instance ON engine_incident (source, instance_key);
