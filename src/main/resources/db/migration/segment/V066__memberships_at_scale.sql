-- Which version of a rule let somebody in, and which let them go.
ALTER TABLE segment_membership ADD rule_version int, ADD left_rule_version int;

-- The present memberships of a block of customers are read from the index alone.
CREATE INDEX segment_membership_of ON segment_membership (customer_id, segment_id) INCLUDE (left_at);
DROP INDEX segment_membership_customer;

-- When time alone can change what is decided about a customer: nobody else needs to be looked at as time passes.
CREATE TABLE customer_look (
    customer_id bigint PRIMARY KEY REFERENCES customer ON DELETE CASCADE,
    at          timestamptz NOT NULL
);
CREATE INDEX customer_look_due ON customer_look (at);
