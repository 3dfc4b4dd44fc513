-- Messages are written in the order they are queued in: block ranges tell a period's. A tree was written to three times for each message, whatever happened to it.
DROP INDEX message_queued;
CREATE INDEX message_queued ON message USING brin (queued_at) WITH (pages_per_range = 32, autosummarize = on);
