package dev.drover.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.audience.Customer;
import dev.drover.consent.Suppressions;
import dev.drover.delivery.bounce.Mails;
import dev.drover.eventlog.EventLog;
import dev.drover.kernel.Channel;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A mail comes back: what the call answers, and what it changes. */
@IntegrationTest
class BounceIntegrationTests {

    private static final String BOUNCES = "/api/v1/bounces";
    private static final String MAIL = "message/rfc822";

    @LocalServerPort
    int port;

    @Autowired
    Correspondence post;

    @Autowired
    MessageLedger ledger;

    @Autowired
    Senders senders;

    @Autowired
    Suppressions suppressions;

    @Autowired
    EventLog events;

    @Autowired
    JdbcClient jdbc;

    @Test
    void hardBounceEndsMessageAndItsAddress() throws Exception {
        var customer = customer();
        var message = sent(customer);
        String mail = Mails.report(customer.email(), "5.1.1", "smtp; 550 5.1.1 <" + customer.email() + ">: User unknown", idOf(message));
        var answer = api().post(BOUNCES, MAIL, mail);
        assertThat(answer.toString()).isEqualTo("""
                {"recipients":[{"address":"%s","status":"5.1.1","replyCode":"550","reason":"userunknown","bounceType":"hard"}]}""".formatted(customer.email()));
        assertThat(ledger.require(message.id())).extracting(Message::status, Message::reason).containsExactly("bounced", "there is no such mailbox (5.1.1)");
        assertThat(suppressions.find(Channel.EMAIL, message.address())).get().extracting(Suppressions.Suppression::reason, Suppressions.Suppression::source)
                .containsExactly("userunknown", "bounce");
        var event = events.byId("message.bounced:" + message.id()).orElseThrow();
        assertThat(event.customerId()).isEqualTo(customer.id());
        assertThat(event.properties()).containsEntry("reason", "userunknown").containsEntry("messageId", (int) message.id()).doesNotContainValue(customer.email());
        assertThat(post.send(customer, Channel.EMAIL, "transactional").outcome()).isEqualTo("skipped");
    }

    @Test
    void sameMailTwiceCountsOnce() throws Exception {
        var customer = customer();
        var message = sent(customer);
        String mail = Mails.report(customer.email(), "5.1.1", "smtp; 550 5.1.1 no such user", idOf(message));
        var first = api().post(BOUNCES, MAIL, mail);
        assertThat(api().post(BOUNCES, MAIL, mail)).isEqualTo(first);
        assertThat(rows(customer.email())).isOne();
        // Another report of the same message is written down, and the message stays as it is.
        api().post(BOUNCES, MAIL, mail.replace("Undelivered Mail", "Again: undelivered mail").replace("no such user", "no such user here"));
        assertThat(rows(customer.email())).isEqualTo(2);
        assertThat(ledger.require(message.id()).status()).isEqualTo("bounced");
        assertThat(events.ofCustomer(customer.id(), Instant.parse("2200-01-01T00:00:00Z"), 100)).filteredOn(event -> event.name().equals("message.bounced")).hasSize(1);
    }

    @Test
    void bounceAfterDeliveryIsBelieved() throws Exception {
        var customer = customer();
        var message = sent(customer);
        jdbc.sql("UPDATE message SET status = 'delivered', delivered_at = sent_at WHERE id = ?").param(message.id()).update();
        api().post(BOUNCES, MAIL, Mails.report(customer.email(), "5.1.1", "smtp; 550 5.1.1 no such user", idOf(message)));
        assertThat(ledger.require(message.id()).status()).isEqualTo("bounced");
    }

    @Test
    void complaintSuppressesAtOnce() throws Exception {
        var customer = customer();
        var message = sent(customer);
        var answer = api().post(BOUNCES, MAIL, Mails.complaint("abuse", customer.email(), idOf(message)));
        assertThat(answer.at("/recipients/0/bounceType").asString()).isEqualTo("complaint");
        assertThat(suppressions.find(Channel.EMAIL, message.address())).get().extracting(Suppressions.Suppression::reason).isEqualTo("complaint");
        assertThat(events.byId("message.complained:" + message.id())).isPresent();
        assertThat(ledger.require(message.id()).status()).isEqualTo("sent");
    }

