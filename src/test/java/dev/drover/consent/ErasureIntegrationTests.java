package dev.drover.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drover.audience.Customer;
import dev.drover.audience.Customers;
import dev.drover.engine.EngineHistory;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PersonalData;
import dev.drover.kernel.PlatformClock;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import dev.drover.testing.Visitor;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A person is told everything, and forgotten everywhere, and what was counted stays counted. */
@IntegrationTest
class ErasureIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @LocalServerPort
    int port;
    @Autowired
    Customers customers;
    @Autowired
    Consents consents;
    @Autowired
    Suppressions suppressions;
    @Autowired
    Confirmations confirmations;
    @Autowired
    EngineHistory history;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transaction;
    @Autowired
    PlatformClock clock;
    @Autowired
    dev.drover.web.AuditLog audit;
    @Autowired
    dev.drover.eventlog.EventLog log;

    @Test
    void afterAnErasureNoTableHoldsThePerson() throws Exception {
        var marie = somebodyWithALife();
        var export = api().get("/api/v1/customers/" + marie.externalId() + "/export");
        assertThat(export.at("/profile/email").asString()).isEqualTo(marie.email());
        assertThat(export.at("/consentHistory/changes").size()).isPositive();
        assertThat(export.at("/orders/0/lines/0/productId").asString()).isEqualTo("erase-milk");
        assertThat(export.at("/messages").toString()).contains("Thank you");
        assertThat(export.at("/carts/carts").size()).isPositive();
        assertThat(export.at("/events").toString()).contains("erase.noticed");
        assertThat(export.at("/bounces").toString()).contains("no such user");
        assertThat(export.at("/segmentHistory").isArray()).isTrue();
        assertThat(export.at("/journeys").toString()).contains("welcome");
        long orders = count("customer_order WHERE external_id LIKE '" + marie.externalId() + "%'");
        var messages = jdbc.sql("SELECT id FROM message WHERE customer_id = ?").param(marie.id()).query(Long.class).list();
        assertThat(whereabouts(marie)).as("there is something to erase").contains("customer.email", "event_log.properties", "message.address", "message_content.html", "cart.email",
                "suppression.address", "idempotency_key.body", "import_reject.cells", "consent_change.reason", "bounce.address", "tracked_link.url", "provider_event.told", "provider_event.raw");

        assertThat(api().send("DELETE", "/api/v1/customers/" + marie.externalId(), "application/json", "").statusCode()).isEqualTo(204);

        assertThat(whereabouts(marie)).as("all but whose journeys are just being ended").isSubsetOf("journey_erasure.external_id");
        assertThat(api().send("DELETE", "/api/v1/customers/" + marie.externalId(), "application/json", "").statusCode()).as("again").isEqualTo(404);
        assertThat(Visitor.get(consents.preferencesUrl(marie.id())).statusCode()).isEqualTo(404);
        assertThat(count("customer_order WHERE external_id LIKE '" + marie.externalId() + "%' AND customer_id IS NULL")).as("what was earned stays").isEqualTo(orders);
        assertThat(jdbc.sql("SELECT count(*) FROM message WHERE id = ANY(?) AND customer_id IS NULL AND address IS NULL").param(messages.toArray(Long[]::new))
                .query(Long.class).single()).as("what was sent stays counted").isEqualTo(messages.size());
        assertThat(jdbc.sql("SELECT detail::text FROM audit_log WHERE action = 'customer.erased' AND subject = ?").param("customer number " + marie.id()).query(String.class).single())
                .contains("the API");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(jdbc.sql("SELECT count(*) FROM engine_instance i JOIN engine_process p ON p.id = i.process WHERE i.key = ANY(?) AND i.state = 'active'")
                .param(running.toArray(Long[]::new)).query(Long.class).single()).as("journeys end").isZero());
        await().atMost(PATIENCE.multipliedBy(2)).untilAsserted(() -> assertThat(whereabouts(marie)).isEmpty());
    }

    @Test
    void aSuppressedAddressStaysSuppressedWhenItIsToldAgain() throws Exception {
        var marie = somebody();
        suppressions.add(Channel.EMAIL, marie.email(), "complaint", "feedback");
        api().send("DELETE", "/api/v1/customers/" + marie.externalId(), "application/json", "");
        assertThat(jdbc.sql("SELECT count(*) FROM suppression WHERE address = ?").param(marie.email()).query(Long.class).single()).isZero();
        tell(marie.externalId(), marie.email().toUpperCase(java.util.Locale.ROOT));
        var decided = api().postJson("/api/v1/eligibility", """
                {"customerId": "%s", "channel": "email", "category": "transactional", "origin": "api"}""".formatted(marie.externalId()));
        assertThat(decided.get("rule").asString()).isEqualTo("suppression");
        suppressions.add(Channel.EMAIL, marie.email(), "userunknown", "bounce");
        assertThat(suppressions.find(Channel.EMAIL, marie.email())).get().extracting(Suppressions.Suppression::reason).as("the first reason stands").isEqualTo("complaint");
    }

    @Test
    void whoWishesIsNeverWrittenToAgain() throws Exception {
        var marie = somebody();
        api().send("DELETE", "/api/v1/customers/" + marie.externalId() + "?neverAgain=true", "application/json", "");
        assertThat(suppressions.find(Channel.EMAIL, marie.email())).get().satisfies(kept -> {
            assertThat(kept.hashed()).isTrue();
            assertThat(kept.reason()).isEqualTo("erased");
            assertThat(kept.address()).doesNotContain("@");
        });
    }

    @Test
    void whatFailsInTheMiddleLeavesEverythingAsItWas() throws Exception {
        var marie = somebodyWithALife();
        var before = whereabouts(marie);
        var beans = new StaticListableBeanFactory();
        beans.addBean("fails", (PersonalData) new PersonalData() {
            @Override
            public String field() {
                return null;
            }

            @Override
            public void erase(dev.drover.kernel.Person person) {
                jdbc.sql("DELETE FROM message_content WHERE message_id IN (SELECT id FROM message WHERE customer_id = ?)").param(person.id()).update();
                throw new IllegalStateException("killed");
            }
        });
        var failing = new Erasures(beans.getBeanProvider(PersonalData.class), suppressions, jdbc, log, audit, clock);
        assertThatThrownBy(() -> transaction.executeWithoutResult(state -> failing.erase(marie, true, "test"))).hasMessage("killed");
        assertThat(whereabouts(marie)).isEqualTo(before);
        assertThat(customers.byId(marie.id())).isPresent();
    }

    @Test
    void whatSomebodyWritesWhoKnewThePersonBeforeIsSweptUp() throws Exception {
        var marie = somebody();
        var begun = new java.util.concurrent.CountDownLatch(1);
        var erased = new java.util.concurrent.CountDownLatch(1);
        var late = Thread.ofVirtual().start(() -> transaction.executeWithoutResult(state -> {
            log.append(dev.drover.eventlog.NewEvent.live("late:" + marie.externalId(), "erase.noticed", marie.id(), clock.instant(), java.util.Map.of("email", marie.email())));
            begun.countDown();
            try {
                erased.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        begun.await();
        api().send("DELETE", "/api/v1/customers/" + marie.externalId(), "application/json", "");
        erased.countDown();
        late.join();
        await().atMost(PATIENCE.multipliedBy(2)).untilAsserted(() -> assertThat(whereabouts(marie)).isEmpty());
    }

    @Test
    void onlyWhoReadsTheMailboxErasesFromTheirOwnPage() throws Exception {
        var marie = somebody();
        String page = consents.preferencesUrl(marie.id());
        assertThat(Visitor.post(page + "/privacy", "what", "erase").body()).contains("you find a mail");
        Visitor.post(page + "/privacy", "what", "erase");
        assertThat(customers.byId(marie.id())).isPresent();
        await().atMost(PATIENCE).until(() -> count("message WHERE template = 'confirm-erase' AND status = 'sent' AND customer_id = " + marie.id()) == 1);
        String link = jdbc.sql("SELECT data ->> 'confirmUrl' FROM message_content c JOIN message m ON m.id = c.message_id WHERE m.customer_id = ? AND m.template = 'confirm-erase'")
                .param(marie.id()).query(String.class).single();
        assertThat(Visitor.get(link).body()).contains("Erase me for good");
        Visitor.send("HEAD", link);
        assertThat(customers.byId(marie.id())).as("opened only").isPresent();
        assertThat(count("message WHERE template = 'confirm-erase' AND customer_id = " + marie.id())).as("asked twice, mailed once").isOne();
        assertThat(Visitor.post(link).body()).contains("You are forgotten");
        assertThat(customers.byId(marie.id())).isEmpty();
        assertThat(Visitor.post(link).statusCode()).isEqualTo(404);
    }

    @Test
    void theCopyComesByTheMailboxAndRunsOut() throws Exception {
        var marie = somebody();
        Visitor.post(consents.preferencesUrl(marie.id()) + "/privacy", "what", "export");
        await().atMost(PATIENCE).until(() -> count("message WHERE template = 'confirm-export' AND status = 'sent' AND customer_id = " + marie.id()) == 1);
        long id = jdbc.sql("SELECT id FROM confirmation WHERE customer_id = ?").param(marie.id()).query(Long.class).single();
        String link = confirmations.url(confirmations.find(id).orElseThrow());
        assertThat(Visitor.get(link).body()).contains("Download the file").doesNotContain("Curie");
        var file = Visitor.post(link);
        assertThat(file.headers().firstValue("Content-Disposition")).get().asString().contains("attachment");
        assertThat(file.body()).contains("Curie", marie.email());

        var other = somebody();
        Visitor.post(consents.preferencesUrl(other.id()) + "/privacy", "what", "export");
        long late = jdbc.sql("UPDATE confirmation SET expires_at = ? WHERE customer_id = ? RETURNING id").param(java.sql.Timestamp.from(clock.instant())).param(other.id()).query(Long.class).single();
        String expired = confirmations.url(confirmations.find(late).orElseThrow());
        assertThat(Visitor.post(expired).body()).contains("run out").doesNotContain("Curie");
        tell(other.externalId(), "moved-" + other.email());
        assertThat(Visitor.get(expired).statusCode()).as("mailed to an address that isn't theirs any more").isEqualTo(404);
    }

    private final List<Long> running = new ArrayList<>();

    private Customer somebodyWithALife() throws Exception {
        var marie = somebody();
        String id = marie.externalId();
        api().postJson("/api/v1/products", "{\"externalId\": \"erase-milk\", \"name\": \"Milk\", \"category\": \"Milk\", \"price\": 2}");
        api().postJson("/api/v1/orders", """
                {"externalId": "%1$s-order", "customerId": "%1$s", "lines": [{"productId": "erase-milk", "quantity": 2, "unitPrice": 2}]}""".formatted(id));
        api().postJson("/api/v1/events", """
                {"events": [{"eventId": "%1$s-a", "name": "erase.noticed", "customerId": "%1$s", "properties": {"note": "Curie lives here", "mail": "%2$s"}},
                            {"eventId": "%1$s-b", "name": "cart.updated", "customerId": "%1$s", "anonymousId": "session-%1$s", "properties": {"cartId": "%1$s-cart", "email": "%2$s", "phone": "%3$s",
                             "items": [{"productId": "erase-milk", "quantity": 1, "unitPrice": 2}]}},
                            {"eventId": "%1$s-c", "name": "cart.updated", "anonymousId": "guest-%1$s", "properties": {"cartId": "%1$s-guest", "email": "%2$s",
                             "items": [{"productId": "erase-milk", "quantity": 1, "unitPrice": 2}]}},
                            {"eventId": "%1$s-d", "name": "erase.noticed", "anonymousId": "session-%1$s", "properties": {"note": "Curie came back"}}]}"""
                .formatted(id, marie.email(), marie.phone()));
        api().postJson("/api/v1/messages", """
                {"customerId": "%1$s", "channel": "email", "template": "order-thanks", "key": "%2$s", "data": {"orderId": "o-1"}}""".formatted(id, marie.email()));
        await().atMost(PATIENCE).until(() -> count("message WHERE template = 'order-thanks' AND status = 'sent' AND customer_id = " + marie.id()) == 1);
        await().atMost(PATIENCE).until(() -> count("cart WHERE cart_id LIKE '" + id + "%'") == 2);
        await().atMost(PATIENCE).until(() -> history.instancesOf(id, 10).stream().anyMatch(instance -> instance.state() == EngineHistory.State.ACTIVE));
        history.instancesOf(id, 10).forEach(instance -> running.add(instance.key()));
        suppressions.add(Channel.SMS, marie.phone(), "stop", "test");
        Visitor.post(consents.preferencesUrl(marie.id()), "channels", "email", "channels", "push", "frequency", "high");
        consents.withdraw(marie.id(), List.of(Channel.PUSH), Proof.of("test"), Leaving.of("other", "I am " + marie.email()));
        long message = jdbc.sql("SELECT id FROM message WHERE template = 'order-thanks' AND customer_id = ?").param(marie.id()).query(Long.class).single();
        jdbc.sql("INSERT INTO tracked_link (hash, url) VALUES (sha256(?::bytea), ?)").param(id.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .param("https://shop.example/me?mail=" + java.net.URLEncoder.encode(marie.email(), java.nio.charset.StandardCharsets.UTF_8) + "&again=" + marie.email()).update();
        jdbc.sql("""
                INSERT INTO provider_event (provider, event_id, kind, occurred_at, received_at, state, told, raw)
                VALUES ('twilio', ?, 'delivered', now(), now(), 'aside', jsonb_build_object('address', ?::text), ?)""")
                .param(UUID.randomUUID().toString()).param(marie.email()).param("To=" + marie.email().replace("@", "%40")).update();
        long mail = jdbc.sql("INSERT INTO bounce_mail (fingerprint, received_at, auto_reply) VALUES (sha256(?::bytea), now(), false) RETURNING id")
                .param(id.getBytes(java.nio.charset.StandardCharsets.UTF_8)).query(Long.class).single();
        jdbc.sql("""
                INSERT INTO bounce (mail_id, message_id, address, reason, type, counts, text, received_at) VALUES (?, ?, ?, 'userunknown', 'soft', false, ?, now())""")
                .param(mail).param(message).param(marie.email()).param("no such user: " + marie.email()).update();
        long job = jdbc.sql("""
                INSERT INTO import_job (kind, file_name, status, shape, mapping, lines, created_at)
                VALUES ('customers', 'people.csv', 'completed', jsonb_build_object('charset', 'UTF-8', 'separator', ',', 'header', '["id", "mail"]'::jsonb, 'lines', 3,
                        'first', jsonb_build_array(jsonb_build_array(?, ?), '["x", "x@example.org"]'::jsonb)), '{}', 3, now()) RETURNING id""")
                .param(id).param(marie.email()).query(Long.class).single();
        jdbc.sql("INSERT INTO import_reject (import_id, row, line, reason, cells) VALUES (?, 1, 2, ?, ARRAY[?, ?, 'Curie'])").param(job).param("'" + marie.email() + "' is twice").param(id)
                .param(" " + marie.email().toUpperCase(java.util.Locale.ROOT)).update();
        return marie;
    }

    private Customer somebody() throws Exception {
        String id = "erase-" + UUID.randomUUID();
        tell(id, id + "@private.example");
        return customers.require(id);
    }

    private void tell(String id, String email) throws Exception {
        int ahead = 12 - clock.instant().atZone(ZoneOffset.UTC).getHour();
        String zone = "Etc/GMT" + (ahead == 0 ? "" : ahead > 0 ? "-" + ahead : "+" + -ahead);
        String phone = "+31" + String.format("%09d", Math.abs(id.hashCode()) % 1_000_000_000);
        var body = """
                {"externalId": "%s", "email": "%s", "phone": "%s", "pushToken": "push-%s", "firstName": "Maria-%s", "lastName": "Curie", "timeZone": "%s", "attributes": {"nick": "Curie"},
                 "consent": {"email": true, "source": "checkout"}}""".formatted(id, email, phone, id, id, zone);
        var http = java.net.http.HttpClient.newHttpClient();
        var request = java.net.http.HttpRequest.newBuilder(java.net.URI.create("http://localhost:" + port + "/api/v1/customers")).header("Authorization", "Bearer test-token")
                .header("Content-Type", "application/json").header("Idempotency-Key", "once-" + UUID.randomUUID()).POST(java.net.http.HttpRequest.BodyPublishers.ofString(body)).build();
        assertThat(http.send(request, java.net.http.HttpResponse.BodyHandlers.ofString()).statusCode()).isLessThan(300);
    }

    /** Every column of every table in which this person's id, address, number, or name stands, in whatever letters. */
    private List<String> whereabouts(Customer person) {
        var found = new ArrayList<String>();
        var columns = jdbc.sql("""
                SELECT c.table_name, c.column_name FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
                 WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.table_name NOT LIKE 'flyway%' AND c.data_type IN ('text', 'character varying', 'jsonb', 'json', 'ARRAY')
                 ORDER BY 1, 2""").query((row, n) -> new String[] {row.getString(1), row.getString(2)}).list();
        assertThat(columns).hasSizeGreaterThan(100);
        String encoded = java.net.URLEncoder.encode(person.email(), java.nio.charset.StandardCharsets.UTF_8).toLowerCase(java.util.Locale.ROOT);
        for (String[] column : columns) {
            // What the shop calls an order or a cart is the shop's, and of nobody; here the test made it up of the customer's id.
            var told = new ArrayList<>(List.of(person.email(), encoded, person.phone(), person.pushToken(), "maria-" + person.externalId()));
            if (!List.of("customer_order.external_id", "cart.cart_id").contains(column[0] + "." + column[1])) {
                told.add(person.externalId());
            }
            long rows = jdbc.sql("SELECT count(*) FROM %s WHERE lower(%s::text) LIKE ANY(?)".formatted(column[0], column[1]))
                    .param(told.stream().map(one -> "%" + one.toLowerCase(java.util.Locale.ROOT) + "%").toArray(String[]::new)).query(Long.class).single();
            if (rows > 0) {
                found.add(column[0] + "." + column[1]);
            }
        }
        // Bytes are looked at as bytes.
        for (String table : List.of("idempotency_key.body", "import_part.content")) {
            String[] name = table.split("\\.");
            if (jdbc.sql("SELECT count(*) FROM %s WHERE position(?::bytea IN %s) > 0".formatted(name[0], name[1])).param(person.email().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .query(Long.class).single() > 0) {
                found.add(table);
            }
        }
        return found;
    }

    private long count(String what) {
        return jdbc.sql("SELECT count(*) FROM " + what).query(Long.class).single();
    }

    private Api api() {
        return new Api("http://localhost:" + port, "test-token");
    }
}
