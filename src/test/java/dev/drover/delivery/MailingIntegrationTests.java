package dev.drover.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drover.audience.Customer;
import dev.drover.audience.CustomerInput;
import dev.drover.audience.CustomerIntake;
import dev.drover.audience.Customers;
import dev.drover.consent.Consents;
import dev.drover.eventlog.Event;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.template.Templates;
import dev.drover.template.Templates.Template;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** One message to many. */
@IntegrationTest
class MailingIntegrationTests {

    private static final MessageOrigin SPRING = new MessageOrigin("campaign", "spring", null, null);

    @LocalServerPort
    int port;

    @Autowired
    Mailings mailings;

    @Autowired
    Correspondence post;

    @Autowired
    MessageLedger ledger;

    @Autowired
    Templates templates;

    @Autowired
    Customers customers;

    @Autowired
    CustomerIntake intake;

    @Autowired
    Consents consents;

    @Autowired
    PlatformClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void everybodyGetsTheirOwnOnce() throws Exception {
        var one = post.somebody(api(), 12, true);
        var other = post.somebody(api(), 12, true);
        long mailing = mailings.open(UUID.randomUUID().toString(), template("<p>Hello {{customer.id}}</p><p>{{sender.address}}</p>"), SPRING);
        assertThat(mailings.queue(mailing, List.of(one.id(), other.id()))).isEqualTo(2);
        assertThat(mailings.queue(mailing, List.of(one.id(), other.id()))).as("once more").isZero();
        for (Customer customer : List.of(one, other)) {
            var message = post.await(id(mailing, customer), "sent");
            var kept = ledger.content(message.id()).orElseThrow();
            assertThat(kept.content().html()).contains("Hello " + customer.externalId());
            assertThat(kept.content().text()).contains("Hello " + customer.externalId());
            assertThat(kept.content().subject()).isEqualTo("For Sam");
            assertThat(kept.content().headers()).containsEntry("List-Unsubscribe", "<" + consents.unsubscribeUrl(customer.id(), Channel.EMAIL) + ">");
            assertThat(message.origin()).isEqualTo(SPRING);
        }
    }

    @Test
    void whatWasSaidStaysWhateverBecomesOfTheTemplateAndTheCustomer() throws Exception {
        var customer = post.somebody(api(), 12, true);
        var template = template("<p>Dear {{customer.firstName}}</p><p>{{sender.address}}</p>");
        long mailing = mailings.open(UUID.randomUUID().toString(), template, SPRING);
        mailings.queue(mailing, List.of(customer.id()));
        long id = id(mailing, customer);
        post.await(id, "sent");
        templates.save(new Template(template.key(), "x", Channel.EMAIL, "marketing", "marketing", "Other", null, "<p>Other {{sender.address}}</p>", null, true, false, 1));
        intake.takeAll(List.of(new CustomerInput(customer.externalId(), null, null, null, "Renamed", null, null, null, null, Map.of(), null)), Event.Origin.LIVE);
        assertThat(ledger.content(id).orElseThrow().content().html()).contains("Dear Sam");
    }

    @Test
    void whoTookConsentBackMeanwhileOrHasNoAddressIsLeftOut() throws Exception {
        var late = post.somebody(api(), 12, true);
        consents.record(late.id(), Channel.EMAIL, false, "test", null);
        String nowhere = "nowhere-" + UUID.randomUUID();
        intake.takeAll(List.of(new CustomerInput(nowhere, null, null, null, "No", "Address", null, null, null, Map.of(), null)), Event.Origin.LIVE);
        long mailing = mailings.open(UUID.randomUUID().toString(), template("<p>News</p><p>{{sender.address}}</p>"), SPRING);
        mailings.queue(mailing, List.of(late.id(), customers.require(nowhere).id()));
        assertThat(post.await(id(mailing, late), "skipped").reason()).contains("no consent");
        assertThat(post.await(id(mailing, customers.require(nowhere)), "skipped").reason()).contains("no address for email");
    }

