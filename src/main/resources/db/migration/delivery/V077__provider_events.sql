-- What providers tell of messages, each event once, whatever order it comes in. The request only writes it here; what it changes is done afterwards.
CREATE TABLE provider_event (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    provider    text NOT NULL,
    event_id    text NOT NULL,
    kind        text NOT NULL,
    -- Of the ledger, once that is found.
    message_id  bigint REFERENCES message ON DELETE SET NULL,
    occurred_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    state       text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'applied', 'aside')),
    reason      text,
    tries       int NOT NULL DEFAULT 0,
    -- By the database's own clock.
    next_try    timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- As we understood it, and as it came. Both hold an address, and are gone once the event is applied.
    told        jsonb,
    raw         text,
    UNIQUE (provider, event_id)
);
CREATE INDEX provider_event_waiting ON provider_event (next_try, id) WHERE state = 'waiting';
CREATE INDEX provider_event_aside ON provider_event (id) WHERE state = 'aside';
CREATE INDEX provider_event_message ON provider_event (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX provider_event_received ON provider_event (received_at);

-- A bounce that a provider tells comes without a mail.
ALTER TABLE bounce ALTER mail_id DROP NOT NULL, ADD source text NOT NULL DEFAULT 'mail';

-- Whoever answers a text message is known by the number alone.
CREATE INDEX customer_phone ON customer (phone) WHERE phone IS NOT NULL;
