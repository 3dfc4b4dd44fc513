-- What an installation wants of a provider. Without a row: switched on, the most preferred of its channel sends and the others stand by.
CREATE TABLE provider_setting (
    provider   text PRIMARY KEY,
    enabled    boolean NOT NULL,
    weight     int NOT NULL CHECK (weight BETWEEN 0 AND 1000),
    per_second numeric(9, 3) CHECK (per_second > 0)
);

-- How a provider stands, as every instance sees it. Times are by the platform's clock.
CREATE TABLE provider_state (
    provider     text PRIMARY KEY,
    paused_at    timestamptz,
    paused_by    text,
    -- The circuit breaker: nothing is handed over before open_until; then a few messages try.
    opened_at    timestamptz,
    open_until   timestamptz,
    open_why     text,
    -- Openings one after the other, without a message taken in between.
    open_times   int NOT NULL DEFAULT 0
);

-- The switch for all of them: a row while it is thrown.
CREATE TABLE delivery_pause (
    only_one  boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    paused_at timestamptz NOT NULL,
    paused_by text NOT NULL
);

-- What came of handing over, by the minute; kept for two days.
CREATE TABLE provider_minute (
    provider text NOT NULL,
    minute   timestamptz NOT NULL,
    taken    int NOT NULL,
    refused  int NOT NULL,
    troubled int NOT NULL,
    PRIMARY KEY (provider, minute)
);

-- The provider that may have taken it already: no other is given this message.
ALTER TABLE message ADD COLUMN bound_to text;

-- What waits is claimed by channel, and what isn't advertising first, so that a password doesn't queue behind a campaign.
DROP INDEX message_waiting;
CREATE INDEX message_waiting ON message (channel, (type = 'marketing'), not_before, id) WHERE status IN ('queued', 'deferred');