    @Test
    void oneThatCannotBeRenderedHoldsBackNoOther() throws Exception {
        var good = post.somebody(api(), 12, true);
        var odd = post.somebody(api(), 12, true);
        intake.takeAll(List.of(new CustomerInput(odd.externalId(), null, null, null, null, null, null, null, null,
                Map.of("many", java.util.Collections.nCopies(200, "x")), null)), Event.Origin.LIVE);
        String loops = "{{#each customer.attributes.many}}{{#each ../customer.attributes.many}}.{{/each}}{{/each}}";
        long mailing = mailings.open(UUID.randomUUID().toString(), template("<p>" + loops + "{{sender.address}}</p>"), SPRING);
        mailings.queue(mailing, List.of(odd.id(), good.id()));
        post.await(id(mailing, good), "sent");
        assertThat(post.await(id(mailing, odd), message -> message.attempts() > 0 && message.status().equals("queued")).reason()).contains("couldn't be prepared");
    }

    @Test
    void advertisingWithoutAPostalAddressIsNotOpened() {
        assertThatThrownBy(() -> mailings.open(UUID.randomUUID().toString(), template("<p>Buy!</p>"), SPRING)).isInstanceOf(Problem.class).hasMessageContaining("postal address");
    }

    @Test
    void whoIsErasedWhileMessagesAreWrittenIsErasedFromThemToo() throws Exception {
        var customer = post.somebody(api(), 12, true);
        long mailing = mailings.open(UUID.randomUUID().toString(), template("<p>News</p><p>{{sender.address}}</p>"), SPRING);
        var erasure = transaction.execute(status -> {
            mailings.queueFrom(mailing, List.of(customer.id()), clock.instant().plus(Duration.ofDays(1)));
            var begun = CompletableFuture.supplyAsync(() -> erase(customer));
            await().until(() -> jdbc.sql("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'SELECT FROM customer%FOR UPDATE%')").query(Boolean.class).single());
            return begun;
        });
        assertThat(erasure).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(204);
        var message = jdbc.sql("SELECT customer_id, address, key, status, rule FROM message WHERE mailing_id = ?").param(mailing).query().singleRow();
        assertThat(message).containsEntry("status", "skipped").containsEntry("rule", "erased").containsEntry("address", null).containsEntry("customer_id", null);
        assertThat(message.get("key").toString()).startsWith("erased:");
    }

    @Test
    void whoIsJustBeingErasedGetsNoMessage() throws Exception {
        var customer = post.somebody(api(), 12, true);
        var stays = post.somebody(api(), 12, true);
        long mailing = mailings.open(UUID.randomUUID().toString(), template("<p>News</p><p>{{sender.address}}</p>"), SPRING);
        var queued = transaction.execute(status -> {
            jdbc.sql("DELETE FROM customer WHERE id = ?").param(customer.id()).update();
            var begun = CompletableFuture.supplyAsync(() -> mailings.queue(mailing, List.of(customer.id(), stays.id())));
            await().until(() -> jdbc.sql("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'INSERT INTO message%FOR KEY SHARE%')").query(Boolean.class).single());
            return begun;
        });
        assertThat(queued).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(1);
        assertThat(jdbc.sql("SELECT customer_id FROM message WHERE mailing_id = ?").param(mailing).query(Long.class).list()).containsExactly(stays.id());
    }

    private int erase(Customer customer) {
        try {
            return api().send("DELETE", "/api/v1/customers/" + customer.externalId(), "application/json", "").statusCode();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Template template(String html) {
        return new Template("spring", "Spring", Channel.EMAIL, "marketing", "newsletter", "For {{customer.firstName}}", null, html, null, true, false, 1);
    }

    private long id(long mailing, Customer customer) {
        return jdbc.sql("SELECT id FROM message WHERE mailing_id = ? AND customer_id = ?").param(mailing).param(customer.id()).query(Long.class).single();
    }

    private Api api() {
        return new Api("http://localhost:" + port, "test-token");
    }
}
