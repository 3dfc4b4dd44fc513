package dev.drover.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.audience.ConsentGiven;
import dev.drover.audience.Customer;
import dev.drover.audience.Customers;
import dev.drover.eventlog.EventLog;
import dev.drover.kernel.BaseUrl;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.SignedTokens;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import dev.drover.testing.Visitor;
import dev.drover.web.AuditLog;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Consent that counts once it was confirmed from the mailbox. The application of the tests asks for none; these ask with settings of their own. */
@IntegrationTest
class DoubleOptInIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @LocalServerPort
    int port;
    @Autowired
    Customers customers;
    @Autowired
    EventLog log;
    @Autowired
    ConsentRows rows;
    @Autowired
    Suppressions suppressions;
    @Autowired
    AuditLog audit;
    @Autowired
    SignedTokens tokens;
    @Autowired
    BaseUrl base;
    @Autowired
    PlatformClock clock;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    JdbcTemplate template;
    @Autowired
    TransactionTemplate transaction;
    @Autowired
    Confirmations ordinary;

    private Consents strict;

    @BeforeEach
    void askForConfirmation() {
        var confirmations = new Confirmations(jdbc, customers, log, rows, suppressions, audit, new ConsentSettings(true, List.of("DE", " at "), Duration.ofDays(7), Duration.ofHours(12)), tokens, base, clock);
        strict = new Consents(template, rows, confirmations, clock, tokens, base);
    }

    @Test
    void countsOnceTheButtonInTheMailIsPressed() throws Exception {
        var customer = somebody("DE");
        agree(customer);
        assertThat(strict.of(customer.id()).get(Channel.EMAIL)).satisfies(state -> {
            assertThat(state.granted()).isFalse();
            assertThat(state.pending()).isTrue();
        });
        assertThat(api().get("/api/v1/customers/" + customer.externalId()).at("/consent/email/pending").asBoolean()).isTrue();
        assertThat(rule(customer)).isEqualTo("consent");
        assertThat(log.byId("customer.subscribed:" + customer.id())).as("no welcome yet").isEmpty();

        String link = link(customer);
        assertThat(Visitor.get(link).body()).contains("Yes, that was me", customer.email());
        Visitor.send("HEAD", link);
        assertThat(strict.of(customer.id()).get(Channel.EMAIL).granted()).as("a scanner opened it").isFalse();

        assertThat(Visitor.post(link).body()).contains("Confirmed. Thank you");
        assertThat(strict.of(customer.id()).get(Channel.EMAIL).granted()).isTrue();
        assertThat(log.byId("customer.subscribed:" + customer.id())).as("the welcome begins").isPresent();
        assertThat(jdbc.sql("SELECT wording || ' / ' || wording_version || ' / ' || ip || ' / ' || page FROM consent_change WHERE customer_id = ? AND granted").param(customer.id())
                .query(String.class).single()).contains("Yes, write to me by e-mail", "opt-in-1", "127.0.0.1", "/p/confirm");
        assertThat(Visitor.post(link).body()).as("pressed again").contains("Confirmed. Thank you");
        assertThat(jdbc.sql("SELECT count(*) FROM consent_change WHERE customer_id = ?").param(customer.id()).query(Long.class).single()).isOne();
    }

    @Test
    void anAddressIsMailedOnceHoweverOftenAndByWhomeverItIsAsked() throws Exception {
        var customer = somebody("DE");
        var other = tell("optin-" + UUID.randomUUID(), customer.email(), "AT");
        agree(customer, customer, other);
        agree(customer);
        link(customer);
        assertThat(jdbc.sql("SELECT count(*) FROM message WHERE template = 'confirm-opt-in' AND lower(address) = ?").param(customer.email()).query(Long.class).single()).isOne();
        assertThat(strict.of(other.id()).get(Channel.EMAIL).pending()).isTrue();

        jdbc.sql("UPDATE confirmation SET mailed_at = ? WHERE address = ?").param(Timestamp.from(clock.instant().minus(Duration.ofHours(13)))).param(customer.email()).update();
        agree(other);
        await().atMost(PATIENCE).until(() -> jdbc.sql("SELECT count(*) FROM message WHERE template = 'confirm-opt-in' AND customer_id = ?").param(other.id()).query(Long.class).single() == 1);
    }

    @Test
    void aLinkThatRanOutConfirmsNothing() throws Exception {
        var customer = somebody("DE");
        agree(customer);
        String link = link(customer);
        jdbc.sql("UPDATE confirmation SET expires_at = ? WHERE customer_id = ?").param(Timestamp.from(clock.instant())).param(customer.id()).update();
        assertThat(Visitor.post(link).body()).contains("run out");
        assertThat(strict.of(customer.id()).get(Channel.EMAIL)).isEqualTo(Consents.State.UNSAID);
    }

    @Test
    void whoSaysNoMeanwhileIsNotConfirmedByAnOldLink() throws Exception {
        var customer = somebody("DE");
        agree(customer);
        String link = link(customer);
        Visitor.post(strict.unsubscribeUrl(customer.id(), Channel.EMAIL), "List-Unsubscribe", "One-Click");
        assertThat(Visitor.post(link).statusCode()).isEqualTo(404);
        assertThat(strict.of(customer.id()).get(Channel.EMAIL).granted()).isFalse();
    }

    @Test
    void asksOnlyWhereItMust() throws Exception {
        var elsewhere = somebody("NL");
        var implied = somebody("DE");
        var confirmed = somebody("DE");
        var imported = somebody("DE");
        transaction.executeWithoutResult(state -> {
            strict.on(new ConsentGiven(List.of(statement(elsewhere, "express", false), statement(implied, "purchase", false), statement(confirmed, "express", true)), false));
            strict.on(new ConsentGiven(List.of(statement(imported, "express", false)), true));
        });
        for (Customer customer : List.of(elsewhere, implied, confirmed, imported)) {
            assertThat(strict.of(customer.id()).get(Channel.EMAIL).granted()).isTrue();
        }
        assertThat(jdbc.sql("SELECT count(*) FROM confirmation WHERE customer_id = ANY(?)").param(new Long[] {elsewhere.id(), implied.id(), confirmed.id(), imported.id()})
                .query(Long.class).single()).isZero();
        agree(confirmed);
        assertThat(strict.of(confirmed.id()).get(Channel.EMAIL)).satisfies(state -> assertThat(state.granted() && !state.pending()).as("stays granted").isTrue());
    }

    @Test
    void anImpliedConsentRunsOutOnThePlatformsClockAndIsRenewedByAPurchase() throws Exception {
        String id = "casl-" + UUID.randomUUID();
        var longAgo = clock.instant().atOffset(java.time.ZoneOffset.UTC).minusMonths(24).minusDays(1).toInstant();
        api().postJson("/api/v1/customers", """
                {"externalId": "%1$s", "email": "%1$s@example.org", "country": "CA", "consent": {"email": true, "basis": "purchase", "at": "%2$s", "source": "till"}}""".formatted(id, longAgo));
        var customer = customers.require(id);
        assertThat(rule(customer)).isEqualTo("consent-of-purchase-expired");
        var part = api().get("/api/v1/customers/" + id).at("/consent/email");
        assertThat(part.get("basis").asString()).isEqualTo("purchase");
        assertThat(part.get("basisAt").asString()).startsWith(longAgo.toString().substring(0, 10));
        api().postJson("/api/v1/products", "{\"externalId\": \"casl-milk\", \"name\": \"Milk\", \"category\": \"Milk\", \"price\": 2}");
        api().postJson("/api/v1/orders", """
                {"externalId": "%1$s", "customerId": "%1$s", "lines": [{"productId": "casl-milk", "quantity": 1, "unitPrice": 2}]}""".formatted(id));
        assertThat(rule(customer)).as("renewed").isNotEqualTo("consent-of-purchase-expired");

        assertThat(api().send("POST", "/api/v1/customers", "application/json", "{\"externalId\": \"%s\", \"consent\": {\"email\": true, \"basis\": \"inquiry\"}}".formatted(id)).body()).contains("consent.at");
        assertThat(api().send("POST", "/api/v1/customers", "application/json", "{\"externalId\": \"%s\", \"consent\": {\"email\": true, \"basis\": \"hope\"}}".formatted(id)).statusCode()).isEqualTo(422);
        api().postJson("/api/v1/customers", "{\"externalId\": \"%s\", \"consent\": {\"email\": true}}".formatted(id));
        assertThat(strict.of(customer.id()).get(Channel.EMAIL).basis()).as("a yes that was said takes its place").isEqualTo("express");
        api().postJson("/api/v1/customers", "{\"externalId\": \"%s\", \"consent\": {\"email\": true, \"basis\": \"inquiry\", \"at\": \"%s\"}}".formatted(id, clock.instant()));
        assertThat(strict.of(customer.id()).get(Channel.EMAIL).basis()).as("and never the other way round").isEqualTo("express");
        Visitor.post(strict.unsubscribeUrl(customer.id(), Channel.EMAIL), "List-Unsubscribe", "One-Click");
        api().postJson("/api/v1/customers", "{\"externalId\": \"%s\", \"consent\": {\"email\": true, \"basis\": \"purchase\", \"at\": \"%s\"}}".formatted(id, clock.instant()));
        assertThat(strict.of(customer.id()).get(Channel.EMAIL).granted()).as("who said no and buys again hasn't said yes").isFalse();
    }

    private void agree(Customer... who) {
        transaction.executeWithoutResult(state -> strict.on(new ConsentGiven(Arrays.stream(who).map(one -> statement(one, "express", false)).toList(), false)));
    }

    private ConsentGiven.Statement statement(Customer customer, String basis, boolean confirmed) {
        return new ConsentGiven.Statement(customer.id(), Channel.EMAIL, true, "form", clock.instant(), basis, confirmed, null);
    }

    private String link(Customer customer) {
        return await().atMost(PATIENCE).until(() -> jdbc.sql("""
                SELECT c.data ->> 'confirmUrl' FROM message_content c JOIN message m ON m.id = c.message_id
                 WHERE m.customer_id = ? AND m.template = 'confirm-opt-in' AND m.status = 'sent' AND m.type = 'transactional'""").param(customer.id()).query(String.class).optional().orElse(null),
                java.util.Objects::nonNull);
    }

    private String rule(Customer customer) throws Exception {
        return api().postJson("/api/v1/eligibility", "{\"customerId\": \"%s\", \"channel\": \"email\", \"category\": \"newsletter\", \"origin\": \"campaign\"}".formatted(customer.externalId()))
                .path("rule").asString("");
    }

    private Customer somebody(String country) throws Exception {
        String id = "optin-" + UUID.randomUUID();
        return tell(id, id + "@example.org", country);
    }

    private Customer tell(String id, String email, String country) throws Exception {
        api().postJson("/api/v1/customers", "{\"externalId\": \"%s\", \"email\": \"%s\", \"firstName\": \"Sam\", \"country\": \"%s\"}".formatted(id, email, country));
        return customers.require(id);
    }

    private Api api() {
        return new Api("http://localhost:" + port, "test-token");
    }
}
