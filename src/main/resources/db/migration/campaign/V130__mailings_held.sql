-- While it is set nothing of the mailing leaves: whoever claims messages passes them over. They are put aside in sets meanwhile, so that no claim walks over them.
ALTER TABLE mailing ADD COLUMN held_at timestamptz;
CREATE INDEX mailing_held ON mailing (id) WHERE held_at IS NOT NULL;

-- Whose name it bears, where it isn't the installation's; what the shop's statistics call it; whether opening it is noted.
ALTER TABLE mailing ADD COLUMN from_name text, ADD COLUMN from_address text, ADD COLUMN reply_to text, ADD COLUMN utm_campaign text,
    ADD COLUMN tracks_opens boolean NOT NULL DEFAULT true, ADD COLUMN tracks_clicks boolean NOT NULL DEFAULT true;
