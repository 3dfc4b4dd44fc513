package dev.drover.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.delivery.Deliverability.Counts;
import dev.drover.delivery.Deliverability.Mailboxes;
import dev.drover.eventlog.EventLog;
import dev.drover.eventlog.NewEvent;
import dev.drover.kernel.Channel;
import dev.drover.kernel.Period;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the page and the API tell of mail by who runs the mailboxes, on days of long ago that no other test sends on. */
@IntegrationTest
class DeliverabilityIntegrationTests {

    private static final LocalDate DAY = LocalDate.of(2001, 3, 4);

    @LocalServerPort
    int port;
    @Autowired
    Deliverability deliverability;
    @Autowired
    Deliveries deliveries;
    @Autowired
    Correspondence post;
    @Autowired
    MessageLedger ledger;
    @Autowired
    EventLog log;
    @Autowired
    PlatformClock clock;
    @Autowired
    JdbcClient jdbc;

    @Test
    void countsByWhoRunsTheMailboxes() throws Exception {
        message("a@GMAIL.com", "delivered", DAY, true);
        long opened = message("b@googlemail.com", "delivered", DAY, true);
        message("c@hotmail.co.uk", "bounced", DAY, true);
        message("d@me.com", "sent", DAY.plusDays(1), false);
        message("e@yahoo.fr", "sent", DAY, false);
        message("f@notgmail.com", "sent", DAY, false);
        message("g@gmail.com.evil.example", "sent", DAY, false);
        message("h@gmail.com", "skipped", null, false);
        engagement(opened, null);
        engagement(message("i@gmail.com", "sent", DAY, false), "scanner");

        var report = deliverability.between(start(DAY), start(DAY.plusDays(2)));
        assertThat(report.byMailboxes()).isEqualTo(Map.of(Mailboxes.GMAIL, new Counts(3, 2, 0, 0, 1), Mailboxes.MICROSOFT, new Counts(1, 0, 1, 0, 0),
                Mailboxes.YAHOO, new Counts(1, 0, 0, 0, 0), Mailboxes.APPLE, new Counts(1, 0, 0, 0, 0), Mailboxes.OTHER, new Counts(2, 0, 0, 0, 0)));
        assertThat(report.byDay().keySet()).containsExactly(DAY, DAY.plusDays(1));
        assertThat(deliverability.between(start(DAY.plusDays(1)), start(DAY.plusDays(2))).all().sent()).isOne();

        var answer = api().get("/api/v1/analytics/deliverability?from=%s&to=%s".formatted(DAY, DAY.plusDays(1)));
        assertThat(answer.at("/mailboxes/0/sent").asInt()).isEqualTo(3);
        assertThat(answer.at("/days").size()).isEqualTo(5);
        assertThat(answer.at("/left/people").asInt()).isZero();
        assertThat(api().send("GET", "/api/v1/analytics/deliverability.csv?from=%s&to=%s".formatted(DAY, DAY), "text/csv", "").body()).contains("2001-03-04,Gmail,3,2,0,0,1");

        jdbc.sql("UPDATE message SET address = NULL WHERE id = ?").param(opened).update();
        assertThat(deliverability.between(start(DAY), start(DAY.plusDays(2))).byMailboxes().get(Mailboxes.GMAIL).sent()).as("stays counted when its address is forgotten").isEqualTo(3);
    }

    @Test
    void aComplaintIsNotedAtItsMessageHoweverWeHearOfIt() throws Exception {
        var customer = post.somebody(api(), 12, true);
        long id = message("complains@outlook.com", "sent", DAY.minusDays(100), false);
        log.append(NewEvent.live("message.complained:" + id, "message.complained", customer.id(), clock.instant(), Map.of("messageId", id)));
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() ->
                assertThat(deliverability.between(start(DAY.minusDays(100)), start(DAY.minusDays(99))).byMailboxes().get(Mailboxes.MICROSOFT).complained()).isOne());
    }

    @Test
    void periodsThatAreNoneAreRefused() throws Exception {
        assertThat(api().send("GET", "/api/v1/analytics/deliverability?from=2026-02-02&to=2026-02-01", "application/json", "").statusCode()).isEqualTo(422);
        assertThat(api().send("GET", "/api/v1/analytics/deliverability?from=2020-02-02&to=2026-02-01", "application/json", "").statusCode()).isEqualTo(422);
        assertThat(api().send("GET", "/api/v1/analytics/deliverability?from=yesterday", "application/json", "").statusCode()).isEqualTo(400);
        Assertions.assertThatThrownBy(() -> Period.of(LocalDate.MIN, LocalDate.MAX, clock.instant())).isInstanceOf(Problem.class);
    }

    @Test
    void marketingMailShowsWhereItsSenderCanBeFoundOrStays() throws Exception {
        var customer = post.somebody(api(), 12, true);
        String without = api().postJson("/api/v1/templates", """
                {"key": "no-address-%1$s", "name": "x", "channel": "email", "type": "marketing", "category": "newsletter", "subject": "x", "html": "<p>Buy</p>"}""".formatted(customer.id()))
                .path("key").asString("no-address-" + customer.id());
        var outcome = deliveries.accept(post.request(customer, Channel.EMAIL, without));
        assertThat(outcome).extracting(DeliveryOutcome::outcome, DeliveryOutcome::rule).containsExactly("skipped", "postal-address");
        assertThat(outcome.reason()).contains("add {{sender.address}}");
        assertThat(ledger.content(outcome.messageId())).isEmpty();
        assertThat(post.send(customer, Channel.EMAIL, "transactional").outcome()).isEqualTo("queued");
    }

    @Test
    void everyMailSaysThatAProgramWroteItAndOnlyMarketingHowToLeave() throws Exception {
        var customer = post.somebody(api(), 12, true);
        var transactional = ledger.content(post.send(customer, Channel.EMAIL, "transactional").messageId()).orElseThrow().content().headers();
        assertThat(transactional).containsEntry("Auto-Submitted", "auto-generated").doesNotContainKey("List-Unsubscribe");
        var marketing = ledger.content(post.send(customer, Channel.EMAIL, "marketing").messageId()).orElseThrow().content().headers();
        assertThat(marketing).containsEntry("Auto-Submitted", "auto-generated").containsEntry("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        assertThat(marketing.get("List-Unsubscribe")).contains("/u/");
    }

    private long message(String address, String status, LocalDate sent, boolean told) {
        Instant at = sent == null ? null : start(sent).plusSeconds(3_600);
        return jdbc.sql("""
                INSERT INTO message (key, channel, address, origin_type, origin_id, template, category, type, status, not_before, queued_at, sent_at, delivered_at)
                VALUES (gen_random_uuid()::text, 'email', :address, 'api', 'test', 'x', 'x', 'marketing', :status, :day, :day, :sent, :told) RETURNING id""")
                .param("address", address).param("status", status).param("day", Timestamp.from(start(DAY))).param("sent", at == null ? null : Timestamp.from(at), java.sql.Types.TIMESTAMP)
                .param("told", told && at != null ? Timestamp.from(at.plusSeconds(5)) : null, java.sql.Types.TIMESTAMP).query(Long.class).single();
    }

    private void engagement(long message, String machine) {
        jdbc.sql("INSERT INTO engagement (message_id, kind, at, device, client, machine, decided) VALUES (?, 'open', ?, 'mobile', 'x', ?, true)").param(message)
                .param(Timestamp.from(start(DAY).plusSeconds(9_000))).param(machine).update();
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private Api api() {
        return new Api("http://localhost:" + port, "test-token");
    }
}
