-- A file on its way in. Progress is kept in the same transaction as the rows it counts, so a killed import goes on where it was.
CREATE TABLE import_job (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind        text NOT NULL CHECK (kind IN ('transactions', 'customers', 'products', 'events')),
    file_name   text NOT NULL,
    status      text NOT NULL CHECK (status IN ('preview', 'queued', 'running', 'completed', 'failed')),
    shape       jsonb NOT NULL,                  -- encoding, separator, header, how dates are written, the first rows
    mapping     jsonb NOT NULL,                  -- field: column
    lines       bigint NOT NULL,                 -- of the file, a measure for progress
    rows        bigint NOT NULL DEFAULT 0,       -- read so far
    accepted    bigint NOT NULL DEFAULT 0,
    rejected    bigint NOT NULL DEFAULT 0,
    orders      bigint,                          -- transactions only: how many the lines make; null while lines are read
    orders_done bigint NOT NULL DEFAULT 0,
    tries       int NOT NULL DEFAULT 0,          -- in vain since the last progress
    reason      text,                            -- why it failed
    lease_until timestamptz,                     -- an instance works on it until then; by the machine's clock, not the platform's
    created_at  timestamptz NOT NULL,
    finished_at timestamptz
);
CREATE INDEX import_job_open ON import_job (id) WHERE status IN ('queued', 'running');

-- The file itself, so that any instance can go on with it; gone when the import is completed.
CREATE TABLE import_part (
    import_id bigint NOT NULL REFERENCES import_job ON DELETE CASCADE,
    part      int NOT NULL,
    content   bytea NOT NULL,
    PRIMARY KEY (import_id, part)
);
ALTER TABLE import_part ALTER content SET STORAGE EXTERNAL;

CREATE TABLE import_reject (
    import_id bigint NOT NULL REFERENCES import_job ON DELETE CASCADE,
    row       bigint NOT NULL,
    line      bigint NOT NULL,
    reason    text NOT NULL,
    cells     text[] NOT NULL,
    PRIMARY KEY (import_id, row)
);

-- Lines of transactions wait here until the file is read: an order's lines may stand anywhere in it.
CREATE TABLE import_line (
    import_id    bigint NOT NULL REFERENCES import_job ON DELETE CASCADE,
    row          bigint NOT NULL,
    line         bigint NOT NULL,
    order_id     text NOT NULL,
    customer_id  text,
    country      text,
    product_id   text NOT NULL,
    product_name text,
    quantity     numeric NOT NULL,
    unit_price   numeric NOT NULL,
    placed_at    timestamptz NOT NULL,
    currency     text,
    PRIMARY KEY (import_id, row)
);
CREATE INDEX import_line_order ON import_line (import_id, order_id);

-- The orders of those lines, oldest first, so that each customer's history is written in the order it happened.
CREATE TABLE import_order (
    import_id bigint NOT NULL REFERENCES import_job ON DELETE CASCADE,
    number    bigint NOT NULL,
    order_id  text NOT NULL,
    PRIMARY KEY (import_id, number)
);
