package dev.drover.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.consent.Consents;
import dev.drover.delivery.throughput.Ticket;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import dev.drover.testing.IntegrationTest;
import java.time.LocalDate;
import java.util.List;
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
    Preparation preparation;

    @Autowired
    InboxPages inbox;

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
        assertThat(hrefs).contains("mailto:sam@shop.example", "#", consents.unsubscribeUrl(mail.customer().id(), Channel.EMAIL),
                consents.preferencesUrl(mail.customer().id()));
        assertThat(mailbox.get(mail.links().get(0), Mailbox.PHONE).headers().firstValue("Location"))
                .contains(mailbox.base() + "/shop/milk?a=1&b=2&utm_source=drover&utm_medium=email&utm_campaign=test");
        assertThat(mailbox.get(mail.links().get(1), Mailbox.PHONE).headers().firstValue("Location")).contains("https://elsewhere.example/");
        assertThat(mail.text()).contains("(" + mail.links().get(0) + ")").contains("(" + mail.links().get(1) + ")").doesNotContain("elsewhere.example");
        assertThat(ledger.content(mail.id()).orElseThrow().content().html()).contains("https://elsewhere.example/").doesNotContain("/t/");
    }

    @Test
    void whatIsHandedOverIsTracked() throws Exception {
        var claimed = new Outbox.Claimed(mail.id(), mail.customer().id(), Channel.EMAIL, mail.customer().email(), "marketing", "marketing", "api", "test", "any", 1,
                clock.instant(), null, new Ticket("any", Channel.EMAIL, "", LocalDate.EPOCH, false));
        var content = preparation.of(List.of(claimed)).ready().getFirst().outbound().content();
        assertThat(content.html()).isEqualTo(mail.html());
        assertThat(content.text()).isEqualTo(mail.text());
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
}
