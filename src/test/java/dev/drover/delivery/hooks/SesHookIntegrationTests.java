package dev.drover.delivery.hooks;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.drover.consent.Suppressions;
import dev.drover.delivery.hooks.Shipped.Parcel;
import dev.drover.eventlog.EventLog;
import dev.drover.kernel.Channel;
import dev.drover.kernel.Json;
import dev.drover.kernel.PlatformClock;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** Amazon SNS posts what SES tells, signed with a certificate that was made here and is served where Amazon's would be. */
@IntegrationTest
class SesHookIntegrationTests {

    private static final WireMockServer AMAZON = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
    private static final String TOPIC = "arn:aws:sns:eu-west-1:123456789012:mail";
    private static final String HOST = "https://sns.eu-west-1.amazonaws.com";
    private static final String CERTIFICATE = "/SimpleNotificationService-0123456789abcdef0123456789abcdef.pem";

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
    EventLog events;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformClock clock;

    private final SelfMadeCertificate amazon = SelfMadeCertificate.valid();
    private MockMvc hook;

    @BeforeAll
    static void start() {
        AMAZON.start();
    }

    @AfterAll
    static void stop() {
        AMAZON.stop();
    }

    @BeforeEach
    void listen() {
        AMAZON.resetAll();
        AMAZON.stubFor(get(urlEqualTo(CERTIFICATE)).willReturn(aResponse().withBody(amazon.pem())));
        hook = hook(TOPIC);
    }

    @Test
    void bothShapesAndBothSignaturesAreRead() throws Exception {
        for (String shape : List.of("notificationType", "eventType")) {
            for (String version : List.of("1", "2")) {
                var mail = shipped.mail(api(), "ses");
                assertThat(tell(version, event(shape, "Delivery", mail, "\"delivery\": {\"timestamp\": \"2026-01-01T00:00:00.000Z\", \"recipients\": [\"%s\"], \"smtpResponse\": \"250 ok\"}"
                        .formatted(mail.address()))).getStatus()).isEqualTo(200);
                shipped.awaitStatus(mail, "delivered");
            }
        }
        AMAZON.verify(1, getRequestedFor(urlEqualTo(CERTIFICATE)));
    }

    @Test
    void bouncesAreToldApart() throws Exception {
        var dead = shipped.mail(api(), "ses");
        bounce(dead, "Permanent", "General", "smtp; 550 5.1.1 user unknown");
        shipped.awaitStatus(dead, "bounced");
        assertThat(suppressions.find(Channel.EMAIL, dead.address())).get().extracting(Suppressions.Suppression::source).isEqualTo("ses");
        var wordless = shipped.mail(api(), "ses");
        bounce(wordless, "Permanent", "OnAccountSuppressionList", "");
        shipped.awaitStatus(wordless, "bounced");
        var full = shipped.mail(api(), "ses");
        String id = bounce(full, "Transient", "MailboxFull", "smtp; 552 5.2.2 mailbox full");
        shipped.awaitApplied(id);
        assertThat(shipped.row(full)).containsEntry("status", "sent").containsEntry("reason", "came back: the mailbox is full (5.2.2)");
        // What passes for a bounce may be a note from a holiday: a run of them says nothing.
        var away = shipped.mail(api(), "ses");
        shipped.awaitApplied(bounce(away, "Transient", "General", ""));
        shipped.awaitApplied(bounce(shipped.again(away.customer(), "ses", "email", away.address()), "Undetermined", "Undetermined", ""));
        assertThat(jdbc.sql("SELECT count(*) FROM bounce WHERE address = ? AND counts").param(away.address()).query(Integer.class).single()).isZero();
    }

    @Test
    void complaintSuppressesAndNotSpamDoesNot() throws Exception {
        var mail = shipped.mail(api(), "ses");
        String complaint = "\"complaint\": {\"complainedRecipients\": [{\"emailAddress\": \"Sam <%s>\"}], \"complaintFeedbackType\": \"%s\", \"timestamp\": \"2026-01-01T00:00:00.000Z\"}";
        tell("2", event("notificationType", "Complaint", mail, complaint.formatted(mail.address(), "not-spam")));
        assertThat(suppressions.find(Channel.EMAIL, mail.address())).isEmpty();
        shipped.awaitApplied(tellOne(event("notificationType", "Complaint", mail, complaint.formatted(mail.address(), "abuse"))));
        assertThat(suppressions.find(Channel.EMAIL, mail.address())).get().extracting(Suppressions.Suppression::reason).isEqualTo("complaint");
        assertThat(events.byId("message.complained:" + mail.id())).isPresent();
    }

