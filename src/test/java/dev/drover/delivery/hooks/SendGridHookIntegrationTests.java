package dev.drover.delivery.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.drover.consent.Consents;
import dev.drover.consent.Suppressions;
import dev.drover.delivery.hooks.Shipped.Parcel;
import dev.drover.eventlog.EventLog;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** SendGrid tells, signed with a key that was made here, as its documentation says. */
@IntegrationTest
class SendGridHookIntegrationTests {

    private static final KeyPair KEYS = keys("secp256r1");

    @LocalServerPort
    int port;

    @Autowired
    Shipped shipped;

    @Autowired
    ToldIntake intake;

    @Autowired
    HookRefusals refusals;

    @Autowired
    Suppressions suppressions;

    @Autowired
    Consents consents;

    @Autowired
    EventLog events;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformClock clock;

    private MockMvc hook;

    @BeforeEach
    void listen() {
        hook = hook(Duration.ofMinutes(10));
    }

    @Test
    void deliveredMailIsDelivered() throws Exception {
        var mail = shipped.mail(api(), "sendgrid");
        assertThat(tell(event(mail, "processed"), event(mail, "delivered")).getStatus()).isEqualTo(200);
        shipped.awaitStatus(mail, "delivered");
        assertThat(shipped.row(mail).get("delivered_at")).isNotNull();
        assertThat(events.byId("message.delivered:" + mail.id()).orElseThrow().properties()).containsEntry("channel", "email").doesNotContainValue(mail.address());
    }

    @Test
    void hardBounceSuppressesAtOnceAndDeliveredDoesNotUndoIt() throws Exception {
        var mail = shipped.mail(api(), "sendgrid");
        tell(event(mail, "bounce", "\"type\": \"bounce\", \"status\": \"5.0.0\", \"reason\": \"500 unknown recipient\""));
        shipped.awaitStatus(mail, "bounced");
        assertThat(suppressions.find(Channel.EMAIL, mail.address())).get().extracting(Suppressions.Suppression::source).isEqualTo("sendgrid");
        assertThat(events.byId("message.bounced:" + mail.id())).isPresent();
        String late = tellOne(mail, "delivered", "");
        shipped.awaitApplied(late);
        assertThat(shipped.status(mail)).isEqualTo("bounced");
    }

    @Test
    void blockedMailSuppressesNobody() throws Exception {
        var mail = shipped.mail(api(), "sendgrid");
        String id = tellOne(mail, "bounce", "\"type\": \"blocked\", \"status\": \"5.7.1\", \"reason\": \"550 5.7.1 Our system has detected that this message is likely unsolicited mail\"");
        shipped.awaitApplied(id);
        assertThat(shipped.row(mail)).containsEntry("status", "sent").extractingByKey("reason").asString().startsWith("came back: it looks like spam");
        assertThat(suppressions.find(Channel.EMAIL, mail.address())).isEmpty();
    }

    @Test
    void deferralIsNotedAndRunOfReturnsSuppresses() throws Exception {
        var first = shipped.mail(api(), "sendgrid");
        String id = tellOne(first, "deferred", "\"response\": \"452 4.2.2 mailbox full\", \"attempt\": \"5\"");
        shipped.awaitApplied(id);
        assertThat(shipped.row(first)).extractingByKey("reason").isEqualTo("still under way: the mailbox is full (4.2.2)");
        for (int n = 1; n <= 5; n++) {
            var mail = shipped.again(first.customer(), "sendgrid", "email", first.address());
            shipped.awaitApplied(tellOne(mail, "bounce", "\"type\": \"blocked\", \"reason\": \"452 4.2.2 mailbox full\""));
            assertThat(suppressions.find(Channel.EMAIL, first.address()).isPresent()).as("after %d", n).isEqualTo(n == 5);
        }
    }

