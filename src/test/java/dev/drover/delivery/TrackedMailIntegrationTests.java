package dev.drover.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.audience.Customers;
import dev.drover.consent.Consents;
import dev.drover.delivery.ChannelProvider.Outbound;
import dev.drover.delivery.ChannelProvider.Result;
import dev.drover.delivery.throughput.Throughput;
import dev.drover.delivery.throughput.Ticket;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import dev.drover.testing.IntegrationTest;
import java.util.EnumSet;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a mail becomes when it leaves, and where its links lead. */
@IntegrationTest
class TrackedMailIntegrationTests {

    @Autowired
    Mailbox mailbox;

    @Autowired
    MessageLedger ledger;

    @Autowired
    TrackedContent tracked;

    @Autowired
    Outbox outbox;

    @Autowired
    Throughput throughput;

    @Autowired
    Eligibility eligibility;

    @Autowired
    InboxPages inbox;

    @Autowired
    Customers customers;

    @Autowired
    Senders senders;

    @Autowired
    Consents consents;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformClock clock;

    private Mailbox.Mail mail;

    @BeforeEach
    void send() throws Exception {
        mail = mailbox.send("marketing", Mailbox.LETTER);
        mailbox.advance("PT1M");
    }

    @Test
    void linksLeadThroughUsAndTheLedgerKeepsWhatTheAuthorWrote() throws Exception {
        var hrefs = Jsoup.parse(mail.html()).select("a").eachAttr("href");
        assertThat(mail.links()).hasSize(2).allMatch(link -> link.startsWith(mailbox.base() + "/t/c/"));
        assertThat(hrefs).contains("mailto:sam@shop.example", "javascript:alert(1)", consents.unsubscribeUrl(mail.customer().id(), Channel.EMAIL),
                consents.preferencesUrl(mail.customer().id()));
        assertThat(mailbox.get(mail.links().get(0), Mailbox.PHONE).headers().firstValue("Location"))
                .contains(mailbox.base() + "/shop/milk?a=1&b=2&utm_source=drover&utm_medium=email&utm_campaign=test");
        assertThat(mailbox.get(mail.links().get(1), Mailbox.PHONE).headers().firstValue("Location")).contains("https://elsewhere.example/");
        assertThat(mail.text()).contains("(" + mail.links().get(0) + ")").contains("(" + mail.links().get(1) + ")").doesNotContain("elsewhere.example");
        assertThat(ledger.content(mail.id()).orElseThrow().content().html()).contains("https://elsewhere.example/").doesNotContain("/t/");
    }

    @Test
    void whatIsHandedOverIsTracked() throws Exception {
        var taken = new AtomicReference<Outbound>();
        var handOver = new HandOver(outbox, new Providers(List.of(new Keeping(taken))), throughput, eligibility, customers, senders, tracked, new DeliverySettings(false), clock);
        jdbc.sql("UPDATE message SET status = 'sending', lease_owner = 'test', lease_until = clock_timestamp() + interval '1 hour' WHERE id = ?").param(mail.id()).update();
        handOver.send("test", new Outbox.Claimed(mail.id(), mail.customer().id(), Channel.EMAIL, mail.customer().email(), "marketing", "marketing", "api", "test", "any", 1,
                clock.instant(), new Ticket("keeping", Channel.EMAIL, "", LocalDate.EPOCH, false)));
        assertThat(taken.get().content().html()).isEqualTo(mail.html());
        assertThat(taken.get().content().text()).isEqualTo(mail.text());
    }

    @Test
    void theInboxShowsAMailAsItArrivedAndAGlanceIsntCounted() {
        assertThat(inbox.document(mail.id(), false).getBody()).contains(mail.links()).contains(mail.pixel());
        assertThat(inbox.document(mail.id(), true).getBody()).contains(mail.links()).doesNotContain("/t/o/");
    }

    @Test
    void mailAboutOrdersIsntTracked() throws Exception {
        var plain = mailbox.send("transactional", "<a href=\"https://elsewhere.example/\">Elsewhere</a>");
        assertThat(plain.html()).contains("https://elsewhere.example/").doesNotContain("/t/");
    }

    @Test
    void aForgedTokenLeadsNowhereAndCountsNothing() throws Exception {
        String token = mail.links().getFirst().substring(mail.links().getFirst().lastIndexOf('/') + 1);
        String pixel = mail.pixel().substring(mail.pixel().lastIndexOf('/') + 1).replace(".gif", "");
        for (String wrong : List.of(token.substring(0, token.length() - 4), "x", "A".repeat(60), pixel,
                (token.charAt(0) == 'A' ? "B" : "A") + token.substring(1))) {
            var answer = mailbox.get(mailbox.base() + "/t/c/" + wrong, Mailbox.PHONE);
            assertThat(answer.statusCode()).as(wrong).isEqualTo(404);
            assertThat(answer.body()).contains("This link leads nowhere");
        }
        for (String wrong : List.of(pixel.substring(0, pixel.length() - 4) + ".gif", pixel, token + ".gif", "x.gif", ".gif")) {
            var answer = mailbox.get(mailbox.base() + "/t/o/" + wrong, Mailbox.PHONE);
            assertThat(answer.statusCode()).as(wrong).isEqualTo(404);
            assertThat(answer.body()).startsWith("GIF89a");
        }
        assertThat(mailbox.get(mail.links().getFirst() + ").", Mailbox.PHONE).statusCode()).as("a mail program took the full stop along").isEqualTo(302);
        mailbox.decided(mail, 1);
    }

    /** Takes every mail and keeps the last one. */
    private record Keeping(AtomicReference<Outbound> taken) implements ChannelProvider {

        @Override
        public String name() {
            return "keeping";
        }

        @Override
        public Set<Channel> channels() {
            return EnumSet.allOf(Channel.class);
        }

        @Override
        public int preference() {
            return 1;
        }

        @Override
        public Result send(Outbound message) {
            taken.set(message);
            return new Result.Taken("kept-" + message.id());
        }

        @Override
        public Optional<Boolean> has(long messageId) {
            return Optional.empty();
        }
    }
}
