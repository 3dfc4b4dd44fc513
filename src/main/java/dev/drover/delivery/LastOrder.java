package dev.drover.delivery;

import dev.drover.template.MergeData;
import dev.drover.template.MergeTag;
import dev.drover.template.TemplateVocabulary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** {@code lastOrder} in templates: what the customer ordered last, as the shop told it; nothing for who never ordered. */
@Component
@Order(4)
class LastOrder implements MergeData, TemplateVocabulary {

    /** More than a mail shows. */
    private static final int MOST = 50;

    private final JdbcClient jdbc;

    LastOrder(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return "lastOrder";
    }

    @Override
    public List<MergeTag> tags() {
        return List.of(new MergeTag("lastOrder.items[]", "What they ordered last"), new MergeTag("lastOrder.items[].name", "The product"),
                new MergeTag("lastOrder.items[].quantity", "How many"), new MergeTag("lastOrder.items[].unitPrice", "Price of one, then"),
                new MergeTag("lastOrder.items[].url", "Its page"), new MergeTag("lastOrder.items[].imageUrl", "Its picture"),
                new MergeTag("lastOrder.orderId", "The order’s number"), new MergeTag("lastOrder.placedAt", "When it was placed"),
                new MergeTag("lastOrder.total", "What it came to"), new MergeTag("lastOrder.currency", "In which currency"));
    }

    @Override
    public @Nullable Map<String, Object> of(long customerId, Map<String, Object> data) {
        record Row(long id, Map<String, Object> order) {}
        return jdbc.sql("SELECT id, external_id, placed_at, currency, total FROM customer_order WHERE customer_id = ? AND kind = 'order' ORDER BY placed_at DESC, id DESC LIMIT 1")
                .param(customerId).query((row, n) -> {
                    Map<String, Object> order = new LinkedHashMap<>();
                    order.put("orderId", row.getString("external_id"));
                    order.put("placedAt", row.getTimestamp("placed_at").toInstant().toString());
                    order.put("currency", row.getString("currency"));
                    order.put("total", row.getBigDecimal("total"));
                    return new Row(row.getLong("id"), order);
                }).optional().map(found -> {
                    found.order().put("items", items(found.id()));
                    return found.order();
                }).orElse(null);
    }

    private List<Map<String, Object>> items(long order) {
        return jdbc.sql("""
                SELECT p.name, p.url, p.image_url, l.quantity, l.unit_price FROM order_line l JOIN product p ON p.id = l.product_id
                 WHERE l.order_id = ? ORDER BY l.line LIMIT ?""").param(order).param(MOST).query((row, n) -> {
                    Map<String, Object> item = new LinkedHashMap<>();
                    item.put("name", row.getString("name"));
                    item.put("url", row.getString("url"));
                    item.put("imageUrl", row.getString("image_url"));
                    item.put("quantity", row.getBigDecimal("quantity").stripTrailingZeros().toPlainString());
                    item.put("unitPrice", row.getBigDecimal("unit_price"));
                    return item;
                }).list();
    }
}