    @Test
    void rejectFailsDelayIsNotedSendResolves() throws Exception {
        var virus = shipped.mail(api(), "ses");
        tell("1", event("eventType", "Reject", virus, "\"reject\": {\"reason\": \"Bad content\"}"));
        shipped.awaitStatus(virus, "failed");
        var slow = shipped.mail(api(), "ses");
        shipped.awaitApplied(tellOne(event("eventType", "DeliveryDelay", slow, """
                "deliveryDelay": {"timestamp": "2026-01-01T00:00:00.000Z", "delayType": "TransientCommunicationFailure",
                 "delayedRecipients": [{"emailAddress": "%s", "status": "4.4.1", "diagnosticCode": "smtp; 421 4.4.1 Unable to connect to remote host"}]}""".formatted(slow.address()))));
        assertThat(shipped.row(slow)).extractingByKey("reason").asString().startsWith("still under way: ");
        var unknown = shipped.mail(api(), "ses");
        shipped.becomes(unknown, "unknown");
        tell("2", event("eventType", "Send", unknown, "\"send\": {}"));
        shipped.awaitStatus(unknown, "sent");
        assertThat(tell("2", event("eventType", "Open", unknown, "\"open\": {}")).getStatus()).isEqualTo(200);
        assertThat(tell("2", "Successfully validated SNS topic for Amazon SES event publishing.").getStatus()).isEqualTo(200);
    }

    @Test
    void sameNotificationTwiceIsOneAndLateDeliveryUndoesNoBounce() throws Exception {
        var mail = shipped.mail(api(), "ses");
        String body = signed(envelope("Notification", bounceEvent(mail, "Permanent", "General", "smtp; 550 5.1.1 no such user")), "2", amazon);
        assertThat(send(body).getStatus()).isEqualTo(200);
        assertThat(send(body).getStatus()).isEqualTo(200);
        shipped.awaitStatus(mail, "bounced");
        shipped.awaitApplied(tellOne(event("eventType", "Delivery", mail, "\"delivery\": {\"recipients\": [\"%s\"]}".formatted(mail.address()))));
        assertThat(shipped.status(mail)).isEqualTo("bounced");
        assertThat(jdbc.sql("SELECT count(*) FROM bounce WHERE message_id = ?").param(mail.id()).query(Integer.class).single()).isOne();
    }

    @Test
    void forgedAndAlteredNotificationsAreRefused() throws Exception {
        var mail = shipped.mail(api(), "ses");
        var envelope = envelope("Notification", bounceEvent(mail, "Permanent", "General", "smtp; 550 5.1.1 no such user"));
        String genuine = signed(envelope, "2", amazon);
        assertThat(send(genuine.replace("no such user", "no such USER")).getStatus()).isEqualTo(403);
        assertThat(send(signed(envelope, "2", SelfMadeCertificate.valid())).getStatus()).isEqualTo(403);
        assertThat(send(genuine.replace("\"SignatureVersion\":\"2\"", "\"SignatureVersion\":\"1\"")).getStatus()).isEqualTo(403);
        assertThat(send(genuine.replace("\"SignatureVersion\":\"2\"", "\"SignatureVersion\":\"3\"")).getStatus()).isEqualTo(403);
        var unsigned = new LinkedHashMap<>(envelope);
        assertThat(send(Json.write(unsigned)).getStatus()).isEqualTo(401);
        var elsewhere = new LinkedHashMap<>(envelope);
        elsewhere.put("TopicArn", "arn:aws:sns:eu-west-1:999999999999:mail");
        assertThat(send(signed(elsewhere, "2", amazon)).getStatus()).isEqualTo(403);
        assertThat(shipped.status(mail)).isEqualTo("sent");
        assertThat(hook("").perform(post("/hooks/ses").content(genuine)).andReturn().getResponse().getStatus()).isEqualTo(403);
    }

