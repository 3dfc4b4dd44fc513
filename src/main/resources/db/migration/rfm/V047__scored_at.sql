-- When the scores became what they are, so that those whose scores changed in a run are known.
ALTER TABLE customer_rfm ADD scored_at timestamptz NOT NULL DEFAULT '-infinity';
CREATE INDEX customer_rfm_scored ON customer_rfm (scored_at);
