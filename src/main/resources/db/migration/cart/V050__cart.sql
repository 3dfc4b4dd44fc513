-- What lies in each cart now, as cart.updated events tell it.
CREATE TABLE cart (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    cart_id      text NOT NULL UNIQUE,
    customer_id  bigint REFERENCES customer ON DELETE SET NULL,
    anonymous_id text,
    items        jsonb NOT NULL,
    item_count   int NOT NULL,
    total        numeric(15, 2) NOT NULL,
    currency     text NOT NULL,
    email        text,
    phone        text,
    status       text NOT NULL CHECK (status IN ('open', 'ordered', 'emptied')),
    order_id     text,
    origin       text NOT NULL CHECK (origin IN ('live', 'import')),
    -- By the shop's word, which is the order of events here: an older word never undoes a newer one.
    updated_at   timestamptz NOT NULL,
    created_at   timestamptz NOT NULL,
    -- Whether detection has looked at it since it changed.
    decided      boolean NOT NULL DEFAULT false
);
CREATE INDEX cart_idle ON cart (updated_at) WHERE status = 'open' AND NOT decided;
CREATE INDEX cart_customer ON cart (customer_id, updated_at DESC);
CREATE INDEX cart_newest ON cart (updated_at DESC, id DESC);

-- The reference's abandoned_cart: one row for each time a cart was left, with what lay in it then.
CREATE TABLE abandoned_cart (
    id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    cart_id             bigint NOT NULL REFERENCES cart ON DELETE CASCADE,
    customer_id         bigint REFERENCES customer ON DELETE SET NULL,
    cart_items          jsonb NOT NULL,
    cart_total          numeric(15, 2) NOT NULL,
    recovery_status     text NOT NULL CHECK (recovery_status IN ('abandoned', 'recovery_started', 'recovered', 'expired', 'excluded')),
    reason              text,
    cart_updated_at     timestamptz NOT NULL,
    abandoned_at        timestamptz NOT NULL,
    expires_at          timestamptz NOT NULL,
    recovery_started_at timestamptz,
    recovered_at        timestamptz,
    recovered_order_id  text,
    UNIQUE (cart_id, cart_updated_at)
);
CREATE INDEX abandoned_cart_customer ON abandoned_cart (customer_id, abandoned_at DESC);
CREATE INDEX abandoned_cart_expiring ON abandoned_cart (expires_at) WHERE recovery_status IN ('abandoned', 'recovery_started');

-- When to write, by which channel, with which template. delay_minutes counts from the cart's last change.
CREATE TABLE cart_recovery_sequence (
    key                  text PRIMARY KEY,
    name                 text NOT NULL,
    is_active            boolean NOT NULL,
    is_default           boolean NOT NULL,
    steps                jsonb NOT NULL,
    discount_type        text CHECK (discount_type IN ('percentage', 'fixed')),
    discount_value       numeric(10, 2),
    discount_code_prefix text,
    discount_days        int,
    min_cart_value       numeric(15, 2),
    created_at           timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX cart_recovery_sequence_default ON cart_recovery_sequence (is_default) WHERE is_default;

INSERT INTO cart_recovery_sequence (key, name, is_active, is_default, steps, discount_type, discount_value, discount_code_prefix, discount_days)
VALUES ('standard', 'After an hour, a day and three days', true, true,
        '[{"delayMinutes": 60, "channel": "email", "template": "cart-recovery-1"},
          {"delayMinutes": 1440, "channel": "email", "template": "cart-recovery-2"},
          {"delayMinutes": 4320, "channel": "email", "template": "cart-recovery-3", "includeDiscount": true}]',
        'percentage', 10, 'MOO', 7);

CREATE TABLE discount_code (
    code           text PRIMARY KEY,
    -- Who made it, such as a journey's step: the same again gets the same code.
    key            text NOT NULL UNIQUE,
    kind           text NOT NULL CHECK (kind IN ('percentage', 'fixed')),
    value          numeric(15, 2) NOT NULL CHECK (value > 0),
    min_value      numeric(15, 2),
    customer_id    bigint REFERENCES customer ON DELETE SET NULL,
    created_at     timestamptz NOT NULL,
    expires_at     timestamptz NOT NULL,
    redeemed_at    timestamptz,
    redeemed_order text
);
CREATE INDEX discount_code_customer ON discount_code (customer_id, created_at DESC);
