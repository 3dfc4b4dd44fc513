-- Whose name a message bears. The reference's from_name, from_email, reply_to and postal address, by brand.
CREATE TABLE sender_identity (
    key            text PRIMARY KEY,
    name           text NOT NULL,
    from_address   text NOT NULL,
    reply_to       text,
    postal_address text NOT NULL,
    logo_url       text,
    is_default     boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX sender_identity_default ON sender_identity (is_default) WHERE is_default;

INSERT INTO sender_identity VALUES ('main', 'Meadow & Churn Dairy', 'hello@meadow-and-churn.example', NULL,
    'Meadow & Churn Dairy, Polderweg 7, 1475 MX Beemster, The Netherlands', NULL, true);

-- The ledger: every message is a row before it leaves. Hot columns only; what it says is in message_content.
CREATE TABLE message (
    id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key                 text NOT NULL UNIQUE,
    customer_id         bigint REFERENCES customer ON DELETE SET NULL,
    channel             text NOT NULL CHECK (channel IN ('email', 'sms', 'push')),
    address             text,
    origin_type         text NOT NULL,
    origin_id           text NOT NULL,
    origin_instance     text,
    origin_element      text,
    template            text NOT NULL,
    category            text NOT NULL,
    type                text NOT NULL,
    status              text NOT NULL CHECK (status IN ('queued', 'deferred', 'sending', 'sent', 'delivered', 'bounced', 'failed', 'skipped', 'unknown')),
    rule                text,
    reason              text,
    not_before          timestamptz NOT NULL,
    lease_owner         text,
    -- By the database's own clock, which nobody moves.
    lease_until         timestamptz,
    attempts            int NOT NULL DEFAULT 0,
    provider            text,
    provider_message_id text,
    queued_at           timestamptz NOT NULL,
    sent_at             timestamptz,
    delivered_at        timestamptz
);
CREATE INDEX message_waiting ON message (not_before, id) WHERE status IN ('queued', 'deferred');
CREATE INDEX message_leased ON message (lease_until) WHERE status = 'sending';
CREATE INDEX message_customer ON message (customer_id, queued_at DESC);
CREATE INDEX message_origin ON message (origin_type, origin_id, id);
CREATE INDEX message_instance ON message (origin_instance, id) WHERE origin_instance IS NOT NULL;
CREATE INDEX message_queued ON message (queued_at);

-- The snapshot it was rendered from, and what came of it.
CREATE TABLE message_content (
    message_id bigint PRIMARY KEY REFERENCES message ON DELETE CASCADE,
    data       jsonb NOT NULL,
    subject    text,
    preheader  text,
    html       text,
    text       text NOT NULL,
    headers    jsonb NOT NULL
);

-- What the capture provider took: the inbox. Once by message, however often it is handed over.
CREATE TABLE captured_message (
    message_id  bigint PRIMARY KEY REFERENCES message ON DELETE CASCADE,
    captured_at timestamptz NOT NULL
);
CREATE INDEX captured_message_newest ON captured_message (captured_at DESC, message_id DESC);
