package dev.drover.delivery.email;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.drover.delivery.ChannelProvider;
import dev.drover.delivery.ChannelProvider.Outbound;
import dev.drover.delivery.ChannelProvider.Result;
import dev.drover.delivery.HttpProviderContract;
import dev.drover.delivery.MessageContent;
import dev.drover.delivery.Sender;
import dev.drover.delivery.Surroundings;
import dev.drover.kernel.Channel;
import dev.drover.kernel.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that speaks as SendGrid's documentation says. */
class SendGridProviderTests implements HttpProviderContract {

    private static final AtomicLong IDS = new AtomicLong(1);
    private static final WireMockServer SERVER = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

    private ChannelProvider provider = at("http://127.0.0.1:1", PATIENT);

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    @BeforeEach
    void speakAsSendGrid() {
        SERVER.resetAll();
        // It wants a subject, and no empty part.
        SERVER.stubFor(post(urlEqualTo(path())).withHeader("Authorization", equalTo("Bearer SG.key")).withHeader("Content-Type", containing("application/json"))
                .withRequestBody(matchingJsonPath("$.personalizations[0].to[0].email")).withRequestBody(matchingJsonPath("$.from.email"))
                .withRequestBody(matchingJsonPath("$.subject", matching("(?s).+"))).withRequestBody(matchingJsonPath("$.content[0].value", matching("(?s).+")))
                .willReturn(aResponse().withStatus(202).withHeader("X-Message-Id", "14c5d75ce93.dfd.64b469")));
        provider = at(SERVER.baseUrl(), PATIENT);
    }

    @Override
    public WireMockServer server() {
        return SERVER;
    }

    @Override
    public String path() {
        return "/v3/mail/send";
    }

    @Override
    public ChannelProvider at(String url, Duration answer) {
        return new SendGridProvider(new SendGridSettings("SG.key", url, PATIENT, answer), Surroundings.CLOCK);
    }

    @Override
    public ChannelProvider provider() {
        return provider;
    }

    @Override
    public Outbound outbound(MessageContent content) {
        return mail("sam@example.org", content, "Meadow & Churn Dairy", "hello@meadow.example", "care@meadow.example");
    }

    @Override
    public int received(Outbound message) {
        return SERVER.countRequestsMatching(postRequestedFor(urlEqualTo(path()))
                .withRequestBody(matchingJsonPath("$.custom_args.drover_message", equalTo(Long.toString(message.id())))).build()).getCount();
    }

    @Test
    void allOfTheMailArrives() {
        var message = outbound(new MessageContent("Grüße aus dem Polder", null, "<p>Käse &amp; Milch</p>", "Käse & Milch",
                Map.of("List-Unsubscribe", "<http://localhost/u/abc>", "List-Unsubscribe-Post", "List-Unsubscribe=One-Click", "X-Käse", "x", "X-Note", "Käse")));
        assertThat(provider.send(message)).isEqualTo(new Result.Taken("14c5d75ce93.dfd.64b469"));
        SERVER.verify(postRequestedFor(urlEqualTo(path())).withRequestBody(equalToJson("""
                {"from": {"email": "hello@meadow.example", "name": "Meadow & Churn Dairy"}, "reply_to": {"email": "care@meadow.example"},
                 "personalizations": [{"to": [{"email": "sam@example.org"}]}], "subject": "Grüße aus dem Polder",
                 "content": [{"type": "text/plain", "value": "Käse & Milch"}, {"type": "text/html", "value": "<p>Käse &amp; Milch</p>"}],
                 "headers": {"List-Unsubscribe": "<http://localhost/u/abc>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                             "X-Note": "=?UTF-8?Q?K=C3=A4se?=", "Message-ID": "%s"},
                 "custom_args": {"drover_message": "%d"}, "categories": ["drover", "sender-main"],
                 "tracking_settings": {"click_tracking": {"enable": false, "enable_text": false}, "open_tracking": {"enable": false},
                                       "subscription_tracking": {"enable": false}}}""".formatted(message.messageId(), message.id()))));
    }

    @Test
    void aLineBreakInANameOrSubjectIsNoHeader() {
        provider.send(mail("sam@example.org", new MessageContent("Hi\r\nBcc: a@example.org", null, null, "text",
                Map.of("X-Note", "one\r\nX-Two: two", "X-Bad\r\nX-Three", "three", "bcc", "a@example.org", "Reply-To", "b@example.org")), "Meadow\r\nX-Four: four",
                "hello@meadow.example", null));
        var sent = Json.map(SERVER.getAllServeEvents().getFirst().getRequest().getBodyAsString());
        assertThat(sent).containsEntry("subject", "Hi Bcc: a@example.org").containsEntry("from", Map.of("email", "hello@meadow.example", "name", "Meadow X-Four: four"))
                .doesNotContainKey("reply_to");
        assertThat((Map<?, ?>) sent.get("headers")).hasSize(2).extracting("X-Note").isEqualTo("one X-Two: two");
    }

