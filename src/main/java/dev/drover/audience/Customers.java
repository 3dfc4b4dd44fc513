package dev.drover.audience;

import dev.drover.kernel.Page;
import dev.drover.kernel.Problem;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The people. */
@Component
public class Customers {

    static final RowMapper<Customer> CUSTOMER = new CustomerRow();

    private final JdbcClient jdbc;

    Customers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<Customer> byId(long id) {
        return jdbc.sql("SELECT * FROM customer WHERE id = ?").param(id).query(CUSTOMER).optional();
    }

    /** By the shop's own key, or the one a guest had before. */
    public Optional<Customer> byExternalId(String externalId) {
        return jdbc.sql("SELECT * FROM customer WHERE external_id = :id OR guest_id = :id ORDER BY external_id = :id DESC LIMIT 1").param("id", externalId).query(CUSTOMER).optional();
    }

    /** By the shop's own key, or by an address that nobody else has. */
    public Optional<Customer> byIdOrAddress(String idOrAddress) {
        return byExternalId(idOrAddress).or(() -> idsByEmail(List.of(idOrAddress)).values().stream().findFirst().flatMap(this::byId));
    }

    public List<Customer> byIds(Collection<Long> ids) {
        return jdbc.sql("SELECT * FROM customer WHERE id = ANY(?)").param(ids.toArray(Long[]::new)).query(CUSTOMER).list();
    }

    /** @throws Problem not found, naming the id */
    public Customer require(String externalId) {
        return byExternalId(externalId).orElseThrow(() -> Problem.notFound("There is no customer '" + externalId + "'."));
    }

    /** Under which ids journeys may know the customer; of nobody: the id itself. */
    public List<String> knownAs(String externalId) {
        return byExternalId(externalId).map(Customer::knownAs).orElse(List.of(externalId));
    }

    /** Internal numbers by external id, a guest's former one too; what isn't there is left out. */
    public Map<String, Long> idsOf(Collection<String> externalIds) {
        var ids = new HashMap<String, Long>();
        jdbc.sql("SELECT external_id, id FROM customer WHERE external_id = ANY(:ids) UNION SELECT guest_id, id FROM customer WHERE guest_id = ANY(:ids)")
                .param("ids", externalIds.stream().distinct().toArray(String[]::new))
                .query(row -> {
                    ids.put(row.getString(1), row.getLong(2));
                });
        return ids;
    }

    /** Internal numbers by address in small letters; an address that several share is left out. */
    public Map<String, Long> idsByEmail(Collection<String> addresses) {
        var ids = new HashMap<String, Long>();
        if (!addresses.isEmpty()) {
            jdbc.sql("SELECT email, min(id) FROM customer WHERE email = ANY(?) GROUP BY email HAVING count(*) = 1")
                    .param(addresses.stream().map(address -> address.toLowerCase(java.util.Locale.ROOT)).distinct().toArray(String[]::new))
                    .query(row -> {
                        ids.put(row.getString(1), row.getLong(2));
                    });
        }
        return ids;
    }

    /** Internal numbers by phone in international form; a phone that several share is left out. */
    public Map<String, Long> idsByPhone(Collection<String> phones) {
        var ids = new HashMap<String, Long>();
        if (!phones.isEmpty()) {
            jdbc.sql("SELECT phone, min(id) FROM customer WHERE phone = ANY(?) GROUP BY phone HAVING count(*) = 1").param(phones.stream().distinct().toArray(String[]::new))
                    .query(row -> {
                        ids.put(row.getString(1), row.getLong(2));
                    });
        }
        return ids;
    }

    public long count() {
        return jdbc.sql("SELECT count(*) FROM customer").query(Long.class).single();
    }

    long countSince(Instant since) {
        return jdbc.sql("SELECT count(*) FROM customer WHERE created_at >= ?").param(java.sql.Timestamp.from(since)).query(Long.class).single();
    }

    /**
     * Customers by number, newest first.
     *
     * @param search the beginning of an external id, an address or a last name; {@code null}: everybody
     */
    public Page<Customer> list(@Nullable String search, @Nullable String after, int limit) {
        if (search != null && search.indexOf('\0') >= 0) {
            return new Page<>(List.of(), null);
        }
        String prefix = search == null || search.isBlank() ? null
                : search.strip().toLowerCase(java.util.Locale.ROOT).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
        var found = jdbc.sql("""
                SELECT * FROM customer
                 WHERE id < :before %s
                 ORDER BY id DESC LIMIT :most""".formatted(prefix == null ? "" : """
                   AND (email LIKE :prefix OR lower(last_name) LIKE :prefix OR lower(first_name) LIKE :prefix OR lower(external_id) LIKE :prefix)"""))
                .param("before", Objects.requireNonNullElse(Page.number(after), Long.MAX_VALUE)).param("prefix", prefix).param("most", limit + 1)
                .query(CUSTOMER).list();
        return Page.of(found, limit, customer -> Long.toString(customer.id()));
    }
}
