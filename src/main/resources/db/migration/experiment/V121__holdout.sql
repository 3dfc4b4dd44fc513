-- Who is kept without marketing so that its effect can be measured: of everybody (scope 'everybody', drawn anew each quarter), of a journey
-- ('journey:ID') or of a campaign ('campaign:ID'). Who is kept is worked out from the customer's id (experiment_point), never stored for everybody.
CREATE TABLE holdout (
    scope      text PRIMARY KEY CHECK (scope = 'everybody' OR scope LIKE 'journey:_%' OR scope LIKE 'campaign:_%'),
    share      float8 NOT NULL CHECK (share > 0 AND share <= 0.5),
    -- Since when this share holds: what was before can't be compared by it.
    since      timestamptz NOT NULL,
    changed_by text NOT NULL
);

-- Whom a journey or campaign with a holdout would have written to, from the first time on: both those who got it and those kept without, decided at the
-- same place, so that the two can be compared.
CREATE TABLE holdout_exposure (
    scope       text NOT NULL REFERENCES holdout ON DELETE CASCADE,
    customer_id bigint NOT NULL REFERENCES customer ON DELETE CASCADE,
    held        boolean NOT NULL,
    first_at    timestamptz NOT NULL,
    PRIMARY KEY (scope, customer_id)
);
CREATE INDEX holdout_exposure_customer ON holdout_exposure (customer_id);
