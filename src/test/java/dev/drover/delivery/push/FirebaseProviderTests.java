package dev.drover.delivery.push;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.drover.delivery.ChannelProvider;
import dev.drover.delivery.ChannelProvider.Outbound;
import dev.drover.delivery.ChannelProvider.Result;
import dev.drover.delivery.HttpProviderContract;
import dev.drover.delivery.MessageContent;
import dev.drover.delivery.Sender;
import dev.drover.delivery.Surroundings;
import dev.drover.kernel.Channel;
import dev.drover.kernel.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that speaks as Firebase's documentation says, and gives out tokens. */
class FirebaseProviderTests implements HttpProviderContract {

    private static final String NAME = "projects/meadow-test/messages/0:1500415314455276%31bd1c9631bd1c96";
    private static final AtomicLong IDS = new AtomicLong(1);
    private static final WireMockServer SERVER = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

    @TempDir
    static Path directory;

    private static String account = "";

    private final List<FirebaseProvider> opened = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        SERVER.start();
        account = ServiceAccount.in(directory, SERVER.baseUrl() + "/token").toString();
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    @BeforeEach
    void speakAsFirebase() {
        SERVER.resetAll();
        SERVER.stubFor(post(urlEqualTo("/token")).withFormParam("grant_type", equalTo("urn:ietf:params:oauth:grant-type:jwt-bearer"))
                .willReturn(jsonResponse("{\"access_token\": \"ya29.test\", \"expires_in\": 3599, \"token_type\": \"Bearer\"}", 200)));
        SERVER.stubFor(post(urlEqualTo(path())).withHeader("Authorization", equalTo("Bearer ya29.test")).withHeader("Content-Type", containing("application/json"))
                .withRequestBody(matchingJsonPath("$.message.token")).willReturn(jsonResponse("{\"name\": \"%s\"}".formatted(NAME), 200)));
        at(SERVER.baseUrl(), PATIENT);
    }

    @AfterEach
    void close() {
        opened.forEach(FirebaseProvider::close);
    }

    @Override
    public WireMockServer server() {
        return SERVER;
    }

    @Override
    public String path() {
        return "/v1/projects/meadow-test/messages:send";
    }

    @Override
    public ChannelProvider at(String url, Duration answer) {
        opened.add(new FirebaseProvider(new FirebaseSettings(account, url, PATIENT, answer), Surroundings.CLOCK));
        return opened.getLast();
    }

    @Override
    public ChannelProvider provider() {
        return opened.getFirst();
    }

    @Override
    public Outbound outbound(MessageContent content) {
        return to("cFz:device-" + IDS.incrementAndGet(), content);
    }

    @Override
    public int received(Outbound message) {
        return SERVER.countRequestsMatching(postRequestedFor(urlEqualTo(path())).withRequestBody(matchingJsonPath("$.message.token", equalTo(message.address()))).build())
                .getCount();
    }

    @Test
    void titleTextAndOurIdArriveAndARepeatReplacesItself() {
        var message = outbound(new MessageContent("Grüße", null, null, "Käse \uD83E\uDDC0 & Milch", Map.of()));
        assertThat(provider().send(message)).isEqualTo(new Result.Taken(NAME));
        SERVER.verify(postRequestedFor(urlEqualTo(path())).withRequestBody(equalToJson("""
                {"message": {"token": "%1$s", "notification": {"title": "Grüße", "body": "Käse \uD83E\uDDC0 & Milch"}, "data": {"drover_message": "%2$d"},
                 "android": {"notification": {"tag": "drover-%2$d"}}, "apns": {"headers": {"apns-collapse-id": "drover-%2$d"}, "payload": {"aps": {}}}}}"""
                .formatted(message.address(), message.id()), true, true)));
    }

    @Test
    void aLongTextIsCutToWhatFitsAndNoLetterIsTorn() throws Exception {
        assertThat(PushMessage.cut("abc", 3)).isEqualTo("abc");
        assertThat(PushMessage.cut("abcdefg", 6)).isEqualTo("abc…");
        assertThat(PushMessage.cut("äääää", 8)).isEqualTo("ää…");
        assertThat(PushMessage.cut("\uD83D\uDC04\uD83D\uDC04\uD83D\uDC04", 9)).isEqualTo("\uD83D\uDC04…");
        provider().send(outbound(new MessageContent("ä".repeat(900), null, null, "\uD83D\uDC04".repeat(2_000), Map.of())));
        // What counts are the letters, however the SDK escapes them.
        var sent = Json.write(Json.map(SERVER.getAllServeEvents().getFirst().getRequest().getBodyAsString()));
        assertThat(sent.getBytes(StandardCharsets.UTF_8).length).isBetween(3_000, 4_096);
    }

    @Test
    void oneTokenServesForManyMessages() {
        for (int n = 0; n < 3; n++) {
            assertThat(provider().send(outbound(content()))).isInstanceOf(Result.Taken.class);
        }
        SERVER.verify(1, postRequestedFor(urlEqualTo("/token")));
    }

