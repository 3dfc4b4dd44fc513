CREATE TABLE journey (
    id         text PRIMARY KEY,
    name       text NOT NULL,
    created_at timestamptz NOT NULL
);

-- What each engine runs: versions are an engine's own count. `xml` is the author's, to the letter.
CREATE TABLE journey_version (
    engine       text NOT NULL,
    journey_id   text NOT NULL REFERENCES journey,
    version      int NOT NULL,
    xml          text NOT NULL,
    starts_on    text[] NOT NULL,
    waits_for    text[] NOT NULL,
    start_before text[] NOT NULL,
    deployed_at  timestamptz NOT NULL,
    PRIMARY KEY (engine, journey_id, version)
);
