-- Who reads the calendar by an address of their own, without a log-in. Only the token's hash is kept; it has 256 random bits, so that a plain SHA-256 can't be guessed back.
CREATE TABLE calendar_feed (
    user_name    text PRIMARY KEY REFERENCES app_user (name) ON UPDATE CASCADE ON DELETE CASCADE,
    token_hash   bytea NOT NULL UNIQUE,
    created_at   timestamptz NOT NULL,
    last_read_at timestamptz
);
