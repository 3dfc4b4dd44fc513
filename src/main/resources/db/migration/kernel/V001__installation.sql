-- One row: what this installation is. The secret signs links in messages; the offset keeps a moved clock moved.
CREATE TABLE installation (
    only_one        boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    installed_at    timestamptz NOT NULL DEFAULT now(),
    demo            boolean,
    clock_offset_ms bigint NOT NULL DEFAULT 0,
    secret          text
);

INSERT INTO installation DEFAULT VALUES;
