-- Orders ask which cart they closed; with a million carts that must not mean reading them all.
CREATE INDEX cart_order ON cart (order_id) WHERE order_id IS NOT NULL;