    @Test
    void certificateOfAnotherHostIsNotEvenFetched() throws Exception {
        var envelope = envelope("Notification", "{}");
        for (String url : List.of("https://sns.eu-west-1.amazonaws.com.evil.example" + CERTIFICATE, "https://evil.example" + CERTIFICATE, "http://sns.eu-west-1.amazonaws.com" + CERTIFICATE,
                "https://bucket.s3.amazonaws.com" + CERTIFICATE, "https://sns.eu-west-1.amazonaws.com/evil.pem", HOST + CERTIFICATE + "?x=.pem", HOST + "/a/../" + CERTIFICATE,
                "https://sns.us-east-1.amazonaws.com" + CERTIFICATE, "https://user@sns.eu-west-1.amazonaws.com" + CERTIFICATE, "https://sns.eu-west-1.amazonaws.com:8443" + CERTIFICATE,
                "", "file:///etc/passwd", "https://sns.eu-west-1.amazonaws.com@evil.example" + CERTIFICATE, "https://SNS.eu-west-1.amazonaws.com\\@evil.example" + CERTIFICATE)) {
            var moved = new LinkedHashMap<>(envelope);
            moved.put("SigningCertURL", url);
            assertThat(send(signed(moved, "2", amazon)).getStatus()).as(url).isEqualTo(403);
        }
        assertThat(AMAZON.getAllServeEvents()).isEmpty();
    }

    @Test
    void expiredCertificateIsRefusedAndMissingOneIsAskedForAgain() throws Exception {
        var old = SelfMadeCertificate.expired();
        AMAZON.stubFor(get(urlEqualTo(CERTIFICATE)).willReturn(aResponse().withBody(old.pem())));
        assertThat(send(signed(envelope("Notification", "{}"), "2", old)).getStatus()).isEqualTo(403);
        hook = hook(TOPIC);
        AMAZON.stubFor(get(urlEqualTo(CERTIFICATE)).willReturn(aResponse().withStatus(500)));
        assertThat(send(signed(envelope("Notification", "{}"), "2", amazon)).getStatus()).isEqualTo(503);
        AMAZON.stubFor(get(urlEqualTo(CERTIFICATE)).willReturn(aResponse().withStatus(302).withHeader("Location", "http://169.254.169.254/")));
        assertThat(send(signed(envelope("Notification", "{}"), "2", amazon)).getStatus()).isEqualTo(503);
        AMAZON.stubFor(get(urlEqualTo(CERTIFICATE)).willReturn(aResponse().withBody("no certificate")));
        assertThat(send(signed(envelope("Notification", "{}"), "2", amazon)).getStatus()).isEqualTo(403);
        AMAZON.stubFor(get(urlEqualTo(CERTIFICATE)).willReturn(aResponse().withBody(amazon.pem())));
        assertThat(send(signed(envelope("Notification", "{}"), "2", amazon)).getStatus()).isEqualTo(200);
        // Nobody makes us fetch without end.
        int refused = 0;
        for (int n = 0; n < 12; n++) {
            var other = envelope("Notification", "{}");
            other.put("SigningCertURL", HOST + "/SimpleNotificationService-" + n + ".pem");
            refused = send(signed(other, "2", amazon)).getStatus();
        }
        assertThat(refused).isEqualTo(503);
        assertThat(AMAZON.getAllServeEvents()).hasSizeLessThanOrEqualTo(12);
    }

    @Test
    void subscriptionIsConfirmedAtAmazonOnly() throws Exception {
        AMAZON.stubFor(get(com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo("/")).willReturn(aResponse().withBody("<ConfirmSubscriptionResponse/>")));
        String query = "/?Action=ConfirmSubscription&TopicArn=" + TOPIC + "&Token=abc";
        var envelope = envelope("SubscriptionConfirmation", "You have chosen to subscribe");
        envelope.put("Token", "abc");
        envelope.put("SubscribeURL", HOST + query);
        assertThat(send(signed(envelope, "1", amazon)).getStatus()).isEqualTo(200);
        AMAZON.verify(1, getRequestedFor(urlEqualTo(query)));
        for (String url : List.of("https://evil.example" + query, "http://169.254.169.254/latest", HOST + "/?Action=Publish&TopicArn=" + TOPIC)) {
            envelope.put("SubscribeURL", url);
            assertThat(send(signed(envelope, "2", amazon)).getStatus()).as(url).isEqualTo(403);
        }
        AMAZON.verify(1, getRequestedFor(com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo("/")));
    }

