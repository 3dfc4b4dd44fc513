package dev.drover.delivery.email;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.jayway.jsonpath.JsonPath;
import dev.drover.delivery.ChannelProvider;
import dev.drover.delivery.ChannelProvider.Outbound;
import dev.drover.delivery.ChannelProvider.Result;
import dev.drover.delivery.HttpProviderContract;
import dev.drover.delivery.MessageContent;
import dev.drover.delivery.Sender;
import dev.drover.delivery.Surroundings;
import dev.drover.kernel.Channel;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that speaks as Amazon's documentation says. */
class SesProviderTests implements HttpProviderContract {

    private static final String MESSAGE_ID = "0102018f-3b6d-0000-000000";
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
    void speakAsAmazon() {
        SERVER.resetAll();
        SERVER.stubFor(post(urlEqualTo(path())).withHeader("Authorization", matching("AWS4-HMAC-SHA256 Credential=AKIATEST/\\d+/eu-west-1/ses/aws4_request, .*Signature=[0-9a-f]{64}"))
                .withRequestBody(matchingJsonPath("$.Content.Raw.Data")).withRequestBody(matchingJsonPath("$.Destination.ToAddresses[0]"))
                .willReturn(jsonResponse("{\"MessageId\": \"%s\"}".formatted(MESSAGE_ID), 200)));
        provider = at(SERVER.baseUrl(), PATIENT);
    }

    @Override
    public WireMockServer server() {
        return SERVER;
    }

    @Override
    public String path() {
        return "/v2/email/outbound-emails";
    }

    @Override
    public ChannelProvider at(String url, Duration answer) {
        return new SesProvider(new SesSettings("eu-west-1", "AKIATEST", "secret", "drover", url, PATIENT, answer), Surroundings.CLOCK);
    }

    @Override
    public ChannelProvider provider() {
        return provider;
    }

    @Override
    public Outbound outbound(MessageContent content) {
        return mail("sam@example.org", content);
    }

    @Override
    public int received(Outbound message) {
        return SERVER.countRequestsMatching(postRequestedFor(urlEqualTo(path()))
                .withRequestBody(matchingJsonPath("$.EmailTags[0].Value", equalTo(Long.toString(message.id())))).build()).getCount();
    }

    @Test
    void theMailOfSmtpArrives() throws Exception {
        var message = outbound(new MessageContent("Grüße\r\nBcc: a@example.org", null, "<p>Käse</p>", "Käse", Map.of("List-Unsubscribe", "<http://localhost/u/abc>")));
        assertThat(provider.send(message)).isEqualTo(new Result.Taken(MESSAGE_ID));
        String body = SERVER.getAllServeEvents().getFirst().getRequest().getBodyAsString();
        assertThat(JsonPath.<List<String>>read(body, "$.Destination.ToAddresses")).containsExactly("sam@example.org");
        assertThat(JsonPath.<String>read(body, "$.ConfigurationSetName")).isEqualTo("drover");
        var mail = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(Base64.getDecoder().decode(JsonPath.<String>read(body, "$.Content.Raw.Data"))));
        assertThat(mail.getSubject()).isEqualTo("Grüße Bcc: a@example.org");
        assertThat(mail.getAllRecipients()).hasSize(1);
        assertThat(mail.getHeader("List-Unsubscribe")).containsExactly("<http://localhost/u/abc>");
        assertThat(mail.getContentType()).startsWith("multipart/alternative");
    }

    @Test
    void anAddressThatIsNoneIsRefusedForGood() {
        for (String address : List.of("sam", "sam@", "sam@example.org\r\nRCPT TO:<x@example.org>", "@example.org")) {
            assertThat(provider.send(mail(address, content()))).as(address).isInstanceOf(Result.Permanent.class);
        }
        assertThat(SERVER.getAllServeEvents()).isEmpty();
    }

    @Test
    void itsCodesTellWhoIsToBlame() throws Exception {
        assertThat(refused(400, "BadRequestException", "Missing final '@domain'")).isInstanceOf(Result.Permanent.class);
        assertThat(refused(400, "BadRequestException", "Something else")).isInstanceOf(Result.Temporary.class);
        assertThat(refused(400, "MessageRejected", "Email address is not verified.")).isInstanceOfSatisfying(Result.Temporary.class,
                result -> assertThat(result.reason()).contains("DROVER_SES_REGION"));
        assertThat(refused(400, "MessageRejected", "The message contains a virus")).isInstanceOf(Result.Permanent.class);
        for (String ours : List.of("MailFromDomainNotVerifiedException", "AccountSuspendedException", "SendingPausedException", "NotFoundException")) {
            assertThat(refused(400, ours, "why")).as(ours).isInstanceOfSatisfying(Result.Temporary.class, result -> assertThat(result.reason()).contains("DROVER_SES_REGION"));
        }
        assertThat(refused(403, "UnrecognizedClientException", "The security token included in the request is invalid.")).isInstanceOfSatisfying(Result.Temporary.class,
                result -> assertThat(result.reason()).contains("_ACCESS_KEY").contains("security token"));
        for (String busy : List.of("TooManyRequestsException", "LimitExceededException", "ThrottlingException")) {
            assertThat(refused(400, busy, "why")).as(busy).isInstanceOfSatisfying(Result.Temporary.class, result -> assertThat(result.reason()).contains("slow down"));
        }
    }

    @Test
    void existsOnlyWhereARegionIsNamed() {
        Surroundings.with(SesConfiguration.class).run(context -> assertThat(context).doesNotHaveBean(ChannelProvider.class));
        Surroundings.with(SesConfiguration.class, "DROVER_SES_REGION", "eu-west-1", "DROVER_SES_ACCESS_KEY", "a", "DROVER_SES_SECRET_KEY", "b")
                .run(context -> assertThat(context).hasSingleBean(ChannelProvider.class));
        Surroundings.with(SesConfiguration.class, "DROVER_SES_REGION", "Ireland")
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("DROVER_SES_REGION"));
        Surroundings.with(SesConfiguration.class, "DROVER_SES_REGION", "eu-west-1", "DROVER_SES_ACCESS_KEY", "a")
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("DROVER_SES_SECRET_KEY"));
    }

    private Result refused(int status, String code, String message) throws Exception {
        return answered(aResponse().withStatus(status).withHeader("Content-Type", "application/x-amz-json-1.1").withHeader("x-amzn-ErrorType", code)
                .withBody("{\"message\": \"%s\"}".formatted(message)));
    }

    private static Outbound mail(String address, MessageContent content) {
        return new Outbound(IDS.incrementAndGet(), Channel.EMAIL, address, new Sender("main", "Meadow", "hello@meadow.example", null, "Polderweg 7", null), content, NOW);
    }
}
