-- The last good version of each rule file: what decides while the file on disk has an error, also after a restart.
CREATE TABLE rule_file (
    path    text PRIMARY KEY,
    source  text NOT NULL,
    good_at timestamptz NOT NULL
);