    @Test
    void complaintThatNamesNobodySuppressesWhomWeMailed() throws Exception {
        var customer = customer();
        var message = sent(customer);
        String mail = Mails.complaint("abuse", customer.email(), idOf(message)).replace("Original-Rcpt-To: <" + customer.email() + ">\n", "").replace("To: " + customer.email(), "To: hidden");
        assertThat(api().post(BOUNCES, MAIL, mail).at("/recipients/0/address").asString()).isEqualTo("undisclosed");
        assertThat(suppressions.find(Channel.EMAIL, customer.email())).isPresent();
    }

    @Test
    void sameMailFromManyHandsCountsOnce() throws Exception {
        var customer = customer();
        String mail = Mails.report(customer.email(), "5.1.1", "smtp; 550 5.1.1 no such user", idOf(sent(customer)));
        var statuses = IntStream.range(0, 8).parallel().mapToObj(n -> status(mail)).toList();
        assertThat(statuses).containsOnly(200);
        assertThat(rows(customer.email())).isOne();
    }

    @Test
    void runOfSoftBouncesSuppresses() throws Exception {
        var customer = customer();
        for (int n = 1; n <= 5; n++) {
            var message = sent(customer);
            String mail = Mails.report(customer.email(), "4.2.2", "smtp; 452 4.2.2 mailbox full", idOf(message));
            api().post(BOUNCES, MAIL, mail);
            api().post(BOUNCES, MAIL, mail.replace("mailbox full", "mailbox full as ever"));
            assertThat(ledger.require(message.id())).extracting(Message::status, Message::reason).containsExactly("sent", "came back: the mailbox is full (4.2.2)");
            assertThat(suppressions.find(Channel.EMAIL, message.address()).isPresent()).as("after %d", n).isEqualTo(n == 5);
        }
        assertThat(suppressions.find(Channel.EMAIL, customer.email())).get().extracting(Suppressions.Suppression::reason).isEqualTo("soft-bounces");
    }

    @Test
    void ourOwnTroubleIsNobodysRun() throws Exception {
        var customer = customer();
        for (int n = 1; n <= 6; n++) {
            api().post(BOUNCES, MAIL, Mails.report(customer.email(), "5.7.1", "smtp; 554 5.7.1 blocked using zen.spamhaus.org", idOf(sent(customer))));
        }
        assertThat(suppressions.find(Channel.EMAIL, customer.email())).isEmpty();
    }

    @Test
    void reportWithoutMessageIdIsTakenForTheLastMessage() throws Exception {
        var customer = customer();
        var message = sent(customer);
        api().post(BOUNCES, MAIL, Mails.report(customer.email().toUpperCase(Locale.ROOT), "5.1.1", "smtp; 550 5.1.1 no such user", ""));
        // The last one may be ours or the welcome that every new customer gets meanwhile: one of this customer's, and one alone.
        assertThat(jdbc.sql("SELECT count(*) FROM message WHERE customer_id = ? AND status = 'bounced'").param(customer.id()).query(Integer.class).single()).isOne();
        assertThat(suppressions.find(Channel.EMAIL, message.address())).isPresent();
    }

    @Test
    void forgedReportSilencesNobody() throws Exception {
        var customer = customer();
        var message = sent(customer);
        String counted = idOf(message).replaceFirst("\\.[0-9a-z]+@", ".abc@");
        String others = "<20260101.1@elsewhere.example>";
        for (String id : new String[] {counted, others}) {
            var answer = api().post(BOUNCES, MAIL, Mails.report(customer.email(), "5.1.1", "smtp; 550 5.1.1 no such user", id));
            assertThat(answer.at("/recipients/0/bounceType").asString()).isEqualTo("hard");
        }
        assertThat(ledger.require(message.id()).status()).isEqualTo("sent");
        assertThat(suppressions.find(Channel.EMAIL, customer.email())).isEmpty();
        // Whoever names our message can't make it speak for two addresses, and another address never for itself.
        var other = customer();
        api().post(BOUNCES, MAIL, Mails.report("""
                Final-Recipient: rfc822; %s
                Action: failed
                Status: 5.1.1

                Final-Recipient: rfc822; nobody@elsewhere.example
                Action: failed
                Status: 5.1.1
                """.formatted(other.email()), idOf(message)));
        assertThat(suppressions.find(Channel.EMAIL, other.email())).isEmpty();
        assertThat(suppressions.find(Channel.EMAIL, customer.email())).isEmpty();
    }

