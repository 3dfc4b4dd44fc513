package dev.drover.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.audience.Customer;
import dev.drover.audience.Customers;
import dev.drover.delivery.Deliveries;
import dev.drover.delivery.DeliveryOutcome;
import dev.drover.delivery.DeliveryRequest;
import dev.drover.delivery.Mailings;
import dev.drover.delivery.MessageOrigin;
import dev.drover.experiment.Holdouts.Wanted;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.TimeMachine;
import dev.drover.template.Templates;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import dev.drover.testing.Shoppers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who is kept without gets no marketing and everything else, and what marketing brought is told from it. */
@IntegrationTest
class HoldoutIntegrationTests {

    @LocalServerPort
    int port;
    @Autowired
    Holdouts holdouts;
    @Autowired
    HoldoutLift lift;
    @Autowired
    Deliveries deliveries;
    @Autowired
    Mailings mailings;
    @Autowired
    Templates templates;
    @Autowired
    Customers customers;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    PlatformClock clock;
    @Autowired
    TimeMachine time;

    private final String own = "holdout-" + UUID.randomUUID().toString().substring(0, 8);
    private final String scope = "journey:" + own;

    @AfterEach
    void nobodyIsKeptWithoutAnyMore() {
        holdouts.set(scope, 0, "test");
        holdouts.set(Holdout.EVERYBODY, 0, "test");
    }

    @Test
    void whoIsKeptOutOfAJourneyGetsNoneOfItsMarketingAndEverythingElse() throws Exception {
        holdouts.set(scope, 0.5, "test");
        var people = people(24);
        var holdout = holdouts.find(scope).orElseThrow();
        var kept = people.stream().filter(one -> holdout.keeps(one.externalId(), clock.instant())).toList();
        assertThat(kept).isNotEmpty().hasSizeLessThan(24);
        for (Customer one : people) {
            var outcome = send(one, "welcome-1", own);
            if (kept.contains(one)) {
                assertThat(outcome.outcome()).isEqualTo("skipped");
                assertThat(outcome.rule()).isEqualTo("holdout");
                assertThat(outcome.reason()).isEqualTo("kept out of this journey’s marketing to measure what it brings (holdout)");
            } else {
                assertThat(outcome.rule()).isNotEqualTo("holdout");
            }
        }
        var without = kept.getFirst();
        assertThat(send(without, "order-thanks", own).rule()).as("what a customer waits for is sent").isNotEqualTo("holdout");
        assertThat(send(without, "welcome-1", own + "-other").rule()).as("another journey").isNotEqualTo("holdout");
        assertThat(jdbc.sql("SELECT count(*) FILTER (WHERE held), count(*) FROM holdout_exposure WHERE scope = ?").param(scope)
                .query((row, n) -> List.of(row.getLong(1), row.getLong(2))).single()).containsExactly((long) kept.size(), 24L);
        assertThat(api().get("/api/v1/customers/" + without.externalId() + "/export").at("/experiments/holdouts/0/scope").asString()).isEqualTo(scope);
    }

    @Test
    void aCampaignLeavesOutThoseWhoAreKeptWithout() throws Exception {
        String campaign = "campaign:" + own;
        holdouts.set(campaign, 0.5, "test");
        try {
            var people = people(20);
            var holdout = holdouts.find(campaign).orElseThrow();
            long mailing = mailings.open(own, templates.require("welcome-1"), new MessageOrigin("campaign", own, null, null));
            mailings.queue(mailing, people.stream().map(Customer::id).toList());
            Api.await("all are decided", Duration.ofSeconds(30), () -> jdbc.sql("SELECT count(*) FROM message WHERE mailing_id = ? AND status IN ('queued', 'sending')").param(mailing).query(Long.class).single() == 0);
            assertThat(jdbc.sql("SELECT c.external_id FROM message m JOIN customer c ON c.id = m.customer_id WHERE m.mailing_id = ? AND m.rule = 'holdout' AND m.status = 'skipped'").param(mailing)
                    .query(String.class).list()).isNotEmpty().containsExactlyInAnyOrderElementsOf(people.stream().map(Customer::externalId).filter(id -> holdout.keeps(id, clock.instant())).toList());
            assertThat(jdbc.sql("SELECT count(*) FROM holdout_exposure WHERE scope = ?").param(campaign).query(Long.class).single()).isEqualTo(20);
        } finally {
            holdouts.set(campaign, 0, "test");
        }
    }

    @Test
    void ofEverybodyAllMarketingIsKept() throws Exception {
        var people = people(16);
        assertThat(api().send("PUT", "/api/v1/experiments/holdouts", "application/json", "{\"scope\": \"everybody\", \"share\": 0.5}").statusCode()).isEqualTo(200);
        var holdout = holdouts.find(Holdout.EVERYBODY).orElseThrow();
        for (Customer one : people) {
            boolean kept = holdout.keeps(one.externalId(), clock.instant());
            assertThat(decided(one, "newsletter")).isEqualTo(kept ? "holdout" : null);
            assertThat(decided(one, "transactional")).isNull();
        }
        assertThat(jdbc.sql("SELECT count(*) FROM audit_log WHERE action = 'holdout.set' AND subject = 'everybody'").query(Long.class).single()).isPositive();
    }

