package dev.drover.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.audience.Customer;
import dev.drover.delivery.ChannelProvider.Result;
import dev.drover.delivery.throughput.Throughput;
import dev.drover.kernel.Channel;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From the ledger to the provider: once, whatever breaks on the way. */
@IntegrationTest
class DispatchIntegrationTests {

    @LocalServerPort
    int port;

    @Autowired
    Correspondence post;

    @Autowired
    ScriptedProvider provider;

    @Autowired
    Deliveries deliveries;

    @Autowired
    Outbox outbox;

    @Autowired
    Claims claims;

    @Autowired
    Throughput throughput;

    @Autowired
    Preparation preparation;

    @Autowired
    HandOver handOver;

    @Autowired
    HeldMailings held;

    @Autowired
    DispatchAlarm alarm;

    @Autowired
    SecureRandom random;

    @Autowired
    JdbcClient jdbc;

    @Test
    void severalDispatchersNeverSendOneTwice() throws Exception {
        var customer = post.somebody(api(), 12, true);
        String template = post.template(Channel.PUSH, "transactional", "Hello");
        var second = new Dispatcher(outbox, claims, throughput, preparation, handOver, held, alarm, random);
        var third = new Dispatcher(outbox, claims, throughput, preparation, handOver, held, alarm, random);
        second.begin();
        third.begin();
        try {
            var ids = IntStream.range(0, 150).parallel().mapToObj(n -> deliveries.accept(post.request(customer, Channel.PUSH, template)).messageId()).toList();
            ids.forEach(id -> post.await(id, "sent"));
            assertThat(ids).allSatisfy(id -> assertThat(provider.handedOver(id)).isEqualTo(1));
        } finally {
            second.stop();
            third.stop();
        }
    }

    @Test
    void messagesOfOneJourneyLeaveInTheirOrder() throws Exception {
        var customer = post.somebody(api(), 12, true);
        String template = post.template(Channel.PUSH, "transactional", "Hello");
        String instance = UUID.randomUUID().toString();
        provider.script(customer.pushToken(), new Result.Temporary("busy"));
        long first = deliveries.accept(post.request(customer, Channel.PUSH, template, UUID.randomUUID().toString(), instance)).messageId();
        long next = deliveries.accept(post.request(customer, Channel.PUSH, template, UUID.randomUUID().toString(), instance)).messageId();
        post.await(first, message -> message.attempts() == 1 && message.status().equals("queued"));
        assertThat(provider.handedOver(next)).isZero();
        advance("PT1M");
        post.await(next, "sent");
        assertThat(post.await(first, "sent").attempts()).isEqualTo(2);
    }

    @Test
    void aBadDayIsTriedAgainLaterAndLaterStill() throws Exception {
        var customer = post.somebody(api(), 12, true);
        provider.script(customer.pushToken(), new Result.Temporary("busy"), new Result.Temporary("still busy"));
        long id = post.send(customer, Channel.PUSH, "transactional").messageId();
        assertThat(post.await(id, message -> message.attempts() == 1 && message.status().equals("queued")).reason()).isEqualTo("busy");
        assertThat(provider.handedOver(id)).isOne();
        advance("PT31S");
        assertThat(post.await(id, message -> message.attempts() == 2 && message.status().equals("queued")).reason()).isEqualTo("still busy");
        advance("PT61S");
        assertThat(post.await(id, "sent")).extracting(Message::reason, Message::attempts).containsExactly(null, 3);
    }

    @Test
    void aProviderIsGivenTheTimeItAsksFor() throws Exception {
        var customer = post.somebody(api(), 12, true);
        provider.script(customer.pushToken(), new Result.Temporary("slow down", Duration.ofMinutes(3), Result.Cause.MESSAGE));
        long id = post.send(customer, Channel.PUSH, "transactional").messageId();
        var waiting = post.await(id, message -> message.attempts() == 1 && message.status().equals("queued"));
        advance("PT31S");
        assertThat(post.await(id, message -> message.status().equals("queued")).attempts()).isOne();
        advance("PT2M30S");
        assertThat(post.await(id, "sent").attempts()).isEqualTo(2);
        assertThat(waiting.reason()).isEqualTo("slow down");
    }

    @Test
    void whatNeverEndsIsGivenUp() throws Exception {
        var customer = post.somebody(api(), 12, true);
        provider.script(customer.pushToken(), IntStream.range(0, 20).mapToObj(n -> new Result.Temporary("busy")).toArray(Result[]::new));
        long id = post.send(customer, Channel.PUSH, "transactional").messageId();
        for (int tries = 1; tries < 8; tries++) {
            int done = tries;
            // More than once in two hours, where the time stops on its way for another message.
            post.await(id, message -> message.attempts() >= done && !message.status().equals("sending"));
            advance("PT2H1M");
        }
        assertThat(post.await(id, "failed").reason()).isEqualTo("given up after 8 tries: busy");
    }

