package dev.drover.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.consent.Consents;
import dev.drover.consent.Suppressions;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What becomes of a wish to send: once, lawfully, with a reason. */
@IntegrationTest
class AcceptanceIntegrationTests {

    @LocalServerPort
    int port;

    @Autowired
    Correspondence post;

    @Autowired
    Deliveries deliveries;

    @Autowired
    MessageLedger ledger;

    @Autowired
    Suppressions suppressions;

    @Autowired
    Consents consents;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformClock clock;

    @Test
    void theSameKeyIsTheSameMessage() throws Exception {
        var request = post.request(post.somebody(api(), 12, true), Channel.EMAIL, post.template(Channel.EMAIL, "marketing", "Hello"));
        var first = deliveries.accept(request);
        post.await(first.messageId(), "sent");
        assertThat(deliveries.accept(request)).isEqualTo(first);
    }

    @Test
    void theSameKeyFromEverywhereAtOnceIsOneMessage() throws Exception {
        var customer = post.somebody(api(), 12, true);
        var request = post.request(customer, Channel.EMAIL, post.template(Channel.EMAIL, "marketing", "Hello"));
        try (var threads = Executors.newFixedThreadPool(8)) {
            var outcomes = threads.invokeAll(IntStream.range(0, 8).<Callable<DeliveryOutcome>>mapToObj(n -> () -> deliveries.accept(request)).toList());
            long id = outcomes.getFirst().get().messageId();
            for (var outcome : outcomes) {
                assertThat(outcome.get().messageId()).isEqualTo(id);
            }
        }
        assertThat(jdbc.sql("SELECT count(*) FROM message WHERE customer_id = ? AND key = ?").param(customer.id()).param(request.key()).query(Long.class).single()).isOne();
    }

