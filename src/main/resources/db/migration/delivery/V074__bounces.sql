-- Every mail that came to the address for returns, once. What it says is in bounce; the mail itself isn't kept.
CREATE TABLE bounce_mail (
    id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    fingerprint         bytea NOT NULL UNIQUE,
    received_at         timestamptz NOT NULL,
    message_id          text,
    original_message_id text,
    auto_reply          boolean NOT NULL,
    feedback            text
);

-- One row for each recipient. Without a message it fits none of ours, and has changed nothing.
CREATE TABLE bounce (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mail_id     bigint NOT NULL REFERENCES bounce_mail ON DELETE CASCADE,
    message_id  bigint REFERENCES message ON DELETE SET NULL,
    address     text NOT NULL,
    status      text,
    reply_code  text,
    reason      text NOT NULL,
    type        text NOT NULL CHECK (type IN ('hard', 'soft', 'complaint', 'none')),
    -- Towards the run of soft bounces that ends in a suppression.
    counts      boolean NOT NULL,
    text        text NOT NULL,
    received_at timestamptz NOT NULL
);
CREATE INDEX bounce_message ON bounce (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX bounce_run ON bounce (address, received_at) WHERE counts;
CREATE INDEX bounce_of_mail ON bounce (mail_id);
