package dev.drover.worker;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.drover.kernel.Json;
import dev.drover.kernel.TimeMachine;
import dev.drover.outgoing.Signature;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** The step "Call a webhook" as its element template draws it, on the real engine, against a server on the wire. */
@IntegrationTest
class WebhookJourneyIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @LocalServerPort
    int port;
    @Autowired
    TimeMachine time;
    @Value("${drover.outgoing.signing-secret}")
    String secret;

    private final String id = "hook-" + UUID.randomUUID().toString().substring(0, 8);
    private final WireMockServer shop = new WireMockServer(options().bindAddress("127.0.0.2").dynamicPort());

    @BeforeEach
    void open() throws Exception {
        shop.start();
        api().postJson("/api/v1/customers", "{\"externalId\": \"%s\"}".formatted(id));
    }

    @AfterEach
    void close() {
        shop.stop();
    }

    @Test
    void theShopIsToldSignedAndItsAnswerDecidesTheWay() throws Exception {
        shop.stubFor(post("/points").willReturn(okJson("{\"points\": 7}")));
        deploy("http://127.0.0.2:" + shop.port() + "/points", "={who: customerId, order: event.orderId}");
        start(Map.of("event", Map.of("orderId", "o-1")));
        awaitEnded("rich");
        LoggedRequest told = shop.getAllServeEvents().getFirst().getRequest();
        assertThat(shop.getAllServeEvents()).hasSize(1);
        assertThat(Json.map(told.getBodyAsString())).isEqualTo(Map.of("who", id, "order", "o-1"));
        assertThat(told.getHeader("Content-Type")).startsWith("application/json");
        String key = told.getHeader("Idempotency-Key");
        Instant at = Instant.ofEpochSecond(Long.parseLong(told.getHeader("webhook-timestamp")));
        assertThat(Signature.headers(secret, key, at, told.getBody())).containsEntry("webhook-id", told.getHeader("webhook-id")).containsEntry("webhook-signature", told.getHeader("webhook-signature"));
    }

    @Test
    void whoAsksForPatienceIsAskedAgainWithTheSameKeyAndNobodyIsStuck() throws Exception {
        shop.stubFor(post("/points").inScenario("later").whenScenarioStateIs(STARTED).willReturn(aResponse().withStatus(503)).willSetStateTo("again"));
        shop.stubFor(post("/points").inScenario("later").whenScenarioStateIs("again").willReturn(aResponse().withStatus(429)).willSetStateTo("well"));
        shop.stubFor(post("/points").inScenario("later").whenScenarioStateIs("well").willReturn(okJson("{\"points\": 0}")));
        deploy("http://127.0.0.2:" + shop.port() + "/points", null);
        start(Map.of());
        for (int calls = 1; calls < 3; calls++) {
            int so = calls;
            Api.await(calls + " calls", PATIENCE, () -> shop.getAllServeEvents().size() == so);
            assertThat(progress().at("/instances/incidents").asInt()).isZero();
            time.advance(Duration.ofSeconds(10));
        }
        awaitEnded("poor");
        assertThat(shop.getAllServeEvents()).extracting(event -> event.getRequest().getHeader("Idempotency-Key")).hasSize(3).containsOnly(shop.getAllServeEvents().getFirst().getRequest().getHeader("Idempotency-Key"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://169.254.169.254/latest/meta-data", "http://localhost:%d/points", "http://[::1]:%d/points", "http://2130706433:%d/points"})
    void anAddressThatIsNotPublicIsNeverAskedAndTheReasonIsThere(String address) throws Exception {
        shop.stubFor(post("/points").willReturn(okJson("{}")));
        deploy("=target", null);
        start(Map.of("target", address.formatted(shop.port())));
        Api.await("the customer is stuck", PATIENCE, () -> progress().at("/instances/incidents").asInt() == 1);
        assertThat(shop.getAllServeEvents()).isEmpty();
        String page = api().send("GET", "/api/v1/journeys/" + id + "/progress", "application/json", "").body();
        assertThat(page).contains("\"elementId\":\"tell\"");
        assertThat(reason()).containsAnyOf("isn't public", "a number in disguise");
    }

    @Test
    void whoIsStuckGoesOnWhenTheAddressIsMended() throws Exception {
        shop.stubFor(post("/points").willReturn(okJson("{\"points\": 1}")));
        deploy("=target", null);
        start(Map.of());
        Api.await("the customer is stuck", PATIENCE, () -> progress().at("/instances/incidents").asInt() == 1);
        assertThat(reason()).contains("no input 'url'");
        deploy("http://127.0.0.2:" + shop.port() + "/points", null);
        api().postJson("/api/v1/journeys/" + id + "/migrate", "{}");
        Api.await("moved", PATIENCE, () -> progress().at("/version").asInt() == 2 && progress().at("/instances/active").asInt() + progress().at("/instances/completed").asInt() == 1);
        awaitEnded("rich");
    }

    /** Of whoever is stuck, as the history has it. */
    private String reason() throws Exception {
        var told = new StringBuilder();
        Api.await("the reason is told", PATIENCE, () -> {
            told.setLength(0);
            jdbc.sql("SELECT n.message FROM engine_incident n JOIN engine_process p ON p.id = n.process WHERE p.process_id = ? AND n.resolved_at IS NULL").param(id).query(String.class).list().forEach(told::append);
            return !told.isEmpty();
        });
        return told.toString();
    }

    @Autowired
    org.springframework.jdbc.core.simple.JdbcClient jdbc;

    private JsonNode progress() throws Exception {
        return api().get("/api/v1/journeys/" + id + "/progress");
    }

    private void awaitEnded(String end) {
        Api.await("ended at " + end, PATIENCE, () -> progress().get("elements").valueStream().anyMatch(one -> one.get("elementId").asString().equals(end) && one.get("entered").asInt() == 1)
                && progress().at("/instances/completed").asInt() == 1);
    }

    private void start(Map<String, Object> variables) throws Exception {
        api().postJson("/api/v1/journeys/" + id + "/start", Json.write(Map.of("customerId", id, "variables", variables)));
    }

    private void deploy(String url, String body) throws Exception {
        String inputs = "<zeebe:input source=\"%s\" target=\"url\"/>".formatted(url) + (body == null ? "" : "<zeebe:input source=\"%s\" target=\"body\"/>".formatted(body));
        var deployed = api().post("/api/v1/journeys", "application/xml", """
                <?xml version="1.0" encoding="UTF-8"?>
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="all" targetNamespace="test">
                  <process id="%1$s" name="Tell the shop" isExecutable="true">
                    <startEvent id="begun"><outgoing>f1</outgoing></startEvent>
                    <sequenceFlow id="f1" sourceRef="begun" targetRef="tell"/>
                    <serviceTask id="tell" name="Tell the shop" zeebe:modelerTemplate="dev.drover.call-webhook" zeebe:modelerTemplateVersion="1">
                      <extensionElements><zeebe:taskDefinition type="call-webhook"/><zeebe:ioMapping>%2$s</zeebe:ioMapping></extensionElements>
                      <incoming>f1</incoming><outgoing>f2</outgoing></serviceTask>
                    <sequenceFlow id="f2" sourceRef="tell" targetRef="which"/>
                    <exclusiveGateway id="which" default="f4"><incoming>f2</incoming><outgoing>f3</outgoing><outgoing>f4</outgoing></exclusiveGateway>
                    <sequenceFlow id="f3" sourceRef="which" targetRef="rich"><conditionExpression xsi:type="tFormalExpression">=status = 200 and response.points &gt; 0</conditionExpression></sequenceFlow>
                    <sequenceFlow id="f4" sourceRef="which" targetRef="poor"/>
                    <endEvent id="rich"><incoming>f3</incoming></endEvent>
                    <endEvent id="poor"><incoming>f4</incoming></endEvent>
                  </process>
                </definitions>
                """.formatted(id, inputs));
        assertThat(List.of(deployed.get("problems").valueStream().filter(one -> one.get("severity").asString().equals("error")).toArray())).isEmpty();
    }

    private Api api() {
        return new Api("http://localhost:" + port, "test-token");
    }
}
