-- What is somebody's and doesn't hang on the customer's number: found by an index, because a person is erased while others are served.
CREATE INDEX event_log_session ON event_log (anonymous_id) WHERE anonymous_id IS NOT NULL;
CREATE INDEX event_log_email ON event_log (lower(properties ->> 'email')) WHERE customer_id IS NULL AND properties ->> 'email' IS NOT NULL;
CREATE INDEX event_log_phone ON event_log ((properties ->> 'phone')) WHERE customer_id IS NULL AND properties ->> 'phone' IS NOT NULL;
CREATE INDEX cart_email ON cart (lower(email)) WHERE email IS NOT NULL;
CREATE INDEX cart_phone ON cart (phone) WHERE phone IS NOT NULL;
CREATE INDEX bounce_address ON bounce (address);
