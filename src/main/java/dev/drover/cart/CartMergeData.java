package dev.drover.cart;

import dev.drover.audience.Products;
import dev.drover.kernel.BaseUrl;
import dev.drover.kernel.SignedTokens;
import dev.drover.template.MergeData;
import dev.drover.template.MergeTag;
import dev.drover.template.TemplateVocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** {@code cart} in templates: what lies in the cart at this moment, and the link back to it. */
@Component
@Order(2)
class CartMergeData implements MergeData, TemplateVocabulary {

    private final JdbcClient jdbc;
    private final Products products;
    private final SignedTokens tokens;
    private final BaseUrl base;

    CartMergeData(JdbcClient jdbc, Products products, SignedTokens tokens, BaseUrl base) {
        this.jdbc = jdbc;
        this.products = products;
        this.tokens = tokens;
        this.base = base;
    }

    @Override
    public List<MergeTag> tags() {
        return List.of(new MergeTag("cart.items[]", "What lies in it"), new MergeTag("cart.items[].name", "The product"), new MergeTag("cart.items[].quantity", "How many"),
                new MergeTag("cart.items[].unitPrice", "Price of one"), new MergeTag("cart.items[].lineTotal", "Price of all of it"), new MergeTag("cart.items[].imageUrl", "Its picture"),
                new MergeTag("cart.items[].url", "Its page"), new MergeTag("cart.itemCount", "How many things"), new MergeTag("cart.total", "What they come to"),
                new MergeTag("cart.currency", "In which currency"), new MergeTag("cart.restoreUrl", "Back to the cart, on any device"));
    }

    @Override
    public String name() {
        return "cart";
    }

    @Override
    public @Nullable Map<String, Object> of(long customerId, Map<String, Object> data) {
        if (!(data.get("cartId") instanceof String cartId)) {
            return null;
        }
        return jdbc.sql("SELECT id, items, item_count, total, currency FROM cart WHERE cart_id = ? AND customer_id = ?").param(cartId).param(customerId)
                .query((row, n) -> {
                    Map<String, Object> cart = new LinkedHashMap<>();
                    cart.put("id", cartId);
                    cart.put("itemCount", row.getInt("item_count"));
                    cart.put("total", row.getBigDecimal("total"));
                    cart.put("currency", row.getString("currency"));
                    cart.put("restoreUrl", CartPages.restoreUrl(base, tokens, row.getLong("id")));
                    var items = CartItem.read(row.getString("items"));
                    var known = products.byExternalIds(items.stream().map(CartItem::productId).toList());
                    var lines = new ArrayList<Map<String, Object>>();
                    for (CartItem item : items) {
                        var product = known.get(item.productId());
                        var line = new LinkedHashMap<String, Object>();
                        line.put("name", product == null ? item.productId() : product.name());
                        line.put("imageUrl", product == null ? null : product.imageUrl());
                        line.put("url", product == null ? null : product.url());
                        line.put("quantity", item.quantity().stripTrailingZeros().toPlainString());
                        line.put("unitPrice", item.unitPrice());
                        line.put("lineTotal", item.total());
                        lines.add(line);
                    }
                    cart.put("items", lines);
                    return cart;
                }).optional().orElse(null);
    }
}