    @Test
    void anAddressThatIsNoneIsRefusedForGoodAndOursIsOurMistake() {
        for (String address : List.of("sam", "sam@", "sam@example.org\r\nRCPT TO:<x@example.org>", "a b@example.org", "@example.org", "sam@example.org, x@example.org")) {
            assertThat(provider.send(mail(address, content(), "Meadow", "hello@meadow.example", null))).as(address).isInstanceOf(Result.Permanent.class);
        }
        assertThat(provider.send(mail("sam@example.org", content(), "Meadow", "hello", null))).isInstanceOf(Result.Temporary.class);
        assertThat(provider.send(mail("sam@example.org", content(), "Meadow", "hello@meadow.example", "care"))).isInstanceOf(Result.Temporary.class);
        assertThat(SERVER.getAllServeEvents()).isEmpty();
    }

    @Test
    void itsAnswersTellWhoIsToBlame() throws Exception {
        assertThat(refused(400, "personalizations.0.to.0.email", "Does not contain a valid address.")).isInstanceOfSatisfying(Result.Permanent.class,
                result -> assertThat(result.reason()).contains("valid address"));
        assertThat(refused(400, "from.email", "The from email does not contain a valid address.")).isInstanceOfSatisfying(Result.Temporary.class,
                result -> assertThat(result.reason()).contains("DROVER_SENDGRID_API_KEY"));
        assertThat(refused(400, "headers.x", "The header is reserved")).isInstanceOfSatisfying(Result.Permanent.class,
                result -> assertThat(result.reason()).contains("headers.x"));
        assertThat(refused(400, null, "Bad Request")).isInstanceOf(Result.Temporary.class);
        assertThat(refused(401, null, "The provided authorization grant is invalid, expired, or revoked")).isInstanceOfSatisfying(Result.Temporary.class,
                result -> assertThat(result.reason()).contains("DROVER_SENDGRID_API_KEY").contains("revoked"));
        assertThat(refused(403, "from", "The from address does not match a verified Sender Identity.")).isInstanceOfSatisfying(Result.Temporary.class,
                result -> assertThat(result.reason()).contains("verified Sender Identity"));
        assertThat(refused(413, null, "Payload too large")).isInstanceOf(Result.Permanent.class);
        assertThat(refused(429, null, "too many requests")).isInstanceOfSatisfying(Result.Temporary.class, result -> assertThat(result.reason()).contains("slow down"));
        assertThat(refused(503, null, "unavailable")).isInstanceOf(Result.Temporary.class);
    }

    @Test
    void withoutAnIdOfItsOwnOursIsTheReference() throws Exception {
        SERVER.stubFor(post(urlEqualTo(path())).atPriority(1).willReturn(aResponse().withStatus(202)));
        var message = outbound(content());
        assertThat(provider.send(message)).isEqualTo(new Result.Taken(message.messageId()));
    }

    @Test
    void existsOnlyWhereAKeyIsGiven() {
        Surroundings.with(SendGridConfiguration.class).run(context -> assertThat(context).doesNotHaveBean(ChannelProvider.class));
        Surroundings.with(SendGridConfiguration.class, "DROVER_SENDGRID_API_KEY", "").run(context -> assertThat(context).doesNotHaveBean(ChannelProvider.class));
        Surroundings.with(SendGridConfiguration.class, "DROVER_SENDGRID_API_KEY", "SG.key", "DROVER_SENDGRID_URL", "https://api.eu.sendgrid.com").run(context -> {
            assertThat(context).hasSingleBean(ChannelProvider.class);
            assertThat(context.getBean(SendGridSettings.class)).hasToString("SendGrid at https://api.eu.sendgrid.com");
        });
        Surroundings.with(SendGridConfiguration.class, "DROVER_SENDGRID_API_KEY", "two words")
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("DROVER_SENDGRID_API_KEY").hasMessageNotContaining("two words"));
    }

    @Test
    void aTimeOutThatIsNoneOrOutlastsTheLeaseStopsTheStart() {
        for (String answer : List.of("0s", "-1s", "61s", "PT10M")) {
            Surroundings.with(SendGridConfiguration.class, "DROVER_SENDGRID_API_KEY", "SG.key", "DROVER_SENDGRID_ANSWER_TIMEOUT", answer)
                    .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("DROVER_SENDGRID_ANSWER_TIMEOUT"));
        }
    }

    private Result refused(int status, @Nullable String field, String message) throws Exception {
        return answered(aResponse().withStatus(status).withHeader("Content-Type", "application/json").withBody("""
                {"errors": [{"message": "%s", "field": %s, "help": "http://sendgrid.com/docs/errors.html"}]}"""
                .formatted(message, field == null ? "null" : "\"" + field + "\"")));
    }

    private static Outbound mail(String address, MessageContent content, String name, String from, @Nullable String replyTo) {
        return new Outbound(IDS.incrementAndGet(), Channel.EMAIL, address, new Sender("main", name, from, replyTo, "Polderweg 7", null), content, NOW);
    }
}
