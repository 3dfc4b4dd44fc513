package dev.drover.delivery;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.drover.audience.Customer;
import dev.drover.delivery.throughput.Throughput;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** Two providers as they are on the wire, in an application of their own: who is handed what, and what happens when one is away, busy or used up. */
@IntegrationTest
@DirtiesContext
class SeveralProvidersIntegrationTests {

    private static final GreenMail SMTP = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private static final WireMockServer SENDGRID = new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
    private static final String PATH = "/v3/mail/send";

    private static GreenMail smtp = SMTP;

    @LocalServerPort
    int port;

    @Autowired
    Correspondence post;

    @Autowired
    Deliveries deliveries;

    @Autowired
    MessageLedger ledger;

    @Autowired
    Outbox outbox;

    @Autowired
    Providers providers;

    @Autowired
    Throughput throughput;

    @Autowired
    PlatformClock clock;

    @Autowired
    JdbcClient jdbc;

    @DynamicPropertySource
    static void configure(DynamicPropertyRegistry settings) {
        SMTP.start();
        SENDGRID.start();
        settings.add("drover.smtp.host", () -> "127.0.0.1");
        settings.add("drover.smtp.port", () -> SMTP.getSmtp().getPort());
        settings.add("drover.sendgrid.api-key", () -> "SG.key");
        settings.add("drover.sendgrid.url", SENDGRID::baseUrl);
    }

    @AfterAll
    static void stop() {
        smtp.stop();
        SENDGRID.stop();
    }

    @BeforeEach
    void bothAreWell() throws Exception {
        answer(aResponse().withStatus(202));
        // On a day of its own, that begins with nothing used.
        var now = clock.instant().atZone(ZoneOffset.UTC);
        advance(Duration.between(now, now.plusDays(1).truncatedTo(ChronoUnit.DAYS).plusHours(8)));
        jdbc.sql("DELETE FROM provider_state").update();
        set("smtp", 50, "");
        set("sendgrid", 50, "");
        Api.await("what earlier tests left is gone", Duration.ofSeconds(15), () -> {
            advance(Duration.ofMinutes(20));
            return jdbc.sql("SELECT count(*) FROM message WHERE template LIKE 'delivery-%' AND status IN ('queued', 'deferred', 'sending')").query(Long.class).single() == 0;
        });
        SENDGRID.resetRequests();
    }

