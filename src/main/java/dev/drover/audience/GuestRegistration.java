package dev.drover.audience;

import dev.drover.eventlog.EventLog;
import dev.drover.eventlog.NewEvent;
import dev.drover.kernel.EmailAddress;
import dev.drover.kernel.PlatformClock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** When the shop tells of somebody new under a guest's address, the guest becomes that customer: what was agreed, sent and left in carts stays one person's. */
@Component
class GuestRegistration {

    private record Match(long guest, String externalId) {}

    private final JdbcClient jdbc;
    private final EventLog log;
    private final PlatformClock clock;

    GuestRegistration(JdbcClient jdbc, EventLog log, PlatformClock clock) {
        this.jdbc = jdbc;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Gives guests their customers' ids, before those are written; in the caller's transaction.
     *
     * @return the customers, those under a guest's former id by the one in force
     */
    List<CustomerInput> settle(List<CustomerInput> customers) {
        if (!jdbc.sql("SELECT EXISTS (SELECT 1 FROM customer WHERE guest_id IS NOT NULL)").query(Boolean.class).single()) {
            return customers;
        }
        register(customers);
        var renamed = new HashMap<String, String>();
        jdbc.sql("SELECT guest_id, external_id FROM customer WHERE guest_id = ANY(?) AND external_id <> guest_id").param(customers.stream().map(CustomerInput::externalId).toArray(String[]::new))
                .query(row -> {
                    renamed.put(row.getString(1), row.getString(2));
                });
        return renamed.isEmpty() ? customers : customers.stream().map(one -> renamed.containsKey(one.externalId()) ? one.under(renamed.get(one.externalId())) : one).toList();
    }

    private void register(List<CustomerInput> customers) {
        var matches = jdbc.sql("""
                SELECT g.id, t.external_id FROM unnest(:ids, :emails, :phones) WITH ORDINALITY AS t (external_id, email, phone, n)
                 CROSS JOIN LATERAL (SELECT id, 1 AS sort FROM customer WHERE email = t.email AND external_id = guest_id
                           UNION ALL SELECT id, 2 FROM customer WHERE phone = t.phone AND email IS NULL AND external_id = guest_id) AS g
                 WHERE NOT EXISTS (SELECT 1 FROM customer c WHERE c.external_id = t.external_id OR c.guest_id = t.external_id) ORDER BY n, sort, g.id""")
                .param("ids", customers.stream().map(CustomerInput::externalId).toArray(String[]::new))
                .param("emails", customers.stream().map(one -> one.email() == null ? null : EmailAddress.normal(one.email())).toArray(String[]::new))
                .param("phones", customers.stream().map(one -> phone(one.phone())).toArray(String[]::new))
                .query((row, n) -> new Match(row.getLong(1), row.getString(2))).list();
        Map<Long, String> become = new LinkedHashMap<>();
        var taken = new HashSet<String>();
        for (Match match : matches) {
            if (!become.containsKey(match.guest()) && taken.add(match.externalId())) {
                become.put(match.guest(), match.externalId());
            }
        }
        if (become.isEmpty()) {
            return;
        }
        var now = clock.instant();
        log.append(jdbc.sql("""
                UPDATE customer g SET external_id = t.external_id, attributes = g.attributes - :mark
                  FROM unnest(:guests, :ids) AS t (id, external_id) WHERE g.id = t.id AND g.external_id = g.guest_id RETURNING g.id, g.guest_id""")
                .param("mark", Guests.MARK).param("guests", become.keySet().toArray(Long[]::new)).param("ids", become.values().toArray(String[]::new))
                .query((row, n) -> NewEvent.live("customer.registered:" + row.getString(2), "customer.registered", row.getLong(1), now, Map.of("guestId", row.getString(2)))).list());
    }

    private static @Nullable String phone(@Nullable String typed) {
        return typed == null ? null : typed.replaceAll("[\\s().-]", "");
    }
}
