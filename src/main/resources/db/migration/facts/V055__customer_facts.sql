-- What rules read, summed up ahead: a million customers are decided upon by reading a million narrow rows, not five million orders.
-- Kept by the consumer "facts" of the event log.
CREATE TABLE customer_summary (
    customer_id     bigint PRIMARY KEY REFERENCES customer ON DELETE CASCADE,
    orders          int NOT NULL DEFAULT 0,
    revenue         numeric(15, 2) NOT NULL DEFAULT 0,
    first_at        timestamptz,
    last_at         timestamptz,
    -- Every order and cancellation, oldest first, as arrays of one length. Moments are milliseconds since 1970; true: an order.
    order_at        bigint[] NOT NULL DEFAULT '{}',
    order_cents     bigint[] NOT NULL DEFAULT '{}',
    order_kind      boolean[] NOT NULL DEFAULT '{}',
    -- By category of the products, as arrays of one length.
    category        text[] NOT NULL DEFAULT '{}',
    category_orders int[] NOT NULL DEFAULT '{}',
    category_cents  bigint[] NOT NULL DEFAULT '{}',
    category_last   bigint[] NOT NULL DEFAULT '{}',
    seen_at         timestamptz
) WITH (fillfactor = 80);

-- How often each event happened to a customer, by day (since 1970, UTC).
CREATE TABLE customer_event (
    customer_id bigint NOT NULL REFERENCES customer ON DELETE CASCADE,
    name        text NOT NULL,
    day         int NOT NULL,
    count       int NOT NULL,
    last_at     timestamptz NOT NULL,
    PRIMARY KEY (customer_id, name, day)
) WITH (fillfactor = 90);

-- Products whose category changed and whose buyers aren't summed up again yet.
CREATE TABLE product_recategorised (
    product_id bigint PRIMARY KEY REFERENCES product ON DELETE CASCADE,
    since      timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- One sum for some customers, used here for all that there are and by the consumer from now on.
CREATE FUNCTION sum_orders(customers bigint[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO customer_summary AS s (customer_id, orders, revenue, first_at, last_at, order_at, order_cents, order_kind,
                                       category, category_orders, category_cents, category_last)
    SELECT o.customer_id, o.orders, o.revenue, o.first_at, o.last_at, o.at, o.cents, o.kind,
           coalesce(k.category, '{}'), coalesce(k.orders, '{}'), coalesce(k.cents, '{}'), coalesce(k.last, '{}')
      FROM (SELECT customer_id, count(*) FILTER (WHERE kind = 'order') AS orders, sum(total) AS revenue,
                   min(placed_at) FILTER (WHERE kind = 'order') AS first_at, max(placed_at) FILTER (WHERE kind = 'order') AS last_at,
                   array_agg(floor(extract(epoch FROM placed_at) * 1000)::bigint ORDER BY placed_at, id) AS at,
                   array_agg((total * 100)::bigint ORDER BY placed_at, id) AS cents,
                   array_agg(kind = 'order' ORDER BY placed_at, id) AS kind
              FROM customer_order WHERE customer_id = ANY(customers) GROUP BY customer_id) o
      LEFT JOIN (SELECT customer_id, array_agg(category ORDER BY category) AS category, array_agg(orders ORDER BY category) AS orders,
                        array_agg(cents ORDER BY category) AS cents,
                        -- The smallest number stands for "never", as in the facts.
                        array_agg(coalesce(last, -9223372036854775808) ORDER BY category) AS last
                   FROM (SELECT o.customer_id, p.category, count(DISTINCT o.id) FILTER (WHERE o.kind = 'order')::int AS orders,
                                round(sum(l.quantity * l.unit_price) * 100)::bigint AS cents,
                                floor(extract(epoch FROM max(o.placed_at) FILTER (WHERE o.kind = 'order')) * 1000)::bigint AS last
                           FROM customer_order o JOIN order_line l ON l.order_id = o.id JOIN product p ON p.id = l.product_id
                          WHERE o.customer_id = ANY(customers) AND p.category IS NOT NULL GROUP BY o.customer_id, p.category) AS bought
                  GROUP BY customer_id) k ON k.customer_id = o.customer_id
     ORDER BY o.customer_id
    ON CONFLICT (customer_id) DO UPDATE SET orders = excluded.orders, revenue = excluded.revenue, first_at = excluded.first_at, last_at = excluded.last_at,
           order_at = excluded.order_at, order_cents = excluded.order_cents, order_kind = excluded.order_kind, category = excluded.category,
           category_orders = excluded.category_orders, category_cents = excluded.category_cents, category_last = excluded.category_last
$$;

-- What was there before this migration. No writer may be at work on the log meanwhile, so that the cursor below passes nobody.
LOCK TABLE event_log IN SHARE MODE;

SELECT sum_orders(ids) FROM (SELECT array_agg(id) AS ids FROM customer GROUP BY id / 10000) AS blocks;

INSERT INTO customer_event (customer_id, name, day, count, last_at)
SELECT e.customer_id, e.name, floor(extract(epoch FROM e.occurred_at) / 86400)::int, count(*), max(e.occurred_at)
  FROM event_log e JOIN customer c ON c.id = e.customer_id WHERE e.name NOT LIKE 'segment.%' GROUP BY 1, 2, 3;

INSERT INTO customer_summary AS s (customer_id, seen_at)
SELECT customer_id, max(last_at) FROM customer_event
 WHERE name !~ '^(customer|consent|message)\.|^cart\.abandoned$|\.(sent|delivered|bounced|failed)$|^subscription\.(renewed|payment_failed)$' GROUP BY customer_id
ON CONFLICT (customer_id) DO UPDATE SET seen_at = excluded.seen_at;

-- The consumer begins behind all that; the one that decided upon segments before is no more.
INSERT INTO event_cursor (consumer, partition, transaction, position)
SELECT 'facts', n, coalesce(last.transaction, '0'), coalesce(last.position, 0)
  FROM generate_series(0, 7) AS n
  LEFT JOIN LATERAL (SELECT transaction, position FROM event_log WHERE partition = n ORDER BY transaction DESC, position DESC LIMIT 1) AS last ON true;
DELETE FROM event_cursor WHERE consumer = 'segments';

-- Open carts of a block of customers, without looking at the table.
CREATE INDEX cart_open ON cart (customer_id, updated_at DESC) INCLUDE (total, item_count) WHERE status = 'open';
