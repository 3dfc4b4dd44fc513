-- What somebody may be written by, now. The reference's email_subscription_preference, a row by channel.
CREATE TABLE subscription_preference (
    customer_id bigint NOT NULL REFERENCES customer ON DELETE CASCADE,
    channel     text NOT NULL CHECK (channel IN ('email', 'sms', 'push')),
    granted     boolean NOT NULL,
    source      text NOT NULL,
    changed_at  timestamptz NOT NULL,
    PRIMARY KEY (customer_id, channel)
);

-- The proof: every change, appended, with where it came from and what the person read.
CREATE TABLE consent_change (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customer ON DELETE CASCADE,
    channel     text NOT NULL,
    granted     boolean NOT NULL,
    source      text NOT NULL,
    wording     text,
    reason      text,
    given_at    timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL
);
CREATE INDEX consent_change_customer ON consent_change (customer_id, id);

-- Addresses nothing is sent to.
CREATE TABLE suppression (
    channel text NOT NULL,
    address text NOT NULL,
    reason  text NOT NULL,
    source  text NOT NULL,
    since   timestamptz NOT NULL,
    PRIMARY KEY (channel, address)
);