    @Test
    void addressThatWasNeverMailedIsKeptAside() throws Exception {
        String address = "never-" + UUID.randomUUID() + "@example.org";
        api().post(BOUNCES, MAIL, Mails.report(address, "5.1.1", "smtp; 550 5.1.1 no such user", ""));
        api().post(BOUNCES, MAIL, Mails.complaint("abuse", address, "<m999999999999.abc@shop.example>"));
        assertThat(suppressions.find(Channel.EMAIL, address)).isEmpty();
        assertThat(jdbc.sql("SELECT count(*) FROM bounce WHERE address = ? AND message_id IS NULL").param(address).query(Integer.class).single()).isEqualTo(2);
        var customer = customer();
        api().post(BOUNCES, MAIL, Mails.report(customer.email(), "5.1.1", "smtp; 550 5.1.1 no such user", ""));
        assertThat(suppressions.find(Channel.EMAIL, customer.email())).isEmpty();
    }

    @Test
    void forwardedMailboxIsSuppressedByTheAddressWeMailed() throws Exception {
        var customer = customer();
        var message = sent(customer);
        String target = "target-" + UUID.randomUUID() + "@elsewhere.example";
        api().post(BOUNCES, MAIL, Mails.report(target, "5.1.1", "smtp; 550 5.1.1 no such user", idOf(message)));
        assertThat(suppressions.find(Channel.EMAIL, customer.email())).isPresent();
        assertThat(suppressions.find(Channel.EMAIL, target)).isEmpty();
    }

    @Test
    void automaticReplyChangesNothing() throws Exception {
        var customer = customer();
        var message = sent(customer);
        var answer = api().post(BOUNCES, MAIL, "From: %s\nTo: hello@shop.example\nSubject: Out of office\nAuto-Submitted: auto-replied\nIn-Reply-To: %s\n\nAway.\n"
                .formatted(customer.email(), idOf(message)));
        assertThat(answer.at("/recipients/0/bounceType").asString()).isEqualTo("none");
        assertThat(ledger.require(message.id())).extracting(Message::status, Message::reason).containsExactly("sent", null);
        assertThat(suppressions.find(Channel.EMAIL, customer.email())).isEmpty();
    }

    @Test
    void whatIsNoMailIsRefusedInWords() throws Exception {
        assertThat(api().send("POST", BOUNCES, "application/json", "{}").statusCode()).isEqualTo(415);
        for (String body : new String[] {"", "\0\1\2 nonsense", "nothing that looks like a mail"}) {
            var answer = api().send("POST", BOUNCES, MAIL, body);
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        }
        assertThat(api().send("POST", BOUNCES, MAIL, "nothing that looks like a mail").body()).contains("RFC 5322");
        assertThat(new Api(api().base(), "wrong").send("POST", BOUNCES, MAIL, "From: a@b.example\n\n").statusCode()).isEqualTo(401);
    }

    private int status(String mail) {
        try {
            return api().send("POST", BOUNCES, MAIL, mail).statusCode();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Customer customer() throws Exception {
        return post.somebody(api(), 12, true);
    }

    private Message sent(Customer customer) {
        return post.await(post.send(customer, Channel.EMAIL, "transactional").messageId(), "sent");
    }

    private String idOf(Message message) {
        return ChannelProvider.messageId(message.id(), message.queuedAt(), senders.standard());
    }

    private int rows(String address) {
        return jdbc.sql("SELECT count(*) FROM bounce WHERE address = ?").param(address).query(Integer.class).single();
    }

    private Api api() {
        return new Api("http://localhost:" + port, "test-token");
    }
}