    @Test
    void whatIsNoEnvelopeIsRefused() throws Exception {
        for (String body : List.of("", "[]", "text", "{\"a\":", "{".repeat(3_000))) {
            assertThat(send(body).getStatus()).as(body).isEqualTo(400);
        }
        assertThat(send("x".repeat((1 << 20) + 1)).getStatus()).isEqualTo(413);
        assertThat(send("{\"Signature\": {\"a\": 1}, \"TopicArn\": [1]}").getStatus()).isEqualTo(401);
    }

    @Test
    void topicThatIsNoneStopsTheStart() {
        assertThatThrownBy(() -> new SesHookSettings(List.of("arn:aws:s3:::mail"), null)).hasMessageContaining("DROVER_SES_TOPIC_ARN");
        assertThatThrownBy(() -> new SesHookSettings(List.of(), "http://certificates.example")).hasMessageContaining("DROVER_SES_SNS_ENDPOINT");
    }

    private String bounce(Parcel mail, String type, String sub, String words) throws Exception {
        return tellOne(bounceEvent(mail, type, sub, words));
    }

    private static String bounceEvent(Parcel mail, String type, String sub, String words) {
        return event("eventType", "Bounce", mail, """
                "bounce": {"bounceType": "%s", "bounceSubType": "%s", "timestamp": "2026-01-01T00:00:00.000Z", "feedbackId": "f",
                 "bouncedRecipients": [{"emailAddress": "%s", "action": "failed"%s}]}""".formatted(type, sub, mail.address(), words.isEmpty() ? "" : ", \"diagnosticCode\": \"" + words + "\""));
    }

    private static String event(String shape, String type, Parcel mail, String part) {
        return """
                {"%s": "%s", "mail": {"timestamp": "2026-01-01T00:00:00.000Z", "messageId": "%s", "source": "shop@shop.example", "destination": ["%s"]%s}, %s}""".formatted(shape, type,
                mail.reference(), mail.address(), shape.equals("eventType") ? ", \"tags\": {\"drover_message\": [\"" + mail.id() + "\"], \"ses:from-domain\": [\"shop.example\"]}" : "", part);
    }

    private String tellOne(String event) throws Exception {
        var envelope = envelope("Notification", event);
        assertThat(send(signed(envelope, "2", amazon)).getStatus()).isEqualTo(200);
        return envelope.get("MessageId");
    }

    private MockHttpServletResponse tell(String version, String event) throws Exception {
        return send(signed(envelope("Notification", event), version, amazon));
    }

    private Map<String, String> envelope(String type, String message) {
        var envelope = new LinkedHashMap<String, String>();
        envelope.put("Type", type);
        envelope.put("MessageId", UUID.randomUUID().toString());
        envelope.put("TopicArn", TOPIC);
        envelope.put("Message", message);
        envelope.put("Timestamp", "2026-11-24T10:00:00.000Z");
        envelope.put("SigningCertURL", HOST + CERTIFICATE);
        return envelope;
    }

    /** As Amazon's documentation has it. */
    private static String signed(Map<String, String> envelope, String version, SelfMadeCertificate by) throws Exception {
        var text = new StringBuilder();
        for (String name : List.of("Message", "MessageId", "Subject", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")) {
            if (envelope.containsKey(name)) {
                text.append(name).append("\n").append(envelope.get(name)).append("\n");
            }
        }
        var signature = Signature.getInstance(version.equals("1") ? "SHA1withRSA" : "SHA256withRSA");
        signature.initSign(by.keys().getPrivate());
        signature.update(text.toString().getBytes(StandardCharsets.UTF_8));
        var signed = new LinkedHashMap<>(envelope);
        signed.put("SignatureVersion", version);
        signed.put("Signature", Base64.getEncoder().encodeToString(signature.sign()));
        return Json.write(signed);
    }

    private MockHttpServletResponse send(String body) throws Exception {
        return hook.perform(post("/hooks/ses").contentType("text/plain; charset=UTF-8").content(body.getBytes(StandardCharsets.UTF_8))).andReturn().getResponse();
    }

    private MockMvc hook(String topic) {
        var settings = new SesHookSettings(List.of(topic), AMAZON.baseUrl());
        var line = new SnsLine(settings, clock);
        return MockMvcBuilders.standaloneSetup(new SesHook(settings, new SnsSignature(line), line, intake, refusals)).build();
    }

    private Api api() {
        return new Api("http://localhost:" + port, "test-token");
    }
}
