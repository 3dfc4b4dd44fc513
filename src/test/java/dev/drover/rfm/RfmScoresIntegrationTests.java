package dev.drover.rfm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.audience.CustomerInput;
import dev.drover.audience.CustomerIntake;
import dev.drover.audience.OrderInput;
import dev.drover.audience.OrderIntake;
import dev.drover.eventlog.Event;
import dev.drover.kernel.PlatformClock;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
class RfmScoresIntegrationTests {

    private record Bought(long customer, java.time.Instant last, long orders, BigDecimal revenue) {}

    @LocalServerPort
    int port;
    @Autowired
    RfmScores scores;
    @Autowired
    CustomerIntake customers;
    @Autowired
    OrderIntake orders;
    @Autowired
    PlatformClock clock;
    @Autowired
    JdbcClient jdbc;

    @Test
    void areWhatACountByHandFinds() {
        for (int n = 0; n < 23; n++) {
            long customer = customer();
            for (int order = 0; order <= n % 4; order++) {
                buys(customer, 1 + n * 3 + order, 5 + n % 7);
            }
        }
        customer();
        scores.calculate();

        // By hand: the middle of the places that equals share, over all buyers of this database.
        var all = jdbc.sql("""
                SELECT customer_id, max(placed_at) FILTER (WHERE kind = 'order') AS last, count(*) FILTER (WHERE kind = 'order') AS orders, sum(total) AS revenue
                  FROM customer_order WHERE customer_id IS NOT NULL GROUP BY 1 HAVING count(*) FILTER (WHERE kind = 'order') > 0""")
                .query((row, n) -> new Bought(row.getLong(1), row.getTimestamp(2).toInstant(), row.getLong(3), row.getBigDecimal(4))).list();
        var recency = places(all, Bought::last);
        var frequency = places(all, Bought::orders);
        var monetary = places(all, Bought::revenue);
        var found = scores.of(all.stream().map(Bought::customer).toList());
        assertThat(found).hasSize(all.size());
        all.forEach(one -> assertThat(found.get(one.customer())).as(one.toString())
                .isEqualTo(new RfmScores.Scores(recency.get(one.customer()), frequency.get(one.customer()), monetary.get(one.customer()))));
        assertThat(jdbc.sql("SELECT count(*) FROM customer_rfm").query(Integer.class).single()).as("who never ordered has no score").isEqualTo(all.size());
    }

    @Test
    void areWrittenOnlyWhereTheyChanged() {
        buys(customer(), 1, 10);
        scores.calculate();
        assertThat(scores.calculate().changed()).isZero();
    }

    @Test
    void standInTheProfile() throws Exception {
        // Somebody has to be below, whoever else is in this database.
        for (int n = 0; n < 9; n++) {
            buys(customer(), 5, 10);
        }
        long customer = customer();
        var api = new Api("http://127.0.0.1:" + port, "test-token");
        String id = jdbc.sql("SELECT external_id FROM customer WHERE id = ?").param(customer).query(String.class).single();
        assertThat(api.get("/api/v1/customers/" + id).at("/rfm/recency").isNull()).isTrue();
        buys(customer, 0, 1_000_000);
        scores.calculate();
        var rfm = api.get("/api/v1/customers/" + id).get("rfm");
        assertThat(rfm.get("monetary").asInt()).isEqualTo(5);
        assertThat(rfm.get("segment").asString()).isNotBlank();
    }

    private static <T extends Comparable<T>> Map<Long, Integer> places(List<Bought> all, Function<Bought, T> value) {
        var sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparing(value));
        var places = new HashMap<Long, Integer>();
        for (Bought one : all) {
            long below = sorted.stream().filter(other -> value.apply(other).compareTo(value.apply(one)) < 0).count();
            long upTo = sorted.stream().filter(other -> value.apply(other).compareTo(value.apply(one)) <= 0).count();
            places.put(one.customer(), (int) Math.min(5, 1 + 5 * (below + upTo) / (2 * all.size())));
        }
        return places;
    }

    private long customer() {
        return customers.take(new CustomerInput("rfm-" + UUID.randomUUID(), null, null, null, null, null, null, null, null, null, null), Event.Origin.IMPORT).id();
    }

    private void buys(long customer, int daysAgo, int price) {
        String id = jdbc.sql("SELECT external_id FROM customer WHERE id = ?").param(customer).query(String.class).single();
        orders.take(new OrderInput("rfm-order-" + UUID.randomUUID(), id, clock.instant().minus(Duration.ofDays(daysAgo)), "EUR",
                List.of(new OrderInput.Line("rfm-butter", BigDecimal.ONE, BigDecimal.valueOf(price), "Butter")), null, null), Event.Origin.IMPORT);
    }
}
