-- What is somebody's and doesn't hang on the customer's number: found by an index, because a person is erased while others are served.
CREATE INDEX event_log_session ON event_log (anonymous_id) WHERE anonymous_id IS NOT NULL;
CREATE INDEX event_log_email ON event_log (lower(properties ->> 'email')) WHERE customer_id IS NULL AND properties ->> 'email' IS NOT NULL;
CREATE INDEX event_log_phone ON event_log ((properties ->> 'phone')) WHERE customer_id IS NULL AND properties ->> 'phone' IS NOT NULL;
CREATE INDEX cart_email ON cart (lower(email)) WHERE email IS NOT NULL;
CREATE INDEX cart_phone ON cart (phone) WHERE phone IS NOT NULL;
CREATE INDEX bounce_address ON bounce (address);

-- Whose journeys are to be ended: the engine takes no part in a transaction, and tells what it began a moment later. Gone within seconds.
CREATE TABLE journey_erasure (
    external_id text PRIMARY KEY,
    instances   bigint[] NOT NULL,
    -- By the database's own clock, which nobody moves.
    until       timestamptz NOT NULL
);

-- Who runs the recipient's mailbox, by the domain. Kept beside the message, because it stays countable when the address is forgotten.
-- One expression, so that it is written into whatever asks it: it is asked for each of a hundred thousand messages.
CREATE FUNCTION mailbox_of(address text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN lower(split_part(address, '@', -1)) IN ('gmail.com', 'googlemail.com') THEN 'gmail'
        WHEN lower(split_part(address, '@', -1)) IN ('icloud.com', 'me.com', 'mac.com') THEN 'apple'
        WHEN lower(split_part(address, '@', -1)) ~ '^((outlook|hotmail|live|msn)\..*|passport\.com)$' THEN 'microsoft'
        WHEN lower(split_part(address, '@', -1)) ~ '^((yahoo|aol)\..*|ymail\.com|rocketmail\.com)$' THEN 'yahoo'
        ELSE 'other' END
$$;

ALTER TABLE message ADD mailbox text, ADD complained_at timestamptz;
UPDATE message SET mailbox = mailbox_of(address) WHERE channel = 'email' AND address IS NOT NULL;
UPDATE message m SET complained_at = e.occurred_at FROM event_log e
 WHERE e.name = 'message.complained' AND m.id = CASE WHEN jsonb_typeof(e.properties -> 'messageId') = 'number' THEN (e.properties ->> 'messageId')::bigint END;

-- A trigger, so that whoever writes messages, one or a hundred thousand at once, needn't think of it.
CREATE FUNCTION tell_mailbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.mailbox := mailbox_of(NEW.address);
    RETURN NEW;
END $$;
CREATE TRIGGER message_mailbox BEFORE INSERT ON message FOR EACH ROW WHEN (NEW.channel = 'email' AND NEW.address IS NOT NULL) EXECUTE FUNCTION tell_mailbox();

-- Messages leave nearly in the order they lie in: block ranges tell a period's, and cost the sending nothing.
CREATE STATISTICS message_sent_day (ndistinct) ON ((sent_at AT TIME ZONE 'UTC')::date), mailbox FROM message;
CREATE INDEX message_sent ON message USING brin (sent_at) WITH (pages_per_range = 32, autosummarize = on);

-- What became of a message on its way, where that has a reason: held back until morning, refused for now, come back. What goes smoothly leaves no row, so that
-- a big sending pays nothing. A trigger, because the ledger's row keeps the last word only and has several writers; by the platform's clock.
CREATE TABLE message_step (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    message_id bigint NOT NULL REFERENCES message ON DELETE CASCADE,
    at         timestamptz NOT NULL,
    status     text NOT NULL,
    rule       text,
    reason     text,
    attempts   int NOT NULL,
    provider   text
);
CREATE INDEX message_step_message ON message_step (message_id, id);

CREATE FUNCTION tell_message_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO message_step (message_id, at, status, rule, reason, attempts, provider)
    SELECT NEW.id, clock_timestamp() + clock_offset_ms * interval '1 millisecond', NEW.status, NEW.rule, NEW.reason, NEW.attempts, NEW.provider FROM installation;
    RETURN NULL;
END $$;
CREATE TRIGGER message_deferred AFTER INSERT ON message FOR EACH ROW WHEN (NEW.status = 'deferred') EXECUTE FUNCTION tell_message_step();
CREATE TRIGGER message_stepped AFTER UPDATE OF status, rule, reason ON message FOR EACH ROW
    WHEN (NEW.reason IS NOT NULL AND NEW.status <> 'sending' AND (NEW.status, NEW.rule, NEW.reason) IS DISTINCT FROM (OLD.status, OLD.rule, OLD.reason))
    EXECUTE FUNCTION tell_message_step();