    @Test
    void complaintSuppressesAndUnsubscribeWithdraws() throws Exception {
        var complained = shipped.mail(api(), "sendgrid");
        shipped.awaitApplied(tellOne(complained, "spamreport", ""));
        assertThat(suppressions.find(Channel.EMAIL, complained.address())).get().extracting(Suppressions.Suppression::reason).isEqualTo("complaint");
        assertThat(events.byId("message.complained:" + complained.id())).isPresent();
        assertThat(consents.of(complained.customerId()).get(Channel.EMAIL).granted()).as("to complain is to say no").isFalse();
        var left = shipped.mail(api(), "sendgrid");
        assertThat(consents.of(left.customerId()).get(Channel.EMAIL).granted()).isTrue();
        shipped.awaitApplied(tellOne(left, "group_unsubscribe", "\"asm_group_id\": 10"));
        assertThat(consents.of(left.customerId()).get(Channel.EMAIL).granted()).isFalse();
        assertThat(suppressions.find(Channel.EMAIL, left.address())).isEmpty();
    }

    @Test
    void droppedMailFails() throws Exception {
        var mail = shipped.mail(api(), "sendgrid");
        shipped.awaitApplied(tellOne(mail, "dropped", "\"reason\": \"Spam Content\""));
        assertThat(shipped.row(mail)).containsEntry("status", "failed").containsEntry("reason", "the provider refused it: Spam Content");
        var dead = shipped.mail(api(), "sendgrid");
        shipped.awaitApplied(tellOne(dead, "dropped", "\"reason\": \"Bounced Address\""));
        assertThat(shipped.status(dead)).isEqualTo("bounced");
        assertThat(suppressions.find(Channel.EMAIL, dead.address())).isPresent();
    }

    @Test
    void processedTellsWhatBecameOfOneInFlightAtACrash() throws Exception {
        var mail = shipped.mail(api(), "sendgrid");
        shipped.becomes(mail, "unknown");
        tell(event(mail, "processed"));
        shipped.awaitStatus(mail, "sent");
    }

    @Test
    void sameEventTwiceIsOne() throws Exception {
        var mail = shipped.mail(api(), "sendgrid");
        String bounce = event(mail, "bounce", "\"type\": \"bounce\", \"reason\": \"550 5.1.1 no such user\"");
        tell(bounce, bounce);
        shipped.awaitStatus(mail, "bounced");
        tell(bounce);
        assertThat(jdbc.sql("SELECT count(*) FROM provider_event WHERE message_id = ?").param(mail.id()).query(Integer.class).single()).isOne();
        assertThat(jdbc.sql("SELECT count(*) FROM bounce WHERE message_id = ?").param(mail.id()).query(Integer.class).single()).isOne();
        // Nothing of the person stays where it isn't needed any more.
        assertThat(jdbc.sql("SELECT count(*) FROM provider_event WHERE message_id = ? AND raw IS NULL AND told IS NULL").param(mail.id()).query(Integer.class).single()).isOne();
    }

    @Test
    void opensAndClicksAreLeftToOurOwnTracking() throws Exception {
        var mail = shipped.mail(api(), "sendgrid");
        assertThat(tell(event(mail, "open", "\"sg_machine_open\": true"), event(mail, "click", "\"url\": \"https://shop.example/\"")).getStatus()).isEqualTo(200);
        assertThat(jdbc.sql("SELECT count(*) FROM provider_event WHERE told->>'address' = ?").param(mail.address()).query(Integer.class).single()).isZero();
        assertThat(jdbc.sql("SELECT count(*) FROM engagement WHERE message_id = ?").param(mail.id()).query(Integer.class).single()).isZero();
    }

    @Test
    void messageIsFoundByProvidersIdAlone() throws Exception {
        var mail = shipped.mail(api(), "sendgrid");
        tell("""
                {"email": "%s", "event": "delivered", "timestamp": 1, "sg_event_id": "%s", "sg_message_id": "%s.filter0001.16648.5515E0B88.0"}""".formatted(mail.address().toUpperCase(),
                UUID.randomUUID(), mail.reference()));
        shipped.awaitStatus(mail, "delivered");
    }

