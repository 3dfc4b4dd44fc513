package dev.drover.delivery.sms;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.BasicCredentials;
import dev.drover.delivery.ChannelProvider;
import dev.drover.delivery.ChannelProvider.Outbound;
import dev.drover.delivery.ChannelProvider.Result;
import dev.drover.delivery.HttpProviderContract;
import dev.drover.delivery.MessageContent;
import dev.drover.delivery.Sender;
import dev.drover.delivery.Surroundings;
import dev.drover.kernel.Channel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that speaks as Twilio's documentation says. */
class TwilioProviderTests implements HttpProviderContract {

    private static final String ACCOUNT = "AC" + "0123456789abcdef".repeat(2);
    private static final String SERVICE = "MG" + "0123456789abcdef".repeat(2);
    private static final String SID = "SM" + "fedcba9876543210".repeat(2);
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
    void speakAsTwilio() {
        SERVER.resetAll();
        SERVER.stubFor(post(urlEqualTo(path())).withBasicAuth(ACCOUNT, "token").withFormParam("To", matching("\\+[1-9]\\d+")).withFormParam("Body", matching("(?s).+"))
                .willReturn(jsonResponse("""
                        {"account_sid": "%s", "api_version": "2010-04-01", "body": "…", "date_created": "Thu, 24 Aug 2023 05:01:45 +0000",
                         "date_sent": null, "date_updated": "Thu, 24 Aug 2023 05:01:45 +0000", "direction": "outbound-api", "error_code": null,
                         "error_message": null, "from": "+15005550006", "num_media": "0", "num_segments": "1", "price": null, "price_unit": null,
                         "messaging_service_sid": null, "sid": "%s", "status": "queued", "subresource_uris": {"media": "/m.json"},
                         "to": "+31612345678", "uri": "/2010-04-01/Accounts/x/Messages/y.json"}""".formatted(ACCOUNT, SID), 201)));
        provider = at(SERVER.baseUrl(), PATIENT);
    }

    @Override
    public WireMockServer server() {
        return SERVER;
    }

    @Override
    public String path() {
        return "/2010-04-01/Accounts/" + ACCOUNT + "/Messages.json";
    }

    @Override
    public ChannelProvider at(String url, Duration answer) {
        return new TwilioProvider(new TwilioSettings(ACCOUNT, "token", null, null, "+15005550006", null, url, PATIENT, answer), new StatusCallback(""), Surroundings.CLOCK);
    }

    @Override
    public ChannelProvider provider() {
        return provider;
    }

    @Override
    public Outbound outbound(MessageContent content) {
        return to("+316%08d".formatted(IDS.incrementAndGet()), content);
    }

    @Override
    public int received(Outbound message) {
        return SERVER.countRequestsMatching(postRequestedFor(urlEqualTo(path())).withFormParam("To", equalTo(message.address())).build()).getCount();
    }

    @Override
    public Class<? extends Result> expected(MessageContent content) {
        return content.text().isBlank() || content.text().length() > 1_600 ? Result.Permanent.class : Result.Taken.class;
    }

    @Test
    void textNumberAndSenderArrive() {
        var message = outbound(new MessageContent(null, null, null, "Käse & Milch: 5 € +1\nTot zo!", Map.of()));
        assertThat(provider.send(message)).isEqualTo(new Result.Taken(SID));
        SERVER.verify(postRequestedFor(urlEqualTo(path())).withFormParam("To", equalTo(message.address())).withFormParam("From", equalTo("+15005550006"))
                .withFormParam("Body", equalTo("Käse & Milch: 5 € +1\nTot zo!")).withFormParam("MessagingServiceSid", absent()));
    }

    @Test
    void aMessagingServicePicksTheNumberAndAKeyStandsForTheAccount() {
        SERVER.resetRequests();
        SERVER.stubFor(post(urlEqualTo(path())).withBasicAuth("SKkey", "secret").withFormParam("MessagingServiceSid", equalTo(SERVICE))
                .willReturn(jsonResponse("{\"sid\": \"%s\"}".formatted(SID), 201)));
        var other = new TwilioProvider(new TwilioSettings(ACCOUNT, " ", "SKkey", "secret", "", SERVICE, SERVER.baseUrl(), PATIENT, PATIENT), new StatusCallback(""), Surroundings.CLOCK);
        assertThat(other.send(outbound(content()))).isEqualTo(new Result.Taken(SID));
        SERVER.verify(postRequestedFor(urlEqualTo(path())).withBasicAuth(new BasicCredentials("SKkey", "secret")).withFormParam("From", absent()));
    }

    @Test
    void twilioTellsWhatBecomesOfItWhereItCanReachUs() {
        var settings = new TwilioSettings(ACCOUNT, "token", null, null, "+15005550006", null, SERVER.baseUrl(), PATIENT, PATIENT);
        var message = outbound(content());
        String mark = message.messageId().substring(1, message.messageId().indexOf('@'));
        new TwilioProvider(settings, new StatusCallback("https://mail.shop.example/"), Surroundings.CLOCK).send(message);
        SERVER.verify(postRequestedFor(urlEqualTo(path())).withFormParam("StatusCallback", equalTo("https://mail.shop.example/hooks/twilio?message=" + mark)));
        for (String unreachable : List.of("", "http://mail.shop.example", "https://localhost", "https://10.0.0.1", "https://drover.local", "no url")) {
            assertThat(new StatusCallback(unreachable).of(message)).as(unreachable).isEmpty();
        }
    }

