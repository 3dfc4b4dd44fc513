package dev.drover.delivery.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.security.RequestValidator;
import dev.drover.consent.Consents;
import dev.drover.consent.Suppressions;
import dev.drover.delivery.hooks.Shipped.Parcel;
import dev.drover.kernel.BaseUrl;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** Twilio tells what became of a text message, and what people answer. */
@IntegrationTest
class TwilioHookIntegrationTests {

    private static final String TOKEN = "12345678901234567890123456789012";

    @LocalServerPort
    int port;

    @Autowired
    Shipped shipped;

    @Autowired
    ToldIntake intake;

    @Autowired
    HookRefusals refusals;

    @Autowired
    BaseUrl base;

    @Autowired
    Suppressions suppressions;

    @Autowired
    Consents consents;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformClock clock;

    private MockMvc hook;

    @BeforeEach
    void listen() {
        hook = MockMvcBuilders.standaloneSetup(new TwilioHook(new TwilioHookSettings(TOKEN, null), base, intake, refusals)).build();
    }

    @Test
    void statusesMoveTheMessage() throws Exception {
        var text = shipped.text(api());
        for (String status : List.of("queued", "sent", "delivered", "sent")) {
            assertThat(tell(text, status, "").getStatus()).isEqualTo(204);
        }
        shipped.awaitStatus(text, "delivered");
        assertThat(shipped.row(text).get("delivered_at")).isNotNull();
    }

    @Test
    void numberThatIsNoneIsSuppressedAndAPhoneThatIsOffIsNot() throws Exception {
        var dead = shipped.text(api());
        tell(dead, "undelivered", "30005");
        shipped.awaitStatus(dead, "bounced");
        assertThat(suppressions.find(Channel.SMS, dead.address())).get().extracting(Suppressions.Suppression::source).isEqualTo("twilio");
        var off = shipped.text(api());
        tell(off, "undelivered", "30003");
        shipped.awaitStatus(off, "failed");
        assertThat(suppressions.find(Channel.SMS, off.address())).isEmpty();
        for (int n = 2; n <= 5; n++) {
            var next = shipped.again(off.customer(), "twilio", "sms", off.address());
            tell(next, "undelivered", "30003");
            shipped.awaitStatus(next, "failed");
        }
        assertThat(suppressions.find(Channel.SMS, off.address())).get().extracting(Suppressions.Suppression::reason).isEqualTo("soft-bounces");
    }

    @Test
    void filteredTextFailsAndSaysWhy() throws Exception {
        var text = shipped.text(api());
        tell(text, "undelivered", "30007");
        shipped.awaitStatus(text, "failed");
        assertThat(shipped.row(text)).extractingByKey("reason").asString().contains("30007");
        assertThat(suppressions.find(Channel.SMS, text.address())).isEmpty();
        // It was never undelivered after all.
        tell(text, "delivered", "");
        shipped.awaitStatus(text, "delivered");
    }

    @Test
    void refusalBecauseOfAStopWithdrawsConsent() throws Exception {
        var text = shipped.text(api());
        tell(text, "failed", "21610");
        shipped.awaitStatus(text, "failed");
        assertThat(consents.of(text.customerId()).get(Channel.SMS).granted()).isFalse();
    }

