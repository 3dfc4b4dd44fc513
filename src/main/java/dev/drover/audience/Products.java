package dev.drover.audience;

import dev.drover.kernel.Json;
import dev.drover.kernel.PlatformClock;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the shop sells. */
@Component
public class Products {

    private static final RowMapper<Product> PRODUCT = (row, n) -> new Product(row.getLong("id"), row.getString("external_id"), row.getString("name"),
            row.getString("category"), row.getBigDecimal("price"), row.getString("currency"), row.getString("url"), row.getString("image_url"),
            row.getBoolean("active"));

    private final JdbcTemplate jdbc;
    private final PlatformClock clock;
    private final ApplicationEventPublisher events;

    Products(JdbcTemplate jdbc, PlatformClock clock, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.events = events;
    }

    public Optional<Product> byExternalId(String externalId) {
        return byExternalIds(List.of(externalId)).values().stream().findFirst();
    }

    /** Products by external id; what isn't there is left out. */
    public Map<String, Product> byExternalIds(Collection<String> externalIds) {
        return jdbc.query("SELECT * FROM product WHERE external_id = ANY(?)", PRODUCT, (Object) externalIds.stream().distinct().toArray(String[]::new))
                .stream().collect(Collectors.toMap(Product::externalId, Function.identity()));
    }

    Map<String, Object> attributesOf(long id) {
        return Json.map(jdbc.queryForObject("SELECT attributes FROM product WHERE id = ?", String.class, id));
    }

    public List<Product> active() {
        return jdbc.query("SELECT * FROM product WHERE active ORDER BY category, name", PRODUCT);
    }

    /** Takes checked products in; of two of the same external id the later one counts. */
    @Transactional
    public void takeAll(List<ProductInput> products) {
        Map<String, ProductInput> unique = new LinkedHashMap<>();
        products.forEach(product -> unique.put(product.externalId(), product));
        var now = Timestamp.from(clock.instant());
        var recategorised = recategorised(unique.values());
        jdbc.batchUpdate("""
                INSERT INTO product (external_id, name, category, price, currency, url, image_url, active, attributes, updated_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)
                ON CONFLICT (external_id) DO UPDATE SET
                       name = excluded.name, category = coalesce(excluded.category, product.category), price = excluded.price,
                       currency = excluded.currency, url = coalesce(excluded.url, product.url),
                       image_url = coalesce(excluded.image_url, product.image_url), active = excluded.active,
                       attributes = product.attributes || excluded.attributes, updated_at = excluded.updated_at""",
                unique.values().stream().sorted(java.util.Comparator.comparing(ProductInput::externalId)).map(p -> new Object[] {
                        p.externalId(), p.name(), p.category(), p.price(), p.currency() == null ? Orders.CURRENCY : p.currency(), p.url(), p.imageUrl(),
                        !Boolean.FALSE.equals(p.active()), Json.write(p.attributes() == null ? Map.of() : p.attributes()), now}).toList());
        if (!recategorised.isEmpty()) {
            events.publishEvent(new ProductsRecategorised(recategorised));
        }
    }

    /** Those that are there and will be of another category: what was summed up by category has to be summed up again. */
    private List<Long> recategorised(Collection<ProductInput> products) {
        var told = products.stream().filter(product -> product.category() != null).toList();
        return told.isEmpty() ? List.of() : jdbc.queryForList("""
                SELECT id FROM product p JOIN unnest(?, ?) AS t (external_id, category) ON t.external_id = p.external_id
                 WHERE p.category IS DISTINCT FROM t.category ORDER BY id FOR UPDATE OF p""", Long.class,
                told.stream().map(ProductInput::externalId).toArray(String[]::new), told.stream().map(ProductInput::category).toArray(String[]::new));
    }

    /**
     * Internal numbers by external id. A product that only an order tells of is kept, not for sale, under its id, so that no order is lost.
     *
     * @param named what is known of each: its name, or {@code null}
     */
    @Transactional
    Map<String, Long> idsOf(Map<String, @Nullable String> named) {
        var found = new HashMap<String, Long>();
        find(named.keySet().toArray(String[]::new), found);
        if (found.size() < named.size()) {
            String[] ids = named.keySet().stream().filter(id -> !found.containsKey(id)).sorted().toArray(String[]::new);
            String[] names = java.util.Arrays.stream(ids).map(id -> named.get(id) == null ? id : named.get(id)).toArray(String[]::new);
            jdbc.update("""
                    INSERT INTO product (external_id, name, price, currency, active, updated_at)
                    SELECT id, name, ?, ?, false, ? FROM unnest(?, ?) AS t (id, name)
                    ON CONFLICT DO NOTHING""", BigDecimal.ZERO, Orders.CURRENCY, Timestamp.from(clock.instant()), ids, names);
            find(ids, found);
        }
        return found;
    }

    private void find(String[] ids, Map<String, Long> into) {
        jdbc.query("SELECT external_id, id FROM product WHERE external_id = ANY(?)", row -> {
            into.put(row.getString(1), row.getLong(2));
        }, (Object) ids);
    }
}
