package dev.drover.audience;

import dev.drover.kernel.Json;
import dev.drover.kernel.Person;
import dev.drover.kernel.PersonalData;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What somebody bought. The orders stay, as nobody's, so that what was earned stays. */
@Component
class OrderData implements PersonalData {

    private final JdbcClient jdbc;

    OrderData(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String field() {
        return "orders";
    }

    @Override
    public Object held(Person person) {
        return jdbc.sql("""
                SELECT jsonb_build_object('externalId', o.external_id, 'kind', o.kind, 'placedAt', o.placed_at, 'currency', o.currency, 'total', o.total,
                           'cartId', o.cart_id, 'discountCode', o.discount_code, 'lines',
                           (SELECT coalesce(jsonb_agg(jsonb_build_object('productId', p.external_id, 'name', p.name, 'quantity', l.quantity, 'unitPrice', l.unit_price)
                                            ORDER BY l.line), '[]') FROM order_line l JOIN product p ON p.id = l.product_id WHERE l.order_id = o.id))
                  FROM customer_order o WHERE o.customer_id = ? ORDER BY o.placed_at, o.id""")
                .param(person.id()).query((row, n) -> Json.map(row.getString(1))).list();
    }

    @Override
    public void erase(Person person) {
        jdbc.sql("UPDATE customer_order SET customer_id = NULL WHERE customer_id = ?").param(person.id()).update();
    }
}
