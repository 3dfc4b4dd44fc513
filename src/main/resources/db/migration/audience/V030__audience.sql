CREATE TABLE customer (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    external_id text NOT NULL UNIQUE,
    email       text,
    phone       text,
    push_token  text,
    first_name  text,
    last_name   text,
    country     text,
    time_zone   text,
    birthday    date,
    attributes  jsonb NOT NULL DEFAULT '{}',
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL
);
CREATE INDEX customer_email ON customer (email text_pattern_ops);
CREATE INDEX customer_last_name ON customer (lower(last_name) text_pattern_ops);
CREATE INDEX customer_created ON customer (created_at);

CREATE TABLE product (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    external_id text NOT NULL UNIQUE,
    name        text NOT NULL,
    category    text,
    price       numeric(15, 2) NOT NULL,
    currency    text NOT NULL,
    url         text,
    image_url   text,
    active      boolean NOT NULL DEFAULT true,
    attributes  jsonb NOT NULL DEFAULT '{}',
    updated_at  timestamptz NOT NULL
);
CREATE INDEX product_category ON product (category) WHERE active;

-- A cancellation is a row of its own with negative lines: history is added to, never rewritten.
CREATE TABLE customer_order (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    external_id   text NOT NULL UNIQUE,
    customer_id   bigint REFERENCES customer ON DELETE SET NULL,
    kind          text NOT NULL CHECK (kind IN ('order', 'cancellation')),
    placed_at     timestamptz NOT NULL,
    currency      text NOT NULL,
    total         numeric(15, 2) NOT NULL,
    cart_id       text,
    discount_code text,
    recorded_at   timestamptz NOT NULL
);
CREATE INDEX customer_order_customer ON customer_order (customer_id, placed_at);
CREATE INDEX customer_order_placed ON customer_order (placed_at);

CREATE TABLE order_line (
    order_id   bigint NOT NULL REFERENCES customer_order ON DELETE CASCADE,
    line       int NOT NULL,
    product_id bigint NOT NULL REFERENCES product,
    quantity   numeric(15, 3) NOT NULL,
    unit_price numeric(15, 2) NOT NULL,
    PRIMARY KEY (order_id, line)
);
CREATE INDEX order_line_product ON order_line (product_id);
