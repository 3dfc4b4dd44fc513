-- Two checks against other tables for each row were two thirds of the time that it takes to write the memberships of a new segment. Segments are
-- retired, never deleted; and who writes memberships holds the customer's lock, as whoever erases a customer must (dev.drover.facts.Summaries).
ALTER TABLE segment_membership DROP CONSTRAINT segment_membership_segment_id_fkey, DROP CONSTRAINT segment_membership_customer_id_fkey;

CREATE FUNCTION end_memberships_of_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM segment_membership WHERE customer_id IN (SELECT id FROM gone);
    RETURN NULL;
END $$;
CREATE TRIGGER customer_erased_from_segments AFTER DELETE ON customer REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION end_memberships_of_erased();
