package dev.drover.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.audience.Customers;
import dev.drover.eventlog.EventLog;
import dev.drover.eventlog.NewEvent;
import dev.drover.kernel.PlatformClock;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import dev.drover.testing.Shoppers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Customers walk through a split in a real engine; which way each went is written down, and what each way brought is told. */
@IntegrationTest
class SplitIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PEOPLE = 60;

    @LocalServerPort
    int port;
    @Autowired
    Customers customers;
    @Autowired
    EventLog log;
    @Autowired
    PlatformClock clock;
    @Autowired
    JdbcClient jdbc;

    private final String own = "split-" + UUID.randomUUID().toString().substring(0, 8);
    private final String key = own + "/divides";

    @Test
    void eachWayIsComparedByWhatItBrought() throws Exception {
        api().post("/api/v1/journeys", "application/xml", journey());
        var ids = Shoppers.create(api(), own, PEOPLE);
        api().postJson("/api/v1/events", ids.stream().map(id -> Shoppers.event(id, own + ".begun")).collect(Collectors.joining(",", "{\"events\": [", "]}")));
        Api.await("everybody is split", PATIENCE, () -> jdbc.sql("SELECT count(*) FROM experiment_assignment WHERE experiment = ?").param(key).query(Integer.class).single() == PEOPLE);

        var assignment = Assignment.of(key, Map.of("A", 50.0, "B", 50.0));
        var ways = ids.stream().collect(Collectors.groupingBy(id -> assignment.variantOf(id).orElseThrow()));
        assertThat(jdbc.sql("SELECT c.external_id FROM experiment_assignment a JOIN customer c ON c.id = a.customer_id WHERE a.experiment = ? AND a.variant = 'A'").param(key).query(String.class).list())
                .containsExactlyInAnyOrderElementsOf(ways.get("A"));
        Api.await("and each took that way", PATIENCE, () -> {
            var steps = api().get("/api/v1/journeys/" + own + "/progress").get("elements");
            return java.util.stream.StreamSupport.stream(steps.spliterator(), false).anyMatch(step -> step.get("elementId").asString().equals("ended_b") && step.get("entered").asInt() == ways.get("B").size());
        });

        // Everybody who went B orders, and one in five of the others; a click of A's; an order before doesn't count.
        var buyers = new java.util.ArrayList<>(ways.get("B"));
        buyers.addAll(ways.get("A").subList(0, 5));
        var answer = api().post("/api/v1/orders/batch", "application/x-ndjson", buyers.stream().map(id -> order(id, clock.instant().toString())).collect(Collectors.joining("\n", "", "\n")));
        assertThat(answer.get("accepted").asInt()).isEqualTo(buyers.size());
        api().post("/api/v1/orders/batch", "application/x-ndjson", order(ways.get("A").get(6), "2026-01-01T00:00:00Z") + "\n");
        var clicker = customers.require(ways.get("A").get(7));
        log.append(List.of(NewEvent.live(own + ":click", "email.clicked", clicker.id(), clock.instant(), Map.of())));

        var found = api().get("/api/v1/experiments/results?key=" + own + "%2Fdivides");
        assertThat(found.at("/experiment/customers").asInt()).isEqualTo(PEOPLE);
        assertThat(found.at("/conversions/variants/0/successes").asInt()).isEqualTo(5);
        assertThat(found.at("/conversions/variants/1/rate").asDouble()).isEqualTo(1);
        assertThat(found.at("/conversions/winner").asString()).isEqualTo("B");
        assertThat(found.at("/clicks/variants/0/successes").asInt()).isEqualTo(1);
        assertThat(found.at("/revenue/variants/1/rate").asDouble()).isEqualTo(10);
        assertThat(found.get("verdict").asString()).as("thirty-odd orders are not much to look at any time").isNotEmpty();
        assertThat(api().all("/api/v1/experiments").stream().anyMatch(each -> each.get("key").asString().equals(key))).isTrue();
        assertThat(api().get("/api/v1/customers/" + clicker.externalId() + "/export").at("/experiments/variants/0/variant").asString()).isEqualTo("A");
        assertThat(api().send("GET", "/api/v1/experiments/results?key=" + own + "%2Fdivides&days=91", "application/json", "").body()).contains("\"field\":\"days\"");
        assertThat(api().send("GET", "/api/v1/experiments/results?key=none", "application/json", "").statusCode()).isEqualTo(404);
    }

    private String order(String customer, String at) {
        return "{\"externalId\": \"%s\", \"customerId\": \"%s\", \"placedAt\": \"%s\", \"lines\": [{\"productId\": \"split-milk\", \"quantity\": 1, \"unitPrice\": 10, \"productName\": \"Milk\"}]}"
                .formatted(UUID.randomUUID(), customer, at);
    }

    private String journey() {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="all" targetNamespace="test">
                  <process id="%1$s" name="Tried %1$s" isExecutable="true">
                    <startEvent id="begun" name="Begun"><outgoing>f1</outgoing><messageEventDefinition id="begins" messageRef="on_begun"/></startEvent>
                    <sequenceFlow id="f1" sourceRef="begun" targetRef="divides"/>
                    <serviceTask id="divides" name="Divide"><extensionElements><zeebe:taskDefinition type="split"/><zeebe:ioMapping><zeebe:input source="={A: 50, B: 50}" target="shares"/></zeebe:ioMapping></extensionElements><incoming>f1</incoming><outgoing>f2</outgoing></serviceTask>
                    <sequenceFlow id="f2" sourceRef="divides" targetRef="which"/>
                    <exclusiveGateway id="which" name="Which way?" default="to_b"><incoming>f2</incoming><outgoing>to_a</outgoing><outgoing>to_b</outgoing></exclusiveGateway>
                    <sequenceFlow id="to_a" name="A" sourceRef="which" targetRef="ended_a"><conditionExpression xsi:type="tFormalExpression">=variant = "A"</conditionExpression></sequenceFlow>
                    <sequenceFlow id="to_b" name="B" sourceRef="which" targetRef="ended_b"/>
                    <endEvent id="ended_a" name="A over"><incoming>to_a</incoming></endEvent>
                    <endEvent id="ended_b" name="B over"><incoming>to_b</incoming></endEvent>
                  </process>
                  <message id="on_begun" name="%1$s.begun"/>
                  <bpmndi:BPMNDiagram id="d"><bpmndi:BPMNPlane id="p" bpmnElement="%1$s">
                    <bpmndi:BPMNShape id="di_begun" bpmnElement="begun"><dc:Bounds x="60" y="100" width="36" height="36"/></bpmndi:BPMNShape>
                    <bpmndi:BPMNShape id="di_divides" bpmnElement="divides"><dc:Bounds x="160" y="80" width="100" height="80"/></bpmndi:BPMNShape>
                    <bpmndi:BPMNShape id="di_which" bpmnElement="which" isMarkerVisible="true"><dc:Bounds x="320" y="95" width="50" height="50"/></bpmndi:BPMNShape>
                    <bpmndi:BPMNShape id="di_ended_a" bpmnElement="ended_a"><dc:Bounds x="440" y="40" width="36" height="36"/></bpmndi:BPMNShape>
                    <bpmndi:BPMNShape id="di_ended_b" bpmnElement="ended_b"><dc:Bounds x="440" y="160" width="36" height="36"/></bpmndi:BPMNShape>
                  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
                </definitions>
                """.formatted(own);
    }

    private Api api() {
        return new Api("http://localhost:" + port, "test-token");
    }
}