    @Test
    void aNumberThatIsNoneIsRefusedBeforeAnythingIsSaid() {
        for (String address : List.of("", "0612345678", "+0612345678", "+31", "31612345678", "+31 6 12345678", "+31612345678\r\n", "+3161234567890123", "+٣١٦١٢٣٤٥٦٧٨", "sam@example.org")) {
            assertThat(provider.send(to(address, content()))).as(address).isInstanceOf(Result.Permanent.class);
        }
        assertThat(SERVER.getAllServeEvents()).isEmpty();
    }

    @Test
    void aTextTooLongIsRefusedWithItsSegments() {
        assertThat(provider.send(outbound(new MessageContent(null, null, null, "a".repeat(1_601), Map.of())))).isInstanceOfSatisfying(Result.Permanent.class,
                result -> assertThat(result.reason()).contains("1601 characters").contains("11 segments"));
        assertThat(SERVER.getAllServeEvents()).isEmpty();
    }

    @Test
    void itsCodesTellWhoIsToBlame() throws Exception {
        for (int address : new int[] {21211, 21214, 21217, 21265, 21612, 21614, 21635}) {
            assertThat(refused(400, address)).as("%d", address).isInstanceOfSatisfying(Result.Permanent.class, result -> assertThat(result.reason()).contains("(" + address + ")"));
        }
        assertThat(refused(400, 21610)).isInstanceOfSatisfying(Result.Permanent.class, result -> assertThat(result.reason()).contains("STOP"));
        assertThat(refused(400, 21617)).isInstanceOfSatisfying(Result.Permanent.class, result -> assertThat(result.reason()).contains("text"));
        for (int ours : new int[] {21408, 21603, 21606, 21608, 21659, 21701, 21703}) {
            assertThat(refused(400, ours)).as("%d", ours).isInstanceOfSatisfying(Result.Temporary.class, result -> assertThat(result.reason()).contains("DROVER_TWILIO_"));
        }
        assertThat(refused(401, 20003)).isInstanceOfSatisfying(Result.Temporary.class, result -> assertThat(result.reason()).contains("_AUTH_TOKEN"));
        assertThat(refused(404, 20404)).isInstanceOfSatisfying(Result.Temporary.class, result -> assertThat(result.reason()).contains("DROVER_TWILIO_ACCOUNT_SID"));
        for (int busy : new int[] {20429, 21611, 14107, 30001}) {
            assertThat(refused(400, busy)).as("%d", busy).isInstanceOfSatisfying(Result.Temporary.class, result -> assertThat(result.reason()).contains("slow down"));
        }
        assertThat(refused(400, 29999)).isInstanceOf(Result.Temporary.class);
        assertThat(refused(503, 21211)).isInstanceOf(Result.Temporary.class);
    }

    @Test
    void existsOnlyWhereAnAccountIsNamed() {
        Surroundings.with(TwilioConfiguration.class).run(context -> assertThat(context).doesNotHaveBean(ChannelProvider.class));
        Surroundings.with(TwilioConfiguration.class, "DROVER_TWILIO_ACCOUNT_SID", "").run(context -> assertThat(context).doesNotHaveBean(ChannelProvider.class));
        Surroundings.with(TwilioConfiguration.class, "DROVER_TWILIO_ACCOUNT_SID", ACCOUNT, "DROVER_TWILIO_AUTH_TOKEN", "t", "DROVER_TWILIO_FROM", "Meadow")
                .run(context -> {
                    assertThat(context).hasSingleBean(ChannelProvider.class);
                    assertThat(context.getBean(TwilioSettings.class)).hasToString("Twilio account %s at https://api.twilio.com".formatted(ACCOUNT))
                            .extracting(TwilioSettings::connectTimeout, TwilioSettings::answerTimeout).containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(30));
                });
    }

    @Test
    void aBadSettingStopsTheStartByItsName() {
        refuses("DROVER_TWILIO_ACCOUNT_SID", "XX1", "t", "+15005550006", null);
        refuses("DROVER_TWILIO_AUTH_TOKEN", ACCOUNT, null, "+15005550006", null);
        refuses("DROVER_TWILIO_FROM", ACCOUNT, "t", null, null);
        refuses("DROVER_TWILIO_FROM", ACCOUNT, "t", "+15005550006", SERVICE);
        refuses("DROVER_TWILIO_FROM", ACCOUNT, "t", "A name that is too long", null);
        refuses("DROVER_TWILIO_MESSAGING_SERVICE_SID", ACCOUNT, "t", null, "MG1");
    }

    private static void refuses(String name, String account, @Nullable String token, @Nullable String from, @Nullable String service) {
        Surroundings.with(TwilioConfiguration.class, "DROVER_TWILIO_ACCOUNT_SID", account, "DROVER_TWILIO_AUTH_TOKEN", token == null ? "" : token,
                "DROVER_TWILIO_FROM", from == null ? "" : from, "DROVER_TWILIO_MESSAGING_SERVICE_SID", service == null ? "" : service)
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining(name));
    }

    private Result refused(int status, int code) throws Exception {
        return answered(aResponse().withStatus(status).withHeader("Content-Type", "application/json").withBody("""
                {"code": %d, "message": "The reason", "more_info": "https://www.twilio.com/docs/errors/%d", "status": %d}""".formatted(code, code, status)));
    }

    private static Outbound to(String number, MessageContent content) {
        return new Outbound(IDS.incrementAndGet(), Channel.SMS, number, new Sender("main", "Meadow", "hello@meadow.example", null, "Polderweg 7", null), content, NOW);
    }
}
