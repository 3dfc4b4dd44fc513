-- Scores of everybody who ever ordered, 1 to 5, by where they stand among all others.
CREATE TABLE customer_rfm (
    customer_id   bigint PRIMARY KEY REFERENCES customer ON DELETE CASCADE,
    recency       smallint NOT NULL CHECK (recency BETWEEN 1 AND 5),
    frequency     smallint NOT NULL CHECK (frequency BETWEEN 1 AND 5),
    monetary      smallint NOT NULL CHECK (monetary BETWEEN 1 AND 5),
    last_order_at timestamptz NOT NULL,
    orders        int NOT NULL,
    revenue       numeric(15, 2) NOT NULL
);
CREATE INDEX customer_rfm_scores ON customer_rfm (recency, frequency, monetary);

CREATE TABLE rfm_run (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ended_at   timestamptz NOT NULL,
    customers  bigint NOT NULL,
    changed    bigint NOT NULL,
    millis     bigint NOT NULL
);
