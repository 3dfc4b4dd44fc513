-- People who log in. A password is kept as its bcrypt hash only.
CREATE TABLE app_user (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name          text NOT NULL UNIQUE,
    password_hash text NOT NULL,
    role          text NOT NULL CHECK (role IN ('ADMIN', 'MARKETER', 'ANALYST')),
    active        boolean NOT NULL DEFAULT true,
    created_at    timestamptz NOT NULL
);

-- Programs that call the API. A token has 256 random bits, so a plain SHA-256 of it can't be guessed back.
CREATE TABLE api_token (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name         text NOT NULL UNIQUE,
    token_hash   bytea NOT NULL UNIQUE,
    scopes       text[] NOT NULL,
    created_by   text NOT NULL,
    created_at   timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at   timestamptz
);

-- The first answer to a POST that carried an Idempotency-Key; status is null while the first call is still at work.
-- Times are the database's own, because a moved platform clock must not free a key that is in use.
CREATE TABLE idempotency_key (
    token_id     bigint NOT NULL REFERENCES api_token ON DELETE CASCADE,
    path         text NOT NULL,
    key          text NOT NULL,
    fingerprint  bytea NOT NULL,
    status       int,
    content_type text,
    body         bytea,
    created_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (token_id, path, key)
);
CREATE INDEX idempotency_key_created_at ON idempotency_key (created_at);

-- Who changed what, newest first. Never the secret itself.
CREATE TABLE audit_log (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at      timestamptz NOT NULL,
    actor   text NOT NULL,
    action  text NOT NULL,
    subject text NOT NULL,
    detail  jsonb NOT NULL DEFAULT '{}'
);
