package dev.drover.facts;

import dev.drover.kernel.PlatformClock;
import dev.drover.ruleset.Needs;
import dev.drover.ruleset.fact.Customer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** What rules read of customers, for many at once and no more than they need. Static segments aren't among it: see the floor above. */
@Component
public class Facts {

    private final JdbcTemplate jdbc;
    private final EventCounts events;
    private final PlatformClock clock;

    Facts(JdbcTemplate jdbc, EventCounts events, PlatformClock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /** By number; who isn't there is left out. */
    public List<Customer> of(Collection<Long> ids, Needs needs) {
        return of(Whom.these(ids), needs, Map.of());
    }

    /** @param segments keys of those that no rule decides, by customer */
    public List<Customer> of(Whom whom, Needs needs, Map<Long, Set<String>> segments) {
        var now = clock.instant();
        var rows = new FactRows(needs);
        var counted = events.of(whom, needs.events());
        var customers = new ArrayList<Customer>();
        jdbc.query(connection -> {
            var statement = connection.prepareStatement(rows.sql(whom));
            int parameter = 1;
            for (int n = 0; n < rows.bindings(); n++) {
                parameter = whom.bind(statement, parameter);
            }
            return statement;
        }, row -> {
            customers.add(rows.customer(row, counted, segments, now));
        });
        return customers;
    }
}
