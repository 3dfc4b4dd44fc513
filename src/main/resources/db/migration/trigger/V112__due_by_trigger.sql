-- What is due is taken from each trigger in turn, so that one in a storm keeps no other waiting.
CREATE INDEX trigger_execution_due_by_trigger ON trigger_execution_log (trigger_id, due_at, id) WHERE execution_status = 'waiting';
