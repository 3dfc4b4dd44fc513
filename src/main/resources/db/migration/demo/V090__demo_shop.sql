-- That the demo's shop has been filled: once, in the transaction that filled it.
CREATE TABLE demo_shop (
    filled_at timestamptz NOT NULL,
    only_one  boolean PRIMARY KEY DEFAULT true CHECK (only_one)
);
