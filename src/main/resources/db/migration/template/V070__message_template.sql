-- The reference's email_template, for every channel.
CREATE TABLE message_template (
    key        text PRIMARY KEY,
    name       text NOT NULL,
    channel    text NOT NULL CHECK (channel IN ('email', 'sms', 'push')),
    type       text NOT NULL CHECK (type IN ('marketing', 'transactional', 'notification', 'system')),
    category   text NOT NULL,
    subject    text,
    preheader  text,
    html       text,
    text       text,
    design     jsonb,
    active     boolean NOT NULL DEFAULT true,
    system     boolean NOT NULL DEFAULT false,
    -- What was shipped, so that a newer Drover updates only what nobody changed.
    shipped    text,
    shipped_version int NOT NULL DEFAULT 0,
    version    int NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