    @Test
    void whatAJourneyBringsIsToldWithItsInterval() throws Exception {
        holdouts.set(scope, 0.4, "test");
        var people = people(300);
        var holdout = holdouts.find(scope).orElseThrow();
        var met = clock.instant();
        holdouts.met(people.stream().map(one -> new Wanted(one.id(), one.externalId(), "journey", own)).toList(), met);
        holdouts.met(people.subList(0, 5).stream().map(one -> new Wanted(one.id(), one.externalId(), "journey", own)).toList(), met.plusSeconds(5));
        time.advance(Duration.ofMinutes(10));
        // Of those mailed three in four order, of those kept without one in three.
        int[] number = {0, 0};
        var buyers = people.stream().filter(one -> holdout.keeps(one.externalId(), met) ? number[0]++ % 3 == 0 : number[1]++ % 4 != 0).toList();
        orders(buyers, clock.instant().minusSeconds(60).toString());
        orders(people.subList(0, 1), met.minusSeconds(600).toString());
        var found = api().get("/api/v1/experiments/holdout?scope=" + scope);
        assertThat(found.at("/kept/people").asLong()).isEqualTo(number[0]);
        assertThat(found.at("/mailed/people").asLong()).isEqualTo(number[1]);
        assertThat(found.at("/kept/ordered").asLong()).isEqualTo((number[0] + 2) / 3);
        assertThat(found.at("/orders/proven").asBoolean()).isTrue();
        assertThat(found.at("/orders/liftRange/low").asDouble()).isPositive().isLessThan(found.at("/orders/lift").asDouble());
        assertThat(found.at("/revenue/difference").asDouble()).isCloseTo(10 * found.at("/orders/difference").asDouble(), org.assertj.core.data.Percentage.withPercentage(0.01));
        assertThat(found.get("verdict").asString()).matches("Mailed customers ordered [0-9.]+ % more \\(\\+[0-9.]+ % to \\+[0-9.]+ %\\): proven\\.");
    }

    @Test
    void ofEverybodyWhatHappenedSinceIsCompared() throws Exception {
        var people = people(200);
        time.advance(Duration.ofMinutes(1));
        holdouts.set(Holdout.EVERYBODY, 0.5, "test");
        time.advance(Duration.ofMinutes(10));
        orders(people, clock.instant().minusSeconds(60).toString());
        var found = lift.of(Holdout.EVERYBODY, null, null);
        assertThat(found.mailed().people() + found.kept().people()).isGreaterThanOrEqualTo(200);
        assertThat(found.kept().ordered()).isGreaterThanOrEqualTo(60);
        assertThat(found.orders()).isNotNull();
        assertThat(found.sentence()).startsWith("Mailed customers ordered ");
    }

    @Test
    void whatCannotBeComparedIsSaid() throws Exception {
        assertThat(api().send("GET", "/api/v1/experiments/holdout?scope=" + scope, "application/json", "").statusCode()).isEqualTo(404);
        holdouts.set(scope, 0.1, "test");
        assertThat(api().get("/api/v1/experiments/holdout?scope=" + scope).get("verdict").asString()).startsWith("Too few have ordered");
        assertThat(api().send("GET", "/api/v1/experiments/holdout?scope=" + scope + "&to=2020-01-01", "application/json", "").body()).contains("\"field\":\"to\"");
        for (String bad : new String[] {"{\"scope\": \"everybody\", \"share\": 0.6}", "{\"scope\": \"everybody\", \"share\": -1}", "{\"scope\": \"somebody\", \"share\": 0.1}", "{\"scope\": \"everybody\"}"}) {
            assertThat(api().send("PUT", "/api/v1/experiments/holdouts", "application/json", bad).statusCode()).as(bad).isEqualTo(422);
        }
    }

    @Test
    void anotherShareBeginsAnotherComparison() throws Exception {
        holdouts.set(scope, 0.1, "test");
        var since = holdouts.find(scope).orElseThrow().since();
        var one = people(1).getFirst();
        holdouts.met(List.of(new Wanted(one.id(), one.externalId(), "journey", own)), clock.instant());
        time.advance(Duration.ofMinutes(1));
        holdouts.set(scope, 0.1, "test");
        assertThat(holdouts.find(scope).orElseThrow().since()).as("nothing changed").isEqualTo(since);
        holdouts.set(scope, 0.2, "test");
        assertThat(holdouts.find(scope).orElseThrow().since()).isAfter(since);
        assertThat(jdbc.sql("SELECT count(*) FROM holdout_exposure WHERE scope = ?").param(scope).query(Long.class).single()).isZero();
    }

    private List<Customer> people(int count) throws Exception {
        String prefix = own + "-" + UUID.randomUUID().toString().substring(0, 4);
        return Shoppers.create(api(), prefix, count).stream().map(customers::require).toList();
    }

    private DeliveryOutcome send(Customer customer, String template, String journey) {
        return deliveries.accept(new DeliveryRequest(UUID.randomUUID().toString(), customer.id(), Channel.EMAIL, template, Map.of(), null, null,
                new MessageOrigin("journey", journey, null, "hello")));
    }

    private String decided(Customer customer, String category) throws Exception {
        var rule = api().postJson("/api/v1/eligibility", "{\"customerId\": \"%s\", \"channel\": \"email\", \"category\": \"%s\", \"origin\": \"api\"}".formatted(customer.externalId(), category)).get("rule");
        return rule == null || rule.isNull() || rule.asString().equals("quiet-hours") ? null : rule.asString();
    }

    private void orders(List<Customer> buyers, String at) throws Exception {
        var answer = api().post("/api/v1/orders/batch", "application/x-ndjson", buyers.stream().map(one -> """
                {"externalId": "%s", "customerId": "%s", "placedAt": "%s", "lines": [{"productId": "holdout-milk", "quantity": 1, "unitPrice": 10, "productName": "Milk"}]}"""
                .formatted(UUID.randomUUID(), one.externalId(), at)).collect(Collectors.joining("\n", "", "\n")));
        assertThat(answer.get("accepted").asInt()).isEqualTo(buyers.size());
    }

    private Api api() {
        return new Api("http://localhost:" + port, "test-token");
    }
}
