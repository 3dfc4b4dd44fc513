-- How often it was put to another time: calendars outside take an entry anew when this has grown.
ALTER TABLE campaign_run ADD COLUMN moved int NOT NULL DEFAULT 0;
CREATE INDEX campaign_run_at ON campaign_run ((coalesce(begun_at, due_at)));
