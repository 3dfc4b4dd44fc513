-- What a consent rests on: said (express, never runs out), or implied by a purchase or an inquiry (CASL), and since when.
ALTER TABLE subscription_preference
    ADD basis text NOT NULL DEFAULT 'express' CHECK (basis IN ('express', 'purchase', 'inquiry')),
    ADD basis_at timestamptz;
UPDATE subscription_preference SET basis_at = changed_at;
ALTER TABLE subscription_preference ALTER basis_at SET NOT NULL;

-- What else somebody chose on the preference page. No row: nothing was chosen.
CREATE TABLE contact_preference (
    customer_id bigint PRIMARY KEY REFERENCES customer ON DELETE CASCADE,
    frequency   text NOT NULL CHECK (frequency IN ('low', 'normal', 'high')),
    -- Categories of marketing that are left out, by every channel.
    declined    text[] NOT NULL,
    changed_at  timestamptz NOT NULL
);

-- The proof tells of one thing each row: a channel, a category, or how often. And besides when and by what: where, from which address, with which
-- program, and which version of the wording was on the page.
ALTER TABLE consent_change
    ALTER channel DROP NOT NULL,
    ADD category text,
    ADD frequency text,
    ADD basis text,
    ADD reason_key text,
    ADD wording_version text,
    ADD page text,
    ADD ip text,
    ADD user_agent text,
    ADD CHECK (num_nonnulls(channel, category, frequency) = 1);
-- Why people leave, by time.
CREATE INDEX consent_change_leaving ON consent_change (given_at) WHERE NOT granted;

-- What somebody must confirm from their own mailbox: that they want our mail, or that their data be sent or erased. Whoever has a link of a mail may
-- have it from somebody else.
CREATE TABLE confirmation (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id     bigint NOT NULL REFERENCES customer ON DELETE CASCADE,
    kind            text NOT NULL CHECK (kind IN ('opt-in', 'export', 'erase')),
    address         text NOT NULL,
    source          text NOT NULL,
    wording         text,
    wording_version text,
    page            text,
    ip              text,
    user_agent      text,
    requested_at    timestamptz NOT NULL,
    -- NULL: not mailed, because the address was mailed for another customer just before.
    mailed_at       timestamptz,
    expires_at      timestamptz NOT NULL,
    confirmed_at    timestamptz
);
CREATE UNIQUE INDEX confirmation_open ON confirmation (customer_id, kind) WHERE confirmed_at IS NULL;
-- However many customers share an address, it is mailed once in a while only.
CREATE INDEX confirmation_address ON confirmation (address, kind, mailed_at);
