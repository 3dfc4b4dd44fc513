-- Counts what changed about which triggers wait for what. An instance that has read events looks here whether the triggers it knows are still all there are:
-- an event that was told after a trigger was switched on is decided upon, by whichever instance reads it. By the database, so that no way to change one can forget it.
CREATE TABLE trigger_generation (
    number bigint NOT NULL
);
INSERT INTO trigger_generation VALUES (0);

CREATE FUNCTION count_trigger_generation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE trigger_generation SET number = number + 1;
    RETURN NULL;
END $$;

-- Not of what acting writes: how often, the hour, the storm.
CREATE TRIGGER marketing_trigger_changed AFTER INSERT OR DELETE OR UPDATE OF key, trigger_type, event_name, trigger_config, conditions, is_active, active_since, active_from, hourly_limit
    ON marketing_trigger FOR EACH STATEMENT EXECUTE FUNCTION count_trigger_generation();
