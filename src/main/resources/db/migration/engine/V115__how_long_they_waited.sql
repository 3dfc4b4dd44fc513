-- How long those who left an element had been there, altogether: the average without looking at their steps.
ALTER TABLE engine_element ADD COLUMN waited_ms bigint NOT NULL DEFAULT 0;

UPDATE engine_element e SET waited_ms = s.waited
  FROM (SELECT element, (sum(extract(epoch FROM left_at - entered_at)) * 1000)::bigint AS waited FROM engine_step WHERE left_at IS NOT NULL GROUP BY element) AS s
 WHERE s.element = e.id;

-- The job that gave up, to give it another try; none where the engine itself couldn't go on.
ALTER TABLE engine_incident ADD COLUMN job_key bigint;

CREATE INDEX engine_incident_at ON engine_incident (process, element_id, key) WHERE resolved_at IS NULL;
