-- Everything that happens to a customer, appended once. `transaction` is the writer's: see EventCursors for why readers need it.
CREATE TABLE event_log (
    position     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id     text NOT NULL UNIQUE,
    name         text NOT NULL,
    customer_id  bigint,
    anonymous_id text,
    occurred_at  timestamptz NOT NULL,
    recorded_at  timestamptz NOT NULL,
    origin       text NOT NULL CHECK (origin IN ('live', 'import')),
    properties   jsonb NOT NULL,
    partition    smallint NOT NULL,
    transaction  xid8 NOT NULL DEFAULT pg_current_xact_id()
);

CREATE INDEX event_log_reading ON event_log (partition, transaction, position);
CREATE INDEX event_log_customer ON event_log (customer_id, occurred_at DESC) WHERE customer_id IS NOT NULL;
CREATE INDEX event_log_name ON event_log (name, occurred_at);

CREATE TABLE event_cursor (
    consumer    text NOT NULL,
    partition   smallint NOT NULL,
    transaction xid8 NOT NULL DEFAULT '0',
    position    bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (consumer, partition)
);

-- Events that a consumer could not digest after several tries.
CREATE TABLE event_setback (
    consumer    text NOT NULL,
    position    bigint NOT NULL,
    event_id    text NOT NULL,
    reason      text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (consumer, position)
);
