package dev.drover.facts;

import dev.drover.audience.ProductsRecategorised;
import java.sql.Timestamp;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Sums the buyers of products up again whose category changed. What is to be done is kept in a table, so that a restart goes on with it. */
@Component
class CategoryRefresh {

    private record Due(long product, Timestamp since) {}

    private static final int BATCH = 500;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Summaries summaries;
    private final ApplicationEventPublisher news;

    CategoryRefresh(JdbcClient jdbc, TransactionTemplate transaction, Summaries summaries, ApplicationEventPublisher news) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.summaries = summaries;
        this.news = news;
    }

    @EventListener
    void on(ProductsRecategorised changed) {
        jdbc.sql("""
                INSERT INTO product_recategorised (product_id) SELECT id FROM unnest(?) AS t (id) ORDER BY id
                ON CONFLICT (product_id) DO UPDATE SET since = clock_timestamp()""").param(changed.productIds().toArray(Long[]::new)).update();
    }

    /** @return whether there was a product to do */
    boolean refreshOne() {
        var due = jdbc.sql("SELECT product_id, since FROM product_recategorised ORDER BY since LIMIT 1")
                .query((row, n) -> new Due(row.getLong(1), row.getTimestamp(2))).optional();
        if (due.isEmpty()) {
            return false;
        }
        long last = 0;
        for (var buyers = buyers(due.get().product(), last); !buyers.isEmpty(); buyers = buyers(due.get().product(), last)) {
            sum(buyers);
            last = buyers.getLast();
        }
        // Unless it changed again meanwhile.
        jdbc.sql("DELETE FROM product_recategorised WHERE product_id = ? AND since = ?").param(due.get().product()).param(due.get().since()).update();
        return true;
    }

    private List<Long> buyers(long product, long after) {
        return jdbc.sql("""
                SELECT DISTINCT o.customer_id FROM order_line l JOIN customer_order o ON o.id = l.order_id
                 WHERE l.product_id = ? AND o.customer_id > ? ORDER BY o.customer_id LIMIT ?""").param(product).param(after).param(BATCH).query(Long.class).list();
    }

    private void sum(List<Long> buyers) {
        transaction.executeWithoutResult(tx -> {
            summaries.lock(Whom.these(buyers));
            summaries.sumOrders(buyers);
            news.publishEvent(new FactsChanged(buyers));
        });
    }
}