    @Test
    void aKeyStandsForOneCustomerOnly() throws Exception {
        String template = post.template(Channel.EMAIL, "transactional", "Hello");
        var one = post.somebody(api(), 12, true);
        var two = post.somebody(api(), 12, true);
        String key = "shared-" + one.externalId();
        deliveries.accept(post.request(one, Channel.EMAIL, template, key, null));
        assertThatThrownBy(() -> deliveries.accept(post.request(two, Channel.EMAIL, template, key, null)))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.CONFLICT));
    }

    @Test
    void withoutConsentMarketingStaysAndTransactionalGoes() throws Exception {
        var customer = post.somebody(api(), 12, false);
        var held = post.send(customer, Channel.EMAIL, "marketing");
        assertThat(held).extracting(DeliveryOutcome::outcome, DeliveryOutcome::rule).containsExactly("skipped", "consent");
        assertThat(held.reason()).contains("no consent");
        assertThat(ledger.content(held.messageId())).isEmpty();
        post.await(post.send(customer, Channel.EMAIL, "transactional").messageId(), "sent");
    }

    @Test
    void aSuppressedAddressGetsNothingAtAll() throws Exception {
        var customer = post.somebody(api(), 12, true);
        suppressions.add(Channel.EMAIL, customer.email(), "bounced", "test");
        assertThat(post.send(customer, Channel.EMAIL, "marketing").rule()).isEqualTo("suppression");
        assertThat(post.send(customer, Channel.EMAIL, "transactional").rule()).isEqualTo("suppression");
        assertThat(post.send(customer, Channel.SMS, "transactional").rule()).isEqualTo("no-address");
    }

    @Test
    void fiveMarketingMessagesAWeekAreEnough() throws Exception {
        var customer = post.somebody(api(), 12, true);
        // A journey may welcome them meanwhile, which counts.
        for (int n = 0; n < 6; n++) {
            post.send(customer, n % 2 == 0 ? Channel.EMAIL : Channel.PUSH, "marketing");
        }
        assertThat(post.send(customer, Channel.EMAIL, "marketing").rule()).isEqualTo("weekly-cap");
        assertThat(jdbc.sql("SELECT count(*) FROM message WHERE customer_id = ? AND status <> 'skipped'").param(customer.id()).query(Long.class).single()).isEqualTo(5);
        assertThat(post.send(customer, Channel.EMAIL, "transactional").outcome()).isEqualTo("queued");
    }

    @Test
    void atNightMarketingWaitsForTheMorningAndTransactionalDoesNot() throws Exception {
        var customer = post.somebody(api(), 23, true);
        var waiting = post.send(customer, Channel.EMAIL, "marketing");
        assertThat(waiting).extracting(DeliveryOutcome::outcome, DeliveryOutcome::rule).containsExactly("deferred", "quiet-hours");
        assertThat(Duration.between(clock.instant(), ledger.require(waiting.messageId()).notBefore())).isBetween(Duration.ofHours(7), Duration.ofHours(10));
        post.await(post.send(customer, Channel.EMAIL, "transactional").messageId(), "sent");
        assertThat(ledger.require(waiting.messageId()).status()).isEqualTo("deferred");

        api().postJson("/api/v1/clock/advance", "{\"by\": \"PT10H\"}");
        assertThat(post.await(waiting.messageId(), "sent")).extracting(Message::attempts, Message::rule).containsExactly(1, null);
        assertThat(ledger.steps(waiting.messageId())).as("what held it back is told also when it has gone").singleElement().satisfies(step -> {
            assertThat(step.status()).isEqualTo("deferred");
            assertThat(step.rule()).isEqualTo("quiet-hours");
            assertThat(Duration.between(step.at(), clock.instant())).isBetween(Duration.ofHours(9), Duration.ofHours(11));
        });
        assertThat(ledger.list(new MessageLedger.Filter(null, null, null, null, null, null, ledger.require(waiting.messageId()).template()), null, 5).items()).hasSize(1);
    }

    @Test
    void theMorningComesAlsoWhereWholeDaysAreSkippedAtNight() throws Exception {
        var customer = post.somebody(api(), 23, true);
        var waiting = post.send(customer, Channel.EMAIL, "marketing");
        var morning = ledger.require(waiting.messageId()).notBefore();
        api().postJson("/api/v1/clock/advance", "{\"by\": \"PT24H\"}");
        assertThat(Duration.between(morning, post.await(waiting.messageId(), "sent").sentAt())).isBetween(Duration.ZERO, Duration.ofMinutes(1));
    }

    @Test
    void consentTakenBackMeanwhileCounts() throws Exception {
        var customer = post.somebody(api(), 23, true);
        var waiting = post.send(customer, Channel.EMAIL, "marketing");
        assertThat(waiting.outcome()).isEqualTo("deferred");
        consents.record(customer.id(), Channel.EMAIL, false, "test", null);
        api().postJson("/api/v1/clock/advance", "{\"by\": \"PT10H\"}");
        assertThat(post.await(waiting.messageId(), "skipped")).extracting(Message::rule, Message::sentAt).containsExactly("consent", null);
    }

    @Test
    void aTemplateThatFailsOnItsDataWritesNothing() throws Exception {
        var customer = post.somebody(api(), 12, true);
        var request = post.request(customer, Channel.EMAIL, post.template(Channel.EMAIL, "transactional", "{{date customer.firstName}}"));
        assertThatThrownBy(() -> deliveries.accept(request)).isInstanceOf(Problem.class).hasMessageContaining("line 1");
        assertThat(jdbc.sql("SELECT count(*) FROM message WHERE key = ?").param(request.key()).query(Long.class).single()).isZero();
    }

    @Test
    void ofManyAtOnceEachIsDecidedAsIfItWereAlone() throws Exception {
        String hello = post.template(Channel.EMAIL, "marketing", "Hello");
        var agreed = post.somebody(api(), 12, true);
        var unasked = post.somebody(api(), 12, false);
        var earlier = post.request(unasked, Channel.EMAIL, post.template(Channel.EMAIL, "transactional", "Hello"));
        deliveries.accept(earlier);
        var once = post.request(agreed, Channel.EMAIL, hello);
        var answers = deliveries.accept(List.of(once, post.request(unasked, Channel.EMAIL, hello), once, post.request(agreed, Channel.EMAIL, "no-such-template"),
                post.request(agreed, Channel.EMAIL, post.template(Channel.EMAIL, "transactional", "{{date customer.firstName}}")),
                post.request(agreed, Channel.EMAIL, earlier.template(), earlier.key(), null), post.request(agreed, Channel.SMS, post.template(Channel.SMS, "transactional", "Hello")), earlier));
        assertThat(answers).hasSize(8);
        assertThat(answers.get(0).orThrow()).extracting(DeliveryOutcome::outcome, DeliveryOutcome::rule).containsExactly("queued", null);
        assertThat(answers.get(1).orThrow()).extracting(DeliveryOutcome::outcome, DeliveryOutcome::rule).containsExactly("skipped", "consent");
        assertThat(answers.get(2)).isEqualTo(answers.get(0));
        assertThatThrownBy(answers.get(3)::orThrow).isInstanceOf(Problem.class).hasMessageContaining("no-such-template");
        assertThatThrownBy(answers.get(4)::orThrow).isInstanceOf(Problem.class).hasMessageContaining("line 1");
        assertThatThrownBy(answers.get(5)::orThrow).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.CONFLICT));
        assertThat(answers.get(6).orThrow().rule()).isEqualTo("no-address");
        assertThat(answers.get(7).orThrow()).isEqualTo(deliveries.accept(earlier));
        assertThat(ledger.content(post.await(answers.get(0).orThrow().messageId(), "sent").id()).orElseThrow().content().subject()).isEqualTo("For Sam");
    }

    @Test
    void ofManyAtOnceForOneCustomerEachCountsTheOnesBefore() throws Exception {
        String template = post.template(Channel.EMAIL, "marketing", "Hello");
        var customer = post.somebody(api(), 12, true);
        var answers = deliveries.accept(IntStream.range(0, 7).mapToObj(n -> post.request(customer, Channel.EMAIL, template)).toList());
        // A journey may welcome them meanwhile, which counts.
        assertThat(answers.subList(0, 4)).allSatisfy(answer -> assertThat(answer.orThrow().outcome()).isEqualTo("queued"));
        assertThat(answers.subList(5, 7)).allSatisfy(answer -> assertThat(answer.orThrow().rule()).isEqualTo("weekly-cap"));
        assertThat(answers.stream().map(answer -> answer.orThrow().messageId()).toList()).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void whoWritesManyWaitsForNobodyWhileHoldingOthers() throws Exception {
        String template = post.template(Channel.EMAIL, "transactional", "Hello");
        var customers = List.of(post.somebody(api(), 12, true), post.somebody(api(), 12, true));
        try (var threads = Executors.newFixedThreadPool(8)) {
            // Each holds one and wants the other, over and over: who waited while holding would be killed as a deadlock.
            var all = threads.invokeAll(IntStream.range(0, 40).<Callable<List<Deliveries.Answer>>>mapToObj(n -> () -> deliveries.accept(
                    List.of(post.request(customers.get(n % 2), Channel.EMAIL, template), post.request(customers.get((n + 1) % 2), Channel.EMAIL, template)))).toList());
            for (var answers : all) {
                assertThat(answers.get()).hasSize(2).allSatisfy(answer -> assertThat(answer.orThrow().outcome()).isEqualTo("queued"));
            }
        }
        assertThat(jdbc.sql("SELECT count(*) FROM message WHERE template = ?").param(template).query(Long.class).single()).isEqualTo(80);
    }

    private Api api() {
        return new Api("http://localhost:" + port, "test-token");
    }
}
