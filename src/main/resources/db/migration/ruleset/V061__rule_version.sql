-- Every good version of every rule file; the newest of a path decides. A broken file is no version: it stays on disk and is reported.
CREATE TABLE rule_version (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    path     text NOT NULL,
    version  int NOT NULL CHECK (version > 0),
    -- Of a decision table the rules that were made from it. NULL: the file was taken away.
    source   text,
    workbook bytea,
    author   text NOT NULL,
    at       timestamptz NOT NULL,
    note     text NOT NULL,
    origin   text NOT NULL CHECK (origin IN ('file', 'ui', 'api', 'rollback')),
    UNIQUE (path, version)
);

INSERT INTO rule_version (path, version, source, author, at, note, origin)
SELECT path, 1, source, 'rules folder', good_at, 'The last good version before versions were kept', 'file' FROM rule_file;

DROP TABLE rule_file;

-- Rules that took longer than they may, until a new version of their file comes.
CREATE TABLE rule_switched_off (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    path    text NOT NULL,
    rule    text NOT NULL,
    version int NOT NULL,
    at      timestamptz NOT NULL,
    reason  text NOT NULL,
    UNIQUE (path, rule, version)
);