    @Test
    void bothSendAndEachItsShare() throws Exception {
        set("smtp", 25, "");
        set("sendgrid", 75, "");
        var ids = send(40);
        ids.forEach(id -> post.await(id, "sent"));
        assertThat(by("smtp", ids)).isBetween(9L, 11L);
        assertThat(bySendGrid()).isBetween(29, 31);
        assertThat(provider("smtp").get("share").asInt()).isEqualTo(25);
        Api.await("what was sent is told", Duration.ofSeconds(5), () -> provider("smtp").get("lastHour").get("taken").asInt() >= 9);
        // Journeys of earlier tests may write on this day, too.
        assertThat(provider("smtp").get("today").get("sent").asLong()).isGreaterThanOrEqualTo(by("smtp", ids)).isEqualTo(jdbc.sql(
                "SELECT count(*) FROM message WHERE provider = 'smtp' AND (sent_at AT TIME ZONE 'UTC')::date = ?").param(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)).query(Long.class).single());
    }

    @Test
    void whenOneIsAwayTheOtherSendsAndNoTryIsLost() throws Exception {
        int at = smtp.getSmtp().getPort();
        smtp.stop();
        try {
            send(30).forEach(id -> assertThat(post.await(id, "sent")).extracting(Message::provider, Message::attempts).containsExactly("sendgrid", 1));
            assertThat(provider("smtp").get("health").asString()).isEqualTo("left-alone");
            assertThat(provider("smtp").get("why").asString()).contains("can't be reached");
        } finally {
            smtp = new GreenMail(new ServerSetup(at, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
            smtp.start();
        }
        api().postJson("/api/v1/providers/smtp/try", "{}");
        var later = send(20);
        later.forEach(id -> post.await(id, "sent"));
        assertThat(by("smtp", later)).isPositive();
        assertThat(provider("smtp").get("health").asString()).isEqualTo("healthy");
    }

    @Test
    void whatIsOverQuotaWaitsForTheNextDay() throws Exception {
        set("smtp", 100, "\"perDay\": 3,");
        off("sendgrid");
        var ids = send(5);
        awaitStates(ids, 3, 2);
        var waiting = ids.stream().map(ledger::require).filter(message -> message.status().equals("deferred")).toList();
        var midnight = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        assertThat(waiting).allSatisfy(message -> {
            // Those that waited when the settings were changed are let go once, and told to wait again.
            post.await(message.id(), now -> now.notBefore().equals(midnight));
            assertThat(message.reason()).contains("smtp has sent the 3 of a day");
            assertThat(message.attempts()).isZero();
        });
        assertThat(provider("smtp").get("health").asString()).isEqualTo("used-up");
        advance(Duration.ofDays(1));
        ids.forEach(id -> post.await(id, "sent"));
    }

    @Test
    void aWarmUpLetsMoreThroughEachDay() throws Exception {
        off("sendgrid");
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        set("smtp", 100, "\"perDay\": 1000, \"warmUp\": {\"start\": \"%s\", \"limits\": [2], \"growth\": 2},".formatted(today));
        var ids = send(7);
        awaitStates(ids, 2, 5);
        assertThat(ids.stream().map(ledger::require).map(Message::reason)).anySatisfy(reason -> assertThat(reason).contains("warm-up"));
        advance(Duration.ofDays(1));
        awaitStates(ids, 6, 1);
        assertThat(provider("smtp").get("warmUp").get("today").asInt()).isEqualTo(4);
        advance(Duration.ofDays(1));
        awaitStates(ids, 7, 0);
    }

    @Test
    void aQuotaThatIsRaisedLetsThoseGoThatWait() throws Exception {
        set("smtp", 100, "\"perDay\": 1,");
        off("sendgrid");
        var ids = send(3);
        awaitStates(ids, 1, 2);
        set("smtp", 100, "\"perDay\": 10,");
        awaitStates(ids, 3, 0);
    }

    @Test
    void aDomainsLimitHoldsUpItsOwnMailOnly() throws Exception {
        off("sendgrid");
        set("smtp", 100, "\"domains\": [{\"domain\": \"example.org\", \"perDay\": 2}],");
        var elsewhere = somebody("elsewhere.example");
        var ids = send(4);
        awaitStates(ids, 2, 2);
        post.await(deliveries.accept(request(elsewhere)).messageId(), "sent");
        assertThat(provider("smtp").get("domains").get(0).get("today").asInt()).isEqualTo(2);
    }

    @Test
    void whoeverAsksUsToSlowDownIsGivenTheTimeByAllMessages() throws Exception {
        off("smtp");
        answer(aResponse().withStatus(429).withHeader("Retry-After", "120").withBody("{}"));
        var first = send(1);
        awaitStates(first, 0, 1);
        answer(aResponse().withStatus(202));
        var ids = send(5);
        awaitStates(ids, 0, 5);
        assertThat(ids.stream().map(ledger::require)).allSatisfy(message -> {
            assertThat(message.notBefore()).isBetween(clock.instant().plusSeconds(60), clock.instant().plusSeconds(120));
            assertThat(message.attempts()).isZero();
            assertThat(message.reason()).contains("slow down");
        });
        assertThat(bySendGrid()).isOne();
        advance(Duration.ofSeconds(121));
        awaitStates(ids, 5, 0);
        assertThat(post.await(first.getFirst(), "sent").attempts()).isOne();
    }

    @Test
    void aProviderInTroubleIsLeftAloneTriedWithAFewAndThenTakenBack() throws Exception {
        off("smtp");
        answer(aResponse().withStatus(500).withBody("{}"));
        var ids = send(60);
        awaitLeftAlone();
        // Five failures in a row, and those that were under way by then.
        awaitStates(ids, 0, 40);
        assertThat(bySendGrid()).isLessThanOrEqualTo(20);
        SENDGRID.resetRequests();
        advance(Duration.ofSeconds(31));
        awaitLeftAlone();
        assertThat(bySendGrid()).isBetween(1, 3);
        answer(aResponse().withStatus(202));
        advance(Duration.ofSeconds(61));
        awaitStates(ids, 60, 0);
        assertThat(provider("sendgrid").get("health").asString()).isEqualTo("healthy");
    }

    @Test
    void aPauseHoldsWithinTwoSecondsAndEndsWhereItBegan() throws Exception {
        off("smtp");
        answer(aResponse().withStatus(202).withFixedDelay(150));
        var ids = send(80);
        Api.await("some are sent", Duration.ofSeconds(10), () -> bySendGrid() > 4);
        Instant before = Instant.now();
        api().postJson("/api/v1/providers/pause", "{}");
        Api.await("nothing is in hand", Duration.ofSeconds(2), () -> ids.stream().map(ledger::require).noneMatch(message -> message.status().equals("sending")));
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(2));
        int sent = bySendGrid();
        assertThat(sent).isLessThan(80);
        // A password, too.
        long urgent = send(1).getFirst();
        advance(Duration.ofMinutes(10));
        assertThat(ids.stream().map(ledger::require).filter(message -> message.status().equals("queued") && message.attempts() == 0)).hasSize(80 - sent);
        assertThat(ledger.require(urgent)).extracting(Message::status, Message::rule).containsExactly("queued", Throughput.HELD);
        assertThat(api().get("/api/v1/messages/" + urgent).get("reason").asString()).startsWith("all sending is paused, by ");
        assertThat(api().get("/api/v1/providers").get("paused").get("by").asString()).isNotBlank();
        api().postJson("/api/v1/providers/resume", "{}");
        ids.forEach(id -> post.await(id, "sent"));
        post.await(urgent, "sent");
        assertThat(bySendGrid()).isEqualTo(81);
        assertThat(jdbc.sql("SELECT action FROM audit_log WHERE action LIKE 'sending.%' ORDER BY id DESC LIMIT 2").query(String.class).list()).containsExactly("sending.resumed", "sending.paused");
    }

    @Test
    void oneThatIsPausedIsPassedOver() throws Exception {
        api().postJson("/api/v1/providers/sendgrid/pause", "{}");
        send(6).forEach(id -> assertThat(post.await(id, "sent").provider()).isEqualTo("smtp"));
        api().postJson("/api/v1/providers/sendgrid/resume", "{}");
    }

    @Test
    void whatNobodyMaySendSaysWhoIsOffAndWhoIsPaused() throws Exception {
        off("smtp");
        api().postJson("/api/v1/providers/sendgrid/pause", "{}");
        long id = send(1).getFirst();
        assertThat(ledger.require(id).reason()).contains("SMTP server is switched off").contains("SendGrid is paused");
        api().postJson("/api/v1/providers/sendgrid/resume", "{}");
        assertThat(post.await(id, "sent").rule()).isNull();
    }

    @Test
    void whatOneMayHaveTakenIsHandedToNoOther() throws Exception {
        set("sendgrid", 100, "");
        set("smtp", 0, "");
        answer(aResponse().withFault(Fault.EMPTY_RESPONSE));
        int mails = smtp.getReceivedMessages().length;
        long id = send(1).getFirst();
        assertThat(post.await(id, "unknown").reason()).contains("sendgrid can't say");
        assertThat(smtp.getReceivedMessages()).hasSize(mails);
    }

    @Test
    void sentAgainItGoesBySameProviderHoweverLongThatIsAway() throws Exception {
        set("sendgrid", 100, "");
        set("smtp", 100, "");
        answer(aResponse().withFault(Fault.EMPTY_RESPONSE));
        off("smtp");
        long id = send(1).getFirst();
        post.await(id, "unknown");
        answer(aResponse().withStatus(202));
        off("sendgrid");
        set("smtp", 100, "");
        jdbc.sql("UPDATE message SET status = 'sending', lease_owner = 'test', lease_until = clock_timestamp() + interval '1 hour' WHERE id = ?").param(id).update();
        var resending = new HandOver(providers, throughput, new Retries(clock), new DeliverySettings(true), clock);
        outbox.settle("test", List.of(resending.resolve(id, "sendgrid", 1, "the line broke")));
        advance(Duration.ofSeconds(31));
        assertThat(post.await(id, "deferred").reason()).contains("twice");
        set("sendgrid", 1, "");
        assertThat(post.await(id, "sent").provider()).isEqualTo("sendgrid");
    }

    @Test
    void aRateIsKept() throws Exception {
        off("sendgrid");
        set("smtp", 100, "\"perSecond\": 5,");
        var begun = clock.instant();
        var ids = send(20);
        ids.forEach(id -> post.await(id, "sent"));
        // Five at once and, for they aren't advertising, five more; then five a second.
        assertThat(Duration.between(begun, clock.instant())).isGreaterThan(Duration.ofMillis(1_900));
        assertThat(ids.stream().map(ledger::require)).allSatisfy(message -> assertThat(message.attempts()).isOne());
    }

    /** To somebody who has agreed to nothing, so that no journey writes to them as well. */
    private List<Long> send(int many) throws Exception {
        String template = post.template(Channel.EMAIL, "transactional", "Hello");
        var customer = post.somebody(api(), 12, false);
        return IntStream.range(0, many).mapToObj(n -> deliveries.accept(post.request(customer, Channel.EMAIL, template)).messageId()).toList();
    }

    private DeliveryRequest request(Customer customer) {
        return post.request(customer, Channel.EMAIL, post.template(Channel.EMAIL, "transactional", "Hello"));
    }

    private Customer somebody(String domain) throws Exception {
        var customer = post.somebody(api(), 12, false);
        api().postJson("/api/v1/customers", "{\"externalId\": \"%s\", \"email\": \"%s@%s\"}".formatted(customer.externalId(), customer.externalId(), domain));
        return customer;
    }

    private void awaitLeftAlone() {
        Api.await("it is left alone", Duration.ofSeconds(10), () -> provider("sendgrid").get("health").asString().equals("left-alone"));
    }

    private void awaitStates(List<Long> ids, int sent, int atLeast) {
        Awaitility.await(sent + " are sent and " + atLeast + " wait").atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            var states = ids.stream().map(ledger::require).collect(Collectors.groupingBy(Message::status, Collectors.counting()));
            assertThat(states).doesNotContainKey("sending");
            assertThat(states.getOrDefault("sent", 0L)).as("sent of %s", states).isEqualTo(sent);
            assertThat(states.getOrDefault("deferred", 0L)).as("deferred of %s", states).isGreaterThanOrEqualTo(atLeast);
        });
    }

    private long by(String provider, List<Long> ids) {
        return ids.stream().map(ledger::require).filter(message -> provider.equals(message.provider())).count();
    }

    private static int bySendGrid() {
        return SENDGRID.countRequestsMatching(postRequestedFor(urlEqualTo(PATH)).build()).getCount();
    }

    private static void answer(ResponseDefinitionBuilder answer) {
        SENDGRID.resetMappings();
        SENDGRID.stubFor(post(urlEqualTo(PATH)).willReturn(answer));
    }

    private void set(String provider, int weight, String limits) throws Exception {
        put(provider, "{%s \"enabled\": true, \"weight\": %d}".formatted(limits, weight));
    }

    private void off(String provider) throws Exception {
        put(provider, "{\"enabled\": false, \"weight\": 0}");
    }

    private void put(String provider, String settings) throws Exception {
        var answer = api().send("PUT", "/api/v1/providers/" + provider, "application/json", settings);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private JsonNode provider(String name) throws Exception {
        for (JsonNode one : api().get("/api/v1/providers").get("items")) {
            if (one.get("name").asString().equals(name)) {
                return one;
            }
        }
        throw new AssertionError("no " + name);
    }

    private void advance(Duration by) throws Exception {
        api().postJson("/api/v1/clock/advance", "{\"by\": \"" + by + "\"}");
    }

    private Api api() {
        return new Api("http://localhost:" + port, "test-token");
    }
}
