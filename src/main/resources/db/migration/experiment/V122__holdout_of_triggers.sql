-- A trigger that sends by itself may keep a share without, too ('trigger:KEY').
ALTER TABLE holdout DROP CONSTRAINT holdout_scope_check;
ALTER TABLE holdout ADD CONSTRAINT holdout_scope_check CHECK (scope = 'everybody' OR scope LIKE 'journey:_%' OR scope LIKE 'campaign:_%' OR scope LIKE 'trigger:_%');
