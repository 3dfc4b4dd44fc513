package dev.drover.cart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.eventlog.EventLog;
import dev.drover.eventlog.NewEvent;
import dev.drover.kernel.Period;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.SignedTokens;
import dev.drover.testing.Api;
import dev.drover.testing.Browser;
import dev.drover.testing.IntegrationTest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Figures beside rows written by hand, in years that nobody else's test is in. */
@IntegrationTest
class CartFiguresIntegrationTests {

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    CartFigures figures;

    @Autowired
    EventLog log;

    @Autowired
    SignedTokens tokens;

    @Autowired
    PlatformClock clock;

    @Test
    void addsUpWhatBecameOfEachCartOnTheDayItWasLeft() {
        var first = Instant.parse("2004-03-01T10:00:00Z");
        long never = left("2004-03-01T10:00:00Z", "recovery_started", "100", null, "EUR");
        long once = left("2004-03-01T11:00:00Z", "recovered", "40.50", "2004-03-02T00:00:00Z", "EUR");
        sent(once, first.plus(Duration.ofHours(2)), "reminder-a", "sent");
        sent(once, first.plus(Duration.ofDays(3)), "reminder-b", "sent");
        long twice = left("2004-03-02T11:00:00Z", "recovered", "60", "2004-03-06T00:00:00Z", "EUR");
        sent(twice, Instant.parse("2004-03-02T12:00:00Z"), "reminder-a", "delivered");
        sent(twice, Instant.parse("2004-03-03T12:00:00Z"), "reminder-b", "sent");
        sent(twice, Instant.parse("2004-03-03T12:00:00Z"), "another", "sent");
        long capped = left("2004-03-03T11:00:00Z", "expired", "10", null, "USD");
        sent(capped, Instant.parse("2004-03-03T12:00:00Z"), "reminder-a", "skipped");
        left("2004-03-03T11:00:00Z", "excluded", "10", null, "EUR");
        left("2004-04-01T00:00:00Z", "recovered", "10", "2004-04-02T00:00:00Z", "EUR");
        jdbc.sql("UPDATE abandoned_cart SET came_back_at = abandoned_at WHERE id = ?").param(twice).update();
        // The same customer's next recovery: what it sends is its own.
        jdbc.sql("UPDATE abandoned_cart SET customer_id = (SELECT customer_id FROM abandoned_cart WHERE id = ?) WHERE id = ?").param(once).param(never).update();

        var report = figures.between(new Period(LocalDate.of(2004, 3, 1), LocalDate.of(2004, 3, 31)));

        assertThat(List.of(report.left(), report.reminded(), report.cameBack(), report.ordered())).containsExactly(4L, 2L, 1L, 2L);
        assertThat(report.rate()).isEqualTo(50);
        assertThat(report.steps()).containsExactly(new CartFigures.Step(0, 4, 0), new CartFigures.Step(1, 2, 1), new CartFigures.Step(2, 1, 1));
        assertThat(report.values()).hasSize(2);
        assertThat(report.values().getFirst().left()).isEqualByComparingTo("200.50");
        assertThat(report.values().getFirst().recovered()).isEqualByComparingTo("100.50");
        assertThat(report.excluded()).isEqualTo(Map.of("by hand", 1L));
        assertThat(report.days()).hasSize(31).startsWith(new CartFigures.Day(LocalDate.of(2004, 3, 1), 2, 1), new CartFigures.Day(LocalDate.of(2004, 3, 2), 1, 1));
    }

    @Test
    void aPersonsClickOnTheLinkOfAMailCounts() {
        long left = left(clock.instant().minusSeconds(60).toString(), "recovery_started", "10", null, "EUR");
        long cart = jdbc.sql("SELECT cart_id FROM abandoned_cart WHERE id = ?").param(left).query(Long.class).single();
        long customer = jdbc.sql("SELECT customer_id FROM abandoned_cart WHERE id = ?").param(left).query(Long.class).single();
        log.append(List.of(NewEvent.live("click:" + UUID.randomUUID(), "email.clicked", customer, clock.instant(), Map.of("url", "https://x.example/r/" + tokens.sign(CartPages.RESTORE, cart + "0") + "tampered")),
                NewEvent.live("click:" + UUID.randomUUID(), "email.clicked", customer, clock.instant(), Map.of("url", "https://x.example/r/" + tokens.sign(CartPages.RESTORE, Long.toString(cart))))));
        Api.await("it is noted", Duration.ofSeconds(30), () -> jdbc.sql("SELECT came_back_at IS NOT NULL FROM abandoned_cart WHERE id = ?").param(left).query(Boolean.class).single());
    }