    @Test
    void stopWithdrawsConsentOfEverybodyWithTheNumberWithProof() throws Exception {
        var text = shipped.text(api());
        String other = "hooks-" + UUID.randomUUID();
        api().postJson("/api/v1/customers", "{\"externalId\": \"%s\", \"phone\": \"%s\", \"consent\": {\"sms\": true, \"email\": true}}".formatted(other, text.address()));
        long otherId = jdbc.sql("SELECT id FROM customer WHERE external_id = ?").param(other).query(Long.class).single();
        var answer = say(text.address(), " sToP.\n", "", UUID.randomUUID().toString());
        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getContentType()).startsWith("text/xml");
        assertThat(answer.getContentAsString()).contains("<Response><Message>You are unsubscribed");
        awaitConsent(text.customerId(), false);
        awaitConsent(otherId, false);
        assertThat(consents.of(otherId).get(Channel.EMAIL).granted()).isTrue();
        assertThat(jdbc.sql("SELECT source, wording FROM consent_change WHERE customer_id = ? AND NOT granted").param(text.customerId()).query().singleRow())
                .containsEntry("source", "text message").containsEntry("wording", " sToP.\n");
        String start = UUID.randomUUID().toString();
        assertThat(say(text.address(), "Start", "", start).getContentAsString()).contains("again");
        awaitConsent(text.customerId(), true);
        say(text.address(), "stop", "", UUID.randomUUID().toString());
        awaitConsent(text.customerId(), false);
        // Whoever repeats an old START changes nothing.
        say(text.address(), "Start", "", start);
        shipped.awaitApplied(start);
        assertThat(consents.of(text.customerId()).get(Channel.SMS).granted()).isFalse();
    }

    @Test
    void twilioHasAnsweredWhereItReadTheWordItself() throws Exception {
        var text = shipped.text(api());
        assertThat(say(text.address(), "arrêt", "STOP", UUID.randomUUID().toString()).getContentAsString()).endsWith("<Response/>");
        awaitConsent(text.customerId(), false);
        assertThat(say(text.address(), "help", "", UUID.randomUUID().toString()).getContentAsString()).contains("Reply STOP");
        assertThat(say(text.address(), "Please stop by tomorrow", "", UUID.randomUUID().toString()).getContentAsString()).endsWith("<Response/>");
    }

    @Test
    void numberNobodyHasIsKeptAside() throws Exception {
        String id = UUID.randomUUID().toString();
        say(Shipped.number(), "STOP", "", id);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> shipped.state(id).equals("aside"));
    }

    @Test
    void forgedRequestsAreRefused() throws Exception {
        var text = shipped.text(api());
        var form = Map.of("MessageSid", text.reference(), "MessageStatus", "undelivered", "ErrorCode", "30005", "To", text.address());
        assertThat(post("/hooks/twilio", body(form), null).getStatus()).isEqualTo(401);
        assertThat(post("/hooks/twilio", body(form), "AAAA").getStatus()).isEqualTo(403);
        String signature = sign(base.of("/hooks/twilio"), form);
        assertThat(post("/hooks/twilio?message=" + text.mark(), body(form), signature).getStatus()).isEqualTo(403);
        assertThat(post("/hooks/twilio", body(form).replace("30005", "30006"), signature).getStatus()).isEqualTo(403);
        assertThat(post("/hooks/twilio", body(form) + "&Body=STOP", signature).getStatus()).isEqualTo(403);
        assertThat(post("/hooks/twilio", "%zz=1", signature).getStatus()).isEqualTo(400);
        assertThat(post("/hooks/twilio", "a=" + "b".repeat(200_000), signature).getStatus()).isEqualTo(413);
        assertThat(shipped.status(text)).isEqualTo("sent");
    }

    @Test
    void signatureIsTheOneOfTwiliosOwnLibrary() throws Exception {
        var form = Map.of("Body", "Käse & Milch +1", "From", "+31612345678", "MessageSid", "SM1", "Empty", "");
        String url = "https://mail.shop.example/hooks/twilio?message=m1.2";
        String signature = sign(url, form);
        assertThat(new RequestValidator(TOKEN).validate(url, form, signature)).isTrue();
        assertThat(new TwilioSignature(TOKEN).holds(url, form.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, one -> List.of(one.getValue()))), signature)).isTrue();
    }

    private void awaitConsent(long customer, boolean granted) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> consents.of(customer).get(Channel.SMS).granted() == granted);
    }

    private MockHttpServletResponse tell(Parcel text, String status, String code) throws Exception {
        var form = new LinkedHashMap<String, String>();
        form.put("AccountSid", "AC0");
        form.put("MessageSid", text.reference());
        form.put("SmsSid", text.reference());
        form.put("MessageStatus", status);
        form.put("SmsStatus", status);
        form.put("To", text.address());
        form.put("From", "+15005550006");
        if (!code.isEmpty()) {
            form.put("ErrorCode", code);
        }
        String path = "/hooks/twilio?message=" + text.mark();
        return post(path, body(form), sign(base.of(path), form));
    }

    private MockHttpServletResponse say(String from, String text, String optOut, String sid) throws Exception {
        var form = new LinkedHashMap<>(Map.of("MessageSid", sid, "From", from, "To", "+15005550006", "Body", text, "SmsStatus", "received"));
        if (!optOut.isEmpty()) {
            form.put("OptOutType", optOut);
        }
        return post("/hooks/twilio", body(form), sign(base.of("/hooks/twilio"), form));
    }

    private MockHttpServletResponse post(String path, String body, String signature) throws Exception {
        var request = MockMvcRequestBuilders.post(java.net.URI.create(path)).contentType("application/x-www-form-urlencoded; charset=UTF-8").content(body);
        if (signature != null) {
            request.header("X-Twilio-Signature", signature);
        }
        return hook.perform(request).andReturn().getResponse();
    }

    private static String body(Map<String, String> form) {
        return form.entrySet().stream().map(one -> URLEncoder.encode(one.getKey(), StandardCharsets.UTF_8) + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String sign(String url, Map<String, String> form) throws Exception {
        var text = new StringBuilder(url);
        new TreeMap<>(form).forEach((name, value) -> text.append(name).append(value));
        var mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(TOKEN.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        return Base64.getEncoder().encodeToString(mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private Api api() {
        return new Api("http://localhost:" + port, "test-token");
    }
}
