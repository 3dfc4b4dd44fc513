-- A guest: made from the address that a cart's event brought along with consent, under an id made up here. It stays when the guest registers and the
-- shop's own id takes its place: journeys that run know the person by it.
ALTER TABLE customer ADD guest_id text UNIQUE;
CREATE INDEX customer_guest_email ON customer (email) WHERE external_id = guest_id;