    @Test
    void aRefusalForGoodIsTheEnd() throws Exception {
        var customer = post.somebody(api(), 12, true);
        provider.script(customer.pushToken(), new Result.Permanent("no such device"));
        long id = post.send(customer, Channel.PUSH, "transactional").messageId();
        assertThat(post.await(id, "failed")).extracting(Message::reason, Message::sentAt).containsExactly("no such device", null);
    }

    @Test
    void afterACrashTheProviderThatCanSayIsAsked() throws Exception {
        var customer = post.somebody(api(), 12, true);
        long id = post.send(customer, Channel.EMAIL, "transactional").messageId();
        post.await(id, "sent");
        crashInFlight(id);
        assertThat(post.await(id, "sent").attempts()).isEqualTo(1);

        jdbc.sql("DELETE FROM captured_message WHERE message_id = ?").param(id).update();
        crashInFlight(id);
        assertThat(post.await(id, "sent").attempts()).isEqualTo(2);
        assertThat(jdbc.sql("SELECT count(*) FROM captured_message WHERE message_id = ?").param(id).query(Long.class).single()).isOne();
    }

    @Test
    void afterACrashWhatNobodyCanSayIsUnknownAndNotSentAgain() throws Exception {
        var customer = post.somebody(api(), 12, true);
        long id = post.send(customer, Channel.PUSH, "transactional").messageId();
        post.await(id, "sent");
        crashInFlight(id);
        assertThat(post.await(id, "unknown").reason()).contains("in flight when its sender died").contains("scripted can't say");
        assertThat(provider.handedOver(id)).isOne();
        assertThat(api().get("/api/v1/messages/" + id).get("status").asString()).isEqualTo("unknown");
        assertThat(api().get("/api/v1/customers/" + customer.externalId() + "/timeline").toString()).contains("sent or not: unknown");
    }

    @Test
    void afterACrashWhatWasClaimedAndNotBegunIsSentAndIsNoTry() throws Exception {
        var customer = post.somebody(api(), 12, true);
        long id = post.send(customer, Channel.PUSH, "transactional").messageId();
        post.await(id, "sent");
        // What was marked for it is gone as soon as others are.
        post.await(post.send(customer, Channel.PUSH, "transactional").messageId(), "sent");
        crashWithItInHand(id);
        assertThat(post.await(id, "sent").attempts()).isOne();
        assertThat(provider.handedOver(id)).isEqualTo(2);
    }

    @Test
    void aConnectionThatBrokeAtTheWrongMomentIsUnknown() throws Exception {
        var customer = post.somebody(api(), 12, true);
        provider.script(customer.pushToken(), new Result.Unclear("the line broke"));
        long id = post.send(customer, Channel.PUSH, "transactional").messageId();
        assertThat(post.await(id, "unknown").reason()).startsWith("the line broke");
    }

    @Test
    void whatAJourneyTookBackDoesNotLeave() throws Exception {
        var customer = post.somebody(api(), 23, true);
        String instance = UUID.randomUUID().toString();
        var waiting = deliveries.accept(post.request(customer, Channel.PUSH, post.template(Channel.PUSH, "marketing", "Hello"), UUID.randomUUID().toString(), instance));
        assertThat(waiting.outcome()).isEqualTo("deferred");
        assertThat(deliveries.cancelPending(instance, "the customer ordered")).isEqualTo(1);
        assertThat(deliveries.cancelPending(instance, "again")).isZero();
        advance("PT12H");
        assertThat(post.await(waiting.messageId(), "skipped")).extracting(Message::rule, Message::reason).containsExactly("cancelled", "the customer ordered");
        assertThat(provider.handedOver(waiting.messageId())).isZero();
    }

    @Test
    void whatWasTakenBackInFlightIsNotTriedAgain() throws Exception {
        Customer customer = post.somebody(api(), 12, true);
        String instance = UUID.randomUUID().toString();
        provider.script(customer.pushToken(), new Result.Temporary("busy"));
        var gate = provider.gate(customer.pushToken());
        long id = deliveries.accept(post.request(customer, Channel.PUSH, post.template(Channel.PUSH, "marketing", "Hello"), UUID.randomUUID().toString(), instance))
                .messageId();
        post.await(id, message -> provider.handedOver(id) == 1);
        deliveries.cancelPending(instance, "the customer ordered");
        gate.countDown();
        assertThat(post.await(id, "skipped").reason()).isEqualTo("the customer ordered");
    }

    /** Its dead sender had claimed it, and hadn't come to it. */
    private void crashWithItInHand(long id) {
        jdbc.sql("UPDATE message SET status = 'sending', sent_at = NULL, lease_owner = 'dead', lease_until = clock_timestamp() - interval '1 second' WHERE id = ?")
                .param(id).update();
    }

    private void crashInFlight(long id) {
        outbox.begin(List.of(id));
        crashWithItInHand(id);
    }

    private void advance(String by) throws Exception {
        api().postJson("/api/v1/clock/advance", "{\"by\": \"" + by + "\"}");
    }

    private Api api() {
        return new Api("http://localhost:" + port, "test-token");
    }
}
