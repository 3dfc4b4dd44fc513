-- Triggers that came along, each once: whoever deletes one is rid of it.
CREATE TABLE shipped_trigger (
    key        text PRIMARY KEY,
    shipped_at timestamptz NOT NULL
);

-- Whom no advertising goes to any more. The journey sunset fills it, the eligibility rule sunset asks for it.
INSERT INTO customer_segment (key, name, description, segment_type, created_at, updated_at)
VALUES ('sunset', 'Sunset', 'Didn''t react for half a year, nor when asked whether to go on: gets no advertising until they order, click or say yes again.', 'static', now(), now())
ON CONFLICT (key) DO NOTHING;
