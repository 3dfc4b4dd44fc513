-- Nobody searches by what is in them, and sorting every element made ANALYZE hold a core for seconds.
ALTER TABLE customer_summary
    ALTER order_at SET STATISTICS 0, ALTER order_cents SET STATISTICS 0, ALTER order_kind SET STATISTICS 0, ALTER category SET STATISTICS 0,
    ALTER category_orders SET STATISTICS 0, ALTER category_cents SET STATISTICS 0, ALTER category_last SET STATISTICS 0;
