package dev.drover.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drover.audience.Product;
import dev.drover.audience.Products;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.ShopUrl;
import dev.drover.template.MergeData;
import dev.drover.template.MergeTag;
import dev.drover.template.TemplateVocabulary;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * {@code recommended.products} in templates: those that a step of the journey chose ({@code recommendations}, product ids); where none did,
 * what the customer looked at last and didn't buy, then what sells best. For sale, each once, empty where the shop sells nothing.
 */
@Component
@Order(3)
public class Recommended implements MergeData, TemplateVocabulary {

    public static final int MOST = 12;
    private static final Duration LATELY = Duration.ofDays(90);
    private static final Duration LOOKED = Duration.ofDays(30);

    private final JdbcClient jdbc;
    private final Products products;
    private final ShopUrl shop;
    private final PlatformClock clock;
    /** The same for everybody, and a look over every order of three months. */
    private final Cache<String, List<String>> bestsellers = Caffeine.newBuilder().expireAfterWrite(Duration.ofMinutes(10)).build();

    Recommended(JdbcClient jdbc, Products products, ShopUrl shop, PlatformClock clock) {
        this.jdbc = jdbc;
        this.products = products;
        this.shop = shop;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "recommended";
    }

    @Override
    public List<MergeTag> tags() {
        return List.of(new MergeTag("recommended.products[]", "Chosen for this customer"), new MergeTag("recommended.products[].name", "The product"),
                new MergeTag("recommended.products[].price", "What it costs"), new MergeTag("recommended.products[].currency", "In which currency"),
                new MergeTag("recommended.products[].url", "Its page"), new MergeTag("recommended.products[].imageUrl", "Its picture"),
                new MergeTag("recommended.products[].category", "What kind of thing it is"), new MergeTag("recommended.products[].productId", "Your shop’s id of it"));
    }

    @Override
    public Map<String, Object> of(long customerId, Map<String, Object> data) {
        var ids = new LinkedHashSet<String>();
        if (data.get("recommendations") instanceof List<?> chosen) {
            chosen.stream().filter(Objects::nonNull).map(Object::toString).limit(MOST).forEach(ids::add);
        } else {
            ids.addAll(lookedAt(customerId));
            ids.addAll(selling());
        }
        return Map.of("products", shown(ids.stream().toList()));
    }

    /**
     * What a template's recommendations would show where no step chose any.
     *
     * @return product ids, at most so many
     */
    public List<String> choose(long customerId, int most) {
        return shown(Stream.concat(lookedAt(customerId).stream(), selling().stream()).distinct().toList()).stream().map(product -> product.get("productId").toString())
                .limit(most).toList();
    }

    /** For somebody made up. */
    Map<String, Object> selling(int most) {
        return Map.of("products", shown(selling()).stream().limit(most).toList());
    }

    private List<Map<String, Object>> shown(List<String> ids) {
        var known = products.byExternalIds(ids);
        return ids.stream().map(known::get).filter(Objects::nonNull).filter(Product::active).limit(MOST).map(product -> {
            var item = new LinkedHashMap<String, Object>();
            item.put("productId", product.externalId());
            item.put("name", product.name());
            item.put("category", product.category());
            item.put("price", product.price());
            item.put("currency", product.currency());
            item.put("url", product.url() == null ? shop.get() : product.url());
            item.put("imageUrl", product.imageUrl());
            return (Map<String, Object>) item;
        }).toList();
    }

    private List<String> lookedAt(long customerId) {
        return jdbc.sql("""
                SELECT id FROM (SELECT properties ->> 'productId' AS id, max(occurred_at) AS at FROM event_log
                                 WHERE customer_id = :customer AND name = 'product.viewed' AND occurred_at > :since GROUP BY 1) AS seen
                 WHERE NOT EXISTS (SELECT 1 FROM customer_order o JOIN order_line l ON l.order_id = o.id JOIN product p ON p.id = l.product_id
                                    WHERE o.customer_id = :customer AND o.placed_at > :since AND p.external_id = seen.id)
                 ORDER BY at DESC LIMIT 4""")
                .param("customer", customerId).param("since", Timestamp.from(clock.instant().minus(LOOKED))).query(String.class).list().stream().filter(Objects::nonNull).toList();
    }

    private List<String> selling() {
        return bestsellers.get("all", key -> jdbc.sql("""
                SELECT p.external_id FROM order_line l JOIN customer_order o ON o.id = l.order_id JOIN product p ON p.id = l.product_id
                 WHERE o.placed_at > ? AND o.kind = 'order' AND p.active GROUP BY p.external_id ORDER BY count(DISTINCT o.id) DESC, p.external_id LIMIT ?""")
                .params(Timestamp.from(clock.instant().minus(LATELY)), MOST).query(String.class).list());
    }
}