    @Test
    void eventOfAnotherInstallationIsKeptAside() throws Exception {
        var mail = shipped.mail(api(), "sendgrid");
        String id = UUID.randomUUID().toString();
        // The same number, as any installation has one; not our id of it, nor SendGrid's.
        tell("""
                {"email": "%s", "event": "bounce", "type": "bounce", "reason": "550 5.1.1 no", "timestamp": 1700000000, "sg_event_id": "%s", "drover_message": "%d",
                 "sg_message_id": "other.filter", "smtp-id": "<m%d.abc@elsewhere.example>"}""".formatted(mail.address(), id, mail.id(), mail.id()));
        awaitAside(id);
        assertThat(shipped.status(mail)).isEqualTo("sent");
        assertThat(suppressions.find(Channel.EMAIL, mail.address())).isEmpty();
        // About somebody else than we wrote to.
        String other = UUID.randomUUID().toString();
        tell(event(mail, "bounce", "\"type\": \"bounce\", \"sg_event_id\": \"" + other + "\"").replace(mail.address(), "victim@example.org"));
        awaitAside(other);
        assertThat(suppressions.find(Channel.EMAIL, "victim@example.org")).isEmpty();
        assertThat(jdbc.sql("SELECT raw FROM provider_event WHERE event_id = ?").param(id).query(String.class).single()).contains(mail.address());
    }

    @Test
    void forgedAlteredAndOldRequestsAreRefused() throws Exception {
        var mail = shipped.mail(api(), "sendgrid");
        String body = "[" + event(mail, "bounce", "\"type\": \"bounce\"") + "]";
        String now = now();
        assertThat(send(hook, body, now, sign(KEYS, now, body + " ")).getStatus()).isEqualTo(403);
        assertThat(send(hook, body, "1" + now, sign(KEYS, now, body)).getStatus()).isEqualTo(403);
        assertThat(send(hook, body, now, sign(keys("secp256r1"), now, body)).getStatus()).isEqualTo(403);
        assertThat(send(hook, body, now, "not base64!").getStatus()).isEqualTo(403);
        assertThat(send(hook, body, now, "").getStatus()).isEqualTo(403);
        assertThat(send(hook, body, null, null).getStatus()).isEqualTo(401);
        String old = Long.toString(Long.parseLong(now) - 601);
        assertThat(send(hook, body, old, sign(KEYS, old, body)).getStatus()).isEqualTo(403);
        String future = Long.toString(Long.parseLong(now) + 660);
        assertThat(send(hook, body, future, sign(KEYS, future, body)).getStatus()).isEqualTo(403);
        assertThat(shipped.status(mail)).isEqualTo("sent");
        assertThat(jdbc.sql("SELECT count(*) FROM provider_event WHERE told->>'address' = ?").param(mail.address()).query(Integer.class).single()).isZero();
        // Any age, where the setting says so.
        assertThat(send(hook(Duration.ZERO), body, old, sign(KEYS, old, body)).getStatus()).isEqualTo(200);
        shipped.awaitStatus(mail, "bounced");
    }

    @Test
    void whatIsNoListOfEventsIsRefusedAndNothingBreaks() throws Exception {
        for (String body : List.of("", "not json", "{}", "[".repeat(5_000))) {
            assertThat(signed(body).getStatus()).as(body.substring(0, Math.min(20, body.length()))).isEqualTo(400);
        }
        String strange = UUID.randomUUID().toString();
        String body = """
                [null, 1, [], {}, {"event": "delivered"}, {"event": {"a": 1}}, {"event": "teleported", "email": "a@example.org"},
                 {"event": "delivered", "email": "nul\\u0000@example.org \\ud800", "sg_event_id": "%s", "timestamp": -99999999999999999, "drover_message": "99999999999999999999",
                  "smtp-id": "<m999999999999999999.zzzzzzzzzzzz@x>", "reason": ["list"]}]""".formatted(strange);
        assertThat(signed(body).getStatus()).isEqualTo(200);
        awaitAside(strange);
        assertThat(signed("[\"" + "x".repeat(4 << 20) + "\"]").getStatus()).isEqualTo(413);
    }

