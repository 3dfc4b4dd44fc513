-- What is being drawn and isn't deployed yet: one drawing per journey, whoever draws it.
CREATE TABLE journey_draft (
    journey_id text PRIMARY KEY,
    xml        text NOT NULL,
    revision   int NOT NULL,
    author     text NOT NULL,
    updated_at timestamptz NOT NULL
);

-- Who deployed a version from the page or by a token; nobody for what came from the folder at start.
ALTER TABLE journey_version ADD COLUMN deployed_by text;