    @Test
    void itsCodesTellWhoIsToBlame() throws Exception {
        assertThat(refused(404, "NOT_FOUND", "UNREGISTERED", "Requested entity was not found.")).isInstanceOf(Result.Permanent.class);
        assertThat(refused(400, "INVALID_ARGUMENT", "INVALID_ARGUMENT", "The registration token is not a valid FCM registration token"))
                .isInstanceOfSatisfying(Result.Permanent.class, result -> assertThat(result.reason()).contains("no token of a device"));
        assertThat(refused(400, "INVALID_ARGUMENT", "INVALID_ARGUMENT", "Android message is too big"))
                .isInstanceOfSatisfying(Result.Permanent.class, result -> assertThat(result.reason()).contains("too big"));
        assertThat(refused(403, "PERMISSION_DENIED", "SENDER_ID_MISMATCH", "SenderId mismatch"))
                .isInstanceOfSatisfying(Result.Temporary.class, result -> assertThat(result.reason()).contains("DROVER_FIREBASE_CREDENTIALS"));
        assertThat(refused(401, "UNAUTHENTICATED", "THIRD_PARTY_AUTH_ERROR", "Auth error from APNS or Web Push Service"))
                .isInstanceOfSatisfying(Result.Temporary.class, result -> assertThat(result.reason()).contains("APNS"));
        assertThat(refused(429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED", "Quota exceeded"))
                .isInstanceOfSatisfying(Result.Temporary.class, result -> assertThat(result.reason()).contains("slow down"));
        assertThat(refused(503, "UNAVAILABLE", "UNAVAILABLE", "Try later")).isInstanceOf(Result.Temporary.class);
        assertThat(refused(500, "INTERNAL", "INTERNAL", "Oops")).isInstanceOf(Result.Temporary.class);
        assertThat(refused(400, "FAILED_PRECONDITION", "SOMETHING_NEW", "?")).isInstanceOf(Result.Temporary.class);
    }

    @Test
    void withoutATokenNothingIsHandedOver() throws Exception {
        assertThat(withoutToken(aResponse().withStatus(400).withBody("{\"error\": \"invalid_grant\", \"error_description\": \"Invalid JWT Signature.\"}")))
                .contains("DROVER_FIREBASE_CREDENTIALS").contains("Invalid JWT Signature");
        assertThat(withoutToken(aResponse().withStatus(503))).contains("no access token");
        assertThat(withoutToken(aResponse().withStatus(200).withBody(PAGE))).isNotBlank();
        assertThat(withoutToken(aResponse().withFault(Fault.EMPTY_RESPONSE))).contains("can't be reached");
        SERVER.verify(0, postRequestedFor(urlEqualTo(path())));
    }

    @Test
    void whatIsNoTokenIsRefusedBeforeAnythingIsSaid() {
        for (String address : List.of("", " ", "two words", "line\nbreak", "ü", "x".repeat(5_000))) {
            assertThat(provider().send(to(address, content()))).as(address).isInstanceOf(Result.Permanent.class);
        }
        SERVER.verify(0, postRequestedFor(anyUrl()));
    }

    @Test
    void existsOnlyWhereAKeyIsNamed() {
        Surroundings.with(FirebaseConfiguration.class).run(context -> assertThat(context).doesNotHaveBean(ChannelProvider.class));
        Surroundings.with(FirebaseConfiguration.class, "DROVER_FIREBASE_CREDENTIALS", "").run(context -> assertThat(context).doesNotHaveBean(ChannelProvider.class));
        Surroundings.with(FirebaseConfiguration.class, "DROVER_FIREBASE_CREDENTIALS", account).run(context -> assertThat(context).hasSingleBean(ChannelProvider.class));
    }

    @Test
    void aFileThatIsNoKeyStopsTheStartByTheSettingsName() throws Exception {
        for (String text : List.of("", "{}", "[]", "no json", "{\"type\": \"authorized_user\", \"client_id\": \"a\", \"client_secret\": \"b\", \"refresh_token\": \"c\"}",
                "{\"type\": \"service_account\", \"project_id\": \"x\", \"private_key\": \"none\", \"private_key_id\": \"k\", \"client_email\": \"a@b.c\", \"client_id\": \"1\"}")) {
            var file = Files.writeString(directory.resolve("bad.json"), text, StandardCharsets.UTF_8);
            refuses(file.toString());
        }
        refuses(directory.resolve("absent.json").toString());
        refuses(directory.toString());
    }

    private static void refuses(String file) {
        Surroundings.with(FirebaseConfiguration.class, "DROVER_FIREBASE_CREDENTIALS", file)
                .run(context -> assertThat(context).hasFailed().getFailure().hasStackTraceContaining("DROVER_FIREBASE_CREDENTIALS is '" + file));
    }

    private Result refused(int status, String canonical, String code, String message) throws Exception {
        return answered(aResponse().withStatus(status).withHeader("Content-Type", "application/json").withBody("""
                {"error": {"code": %d, "message": "%s", "status": "%s",
                 "details": [{"@type": "type.googleapis.com/google.firebase.fcm.v1.FcmError", "errorCode": "%s"}]}}""".formatted(status, message, canonical, code)));
    }

    private String withoutToken(ResponseDefinitionBuilder answer) {
        SERVER.stubFor(post(urlEqualTo("/token")).atPriority(1).willReturn(answer));
        var result = at(SERVER.baseUrl(), PATIENT).send(outbound(content()));
        assertThat(result).isInstanceOf(Result.Temporary.class);
        return ((Result.Temporary) result).reason();
    }

    private static Outbound to(String token, MessageContent content) {
        return new Outbound(IDS.incrementAndGet(), Channel.PUSH, token, new Sender("main", "Meadow", "hello@meadow.example", null, "Polderweg 7", null), content, NOW);
    }
}
