-- Sequences are edited: two people who do so at once mustn't undo each other, hence a version.
ALTER TABLE cart_recovery_sequence
    ADD COLUMN version int NOT NULL DEFAULT 1,
    ADD COLUMN discount_min_value numeric(15, 2),
    ADD COLUMN exclude_subscriptions boolean NOT NULL DEFAULT false;

-- Which sequence a cart was given and what that said then: whoever changes it changes nothing that runs. When its customer came back by a reminder's link.
ALTER TABLE abandoned_cart
    ADD COLUMN sequence text,
    ADD COLUMN plan jsonb,
    ADD COLUMN came_back_at timestamptz;
CREATE INDEX abandoned_cart_left ON abandoned_cart (abandoned_at);
