package dev.drover.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.eventlog.Event;
import dev.drover.kernel.PlatformClock;
import dev.drover.testing.IntegrationTest;
import java.sql.Timestamp;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who opened a mail and who clicked: once, by people, and nobody else. */
@IntegrationTest
class EngagementIntegrationTests {

    @Autowired
    Mailbox mailbox;

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
    void aPersonCountsOnceHoweverOftenTheyOpenAndClick() throws Exception {
        var pixel = mailbox.get(mail.pixel(), Mailbox.PHONE);
        assertThat(pixel.statusCode()).isEqualTo(200);
        assertThat(pixel.headers().firstValue("Content-Type")).contains("image/gif");
        assertThat(pixel.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(pixel.body()).startsWith("GIF89a");
        mailbox.get(mail.pixel(), Mailbox.PHONE);
        var click = mailbox.get(mail.links().getFirst(), Mailbox.PHONE);
        assertThat(click.statusCode()).isEqualTo(302);
        assertThat(click.headers().firstValue("Cache-Control")).contains("no-store");
        mailbox.get(mail.links().getFirst(), Mailbox.PHONE);
        mailbox.decided(mail, 4);

        assertThat(mailbox.machines(mail)).containsOnlyNulls();
        assertThat(mailbox.events(mail)).extracting(Event::name).containsExactlyInAnyOrder("email.opened", "email.clicked");
        assertThat(mailbox.opened(mail).orElseThrow().properties()).contains(Map.entry("device", "mobile"), Map.entry("client", "Safari"));
        var clicked = mailbox.events(mail).stream().filter(event -> event.name().equals("email.clicked")).findFirst().orElseThrow();
        assertThat(clicked.text("url")).startsWith(mailbox.base() + "/shop/milk?a=1&b=2");
        assertThat(clicked.properties()).containsEntry("origin", "api").containsKeys("messageId", "template", "category", "linkId");
        var shown = mailbox.api().get("/api/v1/messages/" + mail.id()).get("engagements");
        assertThat(shown).hasSize(4).allSatisfy(each -> {
            assertThat(each.get("human").asBoolean()).isTrue();
            assertThat(each.get("device").asString()).isEqualTo("mobile");
        });
        assertThat(mailbox.api().get("/api/v1/customers/" + mail.customer().externalId() + "/timeline").toString()).contains("Opened the e-mail 'delivery-").contains("Clicked in the e-mail 'delivery-");
    }

    @Test
    void whoClicksHasOpened() throws Exception {
        mailbox.get(mail.links().getFirst(), Mailbox.PHONE);
        mailbox.decided(mail, 1);
        assertThat(mailbox.events(mail)).extracting(Event::name).containsExactlyInAnyOrder("email.opened", "email.clicked");
    }

    @Test
    void severalLinksOneAfterAnotherArePeoplesClicks() throws Exception {
        mailbox.get(mail.links().get(0), Mailbox.PHONE);
        mailbox.advance("PT10S");
        mailbox.get(mail.links().get(1), Mailbox.PHONE);
        mailbox.decided(mail, 2);
        assertThat(mailbox.events(mail)).filteredOn(event -> event.name().equals("email.clicked")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mozilla/5.0", "Mozilla/5.0 (Windows NT 10.0) Barracuda Sentinel (EE)", "Mozilla/5.0 (compatible; Mimecast)"})
    void machinesAreKeptAndDontCount(String agent) throws Exception {
        mailbox.get(mail.pixel(), agent);
        mailbox.get(mail.links().getFirst(), agent);
        mailbox.decided(mail, 2);
        assertThat(mailbox.machines(mail)).doesNotContainNull();
        assertThat(mailbox.events(mail)).isEmpty();
    }

    @Test
    void askingForTheHeadersOnlyNeverCounts() throws Exception {
        assertThat(mailbox.ask("HEAD", mail.links().getFirst(), Mailbox.PHONE).statusCode()).isEqualTo(302);
        assertThat(mailbox.ask("HEAD", mail.pixel(), Mailbox.PHONE).statusCode()).isEqualTo(200);
        mailbox.decided(mail, 2);
        assertThat(mailbox.machines(mail)).containsOnly("head");
        assertThat(mailbox.events(mail)).isEmpty();
    }

    @Test
    void whoFollowsEveryLinkAtOnceIsAScanner() throws Exception {
        mailbox.get(mail.links().get(0), Mailbox.PHONE);
        mailbox.get(mail.links().get(1), Mailbox.PHONE);
        mailbox.decided(mail, 2);
        assertThat(mailbox.machines(mail)).containsOnly("burst");
        assertThat(mailbox.events(mail)).isEmpty();
    }

    @Test
    void whoFollowsTheHiddenLinkIsAScanner() throws Exception {
        assertThat(mailbox.get(mail.trap(), Mailbox.PHONE).statusCode()).isEqualTo(302);
        mailbox.get(mail.pixel(), Mailbox.PHONE);
        mailbox.get(mail.links().getFirst(), Mailbox.PHONE);
        mailbox.decided(mail, 3);
        assertThat(mailbox.machines(mail)).containsOnly("trap");
        assertThat(mailbox.events(mail)).isEmpty();
        mailbox.advance("PT10M");
        mailbox.get(mail.links().getFirst(), Mailbox.PHONE);
        mailbox.decided(mail, 4);
        assertThat(mailbox.events(mail)).as("the person after the scanner").hasSize(2);
    }

    @Test
    void aTrapSprungLatePutsRightWhatWasDecided() throws Exception {
        mailbox.get(mail.links().getFirst(), Mailbox.PHONE);
        mailbox.decided(mail, 1);
        assertThat(mailbox.machines(mail)).containsOnlyNulls();
        // However long the test took until here.
        jdbc.sql("UPDATE engagement SET at = ? WHERE message_id = ?").param(Timestamp.from(clock.instant().minusSeconds(4))).param(mail.id()).update();
        mailbox.get(mail.trap(), Mailbox.PHONE);
        mailbox.decided(mail, 2);
        assertThat(mailbox.machines(mail)).containsOnly("trap");
    }

    @Test
    void nobodyReadsAMailBeforeItArrived() throws Exception {
        jdbc.sql("UPDATE message SET sent_at = ? WHERE id = ?").param(Timestamp.from(clock.instant().plusSeconds(60))).param(mail.id()).update();
        mailbox.get(mail.links().getFirst(), Mailbox.PHONE);
        mailbox.decided(mail, 1);
        assertThat(mailbox.machines(mail)).containsOnly("too-soon");
        assertThat(mailbox.events(mail)).isEmpty();
    }

    @Test
    void whatIsErasedTellsNothing() throws Exception {
        jdbc.sql("UPDATE message SET customer_id = NULL WHERE id = ?").param(mail.id()).update();
        mailbox.get(mail.pixel(), Mailbox.PHONE);
        mailbox.decided(mail, 1);
        assertThat(mailbox.opened(mail)).isEmpty();
    }
}
