-- Assignment.point in SQL: the first 53 bits of SHA-256 of key, line feed and id, as a share in [0, 1). 53 bits and a power of two are exact in float8, so
-- that both give the very same number. A text's bytes are had by escaping its backslashes and casting, for that is immutable and can be written into the
-- statement that asks, while convert_to is neither; the database is UTF-8.
CREATE FUNCTION experiment_point(key text, customer text) RETURNS float8
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (('x' || encode(substr(sha256(replace(key || chr(10) || customer, '\', '\\')::bytea), 1, 7), 'hex'))::bit(56)::bigint >> 3)::float8
           * 1.1102230246251565e-16;

-- Assignment.variantOf in SQL: where each variant begins on [0, 1); of those that begin at one place the last is meant. Null: doesn't take part.
CREATE FUNCTION experiment_variant(key text, customer text, test_share float8, variants text[], bounds float8[]) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN test_share >= 1 OR experiment_point(key || '/takes part', customer) < test_share
                THEN variants[width_bucket(experiment_point(key, customer), bounds)] END;

-- An experiment we see customers of: a journey's split. What evaluates one knows what was meant by its weights.
CREATE TABLE experiment (
    key        text PRIMARY KEY,
    variants   text[] NOT NULL,
    weights    float8[] NOT NULL,
    began_at   timestamptz NOT NULL,
    -- Customers from then on were split by these weights; those before by others.
    changed_at timestamptz NOT NULL
);

-- Once a customer, whatever comes twice; a variant that was given stays, as long as there is one of that name.
CREATE TABLE experiment_assignment (
    experiment  text NOT NULL REFERENCES experiment ON DELETE CASCADE,
    customer_id bigint NOT NULL REFERENCES customer ON DELETE CASCADE,
    variant     text NOT NULL,
    assigned_at timestamptz NOT NULL,
    PRIMARY KEY (experiment, customer_id)
);
CREATE INDEX experiment_assignment_customer ON experiment_assignment (customer_id);
CREATE INDEX experiment_assignment_time ON experiment_assignment (experiment, assigned_at);