    @Test
    void thousandEventsAtOnceAreAllApplied() throws Exception {
        var first = shipped.mail(api(), "sendgrid");
        var mails = java.util.stream.IntStream.range(0, 500).mapToObj(n -> shipped.again(first.customer(), "sendgrid", "email", first.address())).toList();
        String body = mails.stream().flatMap(mail -> List.of(event(mail, "processed"), event(mail, "delivered")).stream()).collect(Collectors.joining(",", "[", "]"));
        assertThat(signed(body).getStatus()).isEqualTo(200);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> jdbc.sql("SELECT count(*) FROM message WHERE customer_id = ? AND status = 'delivered'")
                .param(first.customerId()).query(Integer.class).single() == 500);
    }

    @Test
    void publicPathNeedsNoLogInAndRefusesWhereNoKeyIsSet() throws Exception {
        var answer = java.net.http.HttpClient.newHttpClient().send(java.net.http.HttpRequest.newBuilder(java.net.URI.create("http://localhost:" + port + "/hooks/sendgrid"))
                .header("Content-Type", "application/json").POST(java.net.http.HttpRequest.BodyPublishers.ofString("[]")).build(), java.net.http.HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("DROVER_SENDGRID_WEBHOOK_KEY");
    }

    private void awaitAside(String id) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            shipped.hurry(id);
            return shipped.state(id).equals("aside");
        });
    }

    private MockMvc hook(Duration window) {
        var settings = new SendGridHookSettings(Base64.getEncoder().encodeToString(KEYS.getPublic().getEncoded()), window);
        return MockMvcBuilders.standaloneSetup(new SendGridHook(settings, intake, refusals, clock)).build();
    }

    private String tellOne(Parcel mail, String event, String more) throws Exception {
        String id = UUID.randomUUID().toString();
        assertThat(tell(event(mail, event, "\"sg_event_id\": \"" + id + "\"" + (more.isEmpty() ? "" : ", " + more))).getStatus()).isEqualTo(200);
        return id;
    }

    private MockHttpServletResponse tell(String... all) throws Exception {
        return signed("[" + String.join(",\r\n", all) + "]\r\n");
    }

    private MockHttpServletResponse signed(String body) throws Exception {
        return send(hook, body, now(), sign(KEYS, now(), body));
    }

    private static MockHttpServletResponse send(MockMvc hook, String body, String timestamp, String signature) throws Exception {
        var request = post("/hooks/sendgrid").contentType("application/json").content(body.getBytes(StandardCharsets.UTF_8));
        if (timestamp != null) {
            request.header("X-Twilio-Email-Event-Webhook-Timestamp", timestamp).header("X-Twilio-Email-Event-Webhook-Signature", signature);
        }
        return hook.perform(request).andReturn().getResponse();
    }

    /** By the machine's clock. */
    private String now() {
        return Long.toString(clock.instant().minus(clock.offset()).getEpochSecond());
    }

    private static String event(Parcel mail, String event) {
        return event(mail, event, "");
    }

    private static String event(Parcel mail, String event, String more) {
        return """
                {"email": "%s", "timestamp": %d, "event": "%s", "smtp-id": "<%s@shop.example>", "category": ["drover"], "drover_message": "%d",
                 "sg_message_id": "%s.recvd-5f68d4c8-0"%s%s}""".formatted(mail.address(), System.currentTimeMillis() / 1_000, event, mail.mark(), mail.id(), mail.reference(),
                more.contains("sg_event_id") ? "" : ", \"sg_event_id\": \"" + UUID.randomUUID() + "\"", more.isEmpty() ? "" : ", " + more);
    }

    private static String sign(KeyPair keys, String timestamp, String body) {
        try {
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update((timestamp + body).getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair keys(String curve) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private Api api() {
        return new Api("http://localhost:" + port, "test-token");
    }
}