    @Test
    void isAnsweredToProgramsAndShownToPeople() throws Exception {
        left("2005-03-01T10:00:00Z", "recovered", "100", "2005-03-01T12:00:00Z", "EUR");
        var api = new Api("http://localhost:" + port, "test-token");
        var answer = api.get("/api/v1/carts/figures?from=2005-03-01&to=2005-03-07");
        assertThat(answer.get("ordered").asInt()).isEqualTo(1);
        assertThat(answer.get("days")).hasSize(7);
        assertThat(api.send("GET", "/api/v1/carts/figures?from=2005-03-07&to=2005-03-01", "application/json", "").statusCode()).isEqualTo(422);
        for (boolean phone : new boolean[] {true, false}) {
            try (var browser = Browser.open(port); var window = browser.window(phone ? 390 : 1440, phone)) {
                var all = new SoftAssertions();
                for (String page : List.of("/carts", "/carts/recovery", "/carts/recovery?from=2005-03-01&to=2005-03-07")) {
                    all.assertThat(window.visit(page)).as(page).isEqualTo(200);
                    all.assertThat(window.overhang()).as(page + " is wider than the window by").isZero();
                    all.assertThat(window.barriers()).as(page).isEmpty();
                }
                assertThat(window.page().textContent(".funnel")).contains("1 (100.0 %)");
                all.assertThat(window.visit("/carts/recovery?from=then")).isEqualTo(422);
                all.assertAll();
            }
        }
    }

    private long left(String at, String status, String total, String recovered, String currency) {
        String customer = "figure-" + UUID.randomUUID();
        long id = jdbc.sql("INSERT INTO customer (external_id, created_at, updated_at) VALUES (?, now(), now()) RETURNING id").param(customer).query(Long.class).single();
        long cart = jdbc.sql("""
                INSERT INTO cart (cart_id, customer_id, items, item_count, total, currency, status, origin, updated_at, created_at, decided)
                VALUES (?, ?, '[]', 1, ?::numeric, ?, 'open', 'live', ?::timestamptz, now(), true) RETURNING id""")
                .param("cart-" + customer).param(id).param(total).param(currency).param(at).query(Long.class).single();
        return jdbc.sql("""
                INSERT INTO abandoned_cart (cart_id, customer_id, cart_items, cart_total, recovery_status, reason, cart_updated_at, abandoned_at, expires_at, recovered_at, plan)
                VALUES (:cart, :customer, '[]', :total::numeric, :status, CASE :status WHEN 'excluded' THEN 'by hand' END, :at::timestamptz, :at::timestamptz,
                        :at::timestamptz + interval '30 days', :recovered::timestamptz, '[{"template": "reminder-a"}, {"template": "reminder-b"}]') RETURNING id""")
                .param("cart", cart).param("customer", id).param("total", total).param("status", status).param("at", at).param("recovered", recovered).query(Long.class).single();
    }

    private void sent(long left, Instant at, String template, String status) {
        jdbc.sql("""
                INSERT INTO message (key, customer_id, channel, origin_type, origin_id, template, category, type, status, not_before, queued_at, sent_at)
                SELECT ?, customer_id, 'email', 'journey', 'by-hand', ?, 'marketing', 'marketing', ?, ?::timestamptz, ?::timestamptz, ?::timestamptz FROM abandoned_cart WHERE id = ?""")
                .param(UUID.randomUUID().toString()).param(template).param(status).param(at.toString()).param(at.toString()).param(at.toString()).param(left).update();
    }
}
