package dev.drover.segment;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.springframework.http.MediaType.APPLICATION_JSON;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.drover.audience.CustomerInput;
import dev.drover.audience.CustomerIntake;
import dev.drover.eventlog.Event;
import dev.drover.testing.IntegrationTest;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** The answers of the API; who may ask is the web floor's matter and tested there. */
@IntegrationTest
class SegmentApiIntegrationTests {

    @Autowired
    WebApplicationContext application;

    @Autowired
    CustomerIntake customers;

    @Autowired
    SegmentSchedule schedule;

    MockMvc client;

    @BeforeEach
    void connect() {
        client = MockMvcBuilders.webAppContextSetup(application).build();
    }

    @Test
    void tellsAboutSegments() throws Exception {
        client.perform(get("/api/v1/segments")).andExpect(status().isOk()).andExpect(jsonPath("$.items[*].key", hasItem("lapsed")));
        client.perform(get("/api/v1/segments/vip")).andExpect(status().isOk())
                .andExpect(jsonPath("$.type").value("behavioral")).andExpect(jsonPath("$.name").value("VIPs"))
                .andExpect(jsonPath("$.rule").value("spent 500 and came back")).andExpect(jsonPath("$.size").isNumber())
                .andExpect(jsonPath("$.refreshedAt").isString());
        client.perform(get("/api/v1/segments/no-such")).andExpect(status().isNotFound());
    }

    @Test
    void keepsAStaticSegment() throws Exception {
        String key = "api-" + UUID.randomUUID();
        String customer = customers.take(new CustomerInput("api-" + UUID.randomUUID(), null, null, null, null, null, null, null, null, null, null),
                Event.Origin.LIVE).externalId();
        send("", "{\"key\": \"%s\", \"name\": \"Fair\", \"type\": \"static\"}".formatted(key)).andExpect(status().isCreated()).andExpect(jsonPath("$.size").value(0));
        send("", "{\"key\": \"%s\", \"name\": \"Fair\", \"type\": \"static\"}".formatted(key)).andExpect(status().isConflict());
        send("/" + key + "/members", "{\"add\": [\"%s\", \"%s\"]}".formatted(customer, customer)).andExpect(status().isOk())
                .andExpect(jsonPath("$.added").value(1)).andExpect(jsonPath("$.size").value(1));
        client.perform(get("/api/v1/segments/" + key + "/members")).andExpect(jsonPath("$.items[*].customerId", contains(customer)));
        send("/" + key + "/members", "{\"add\": [\"nobody\", null], \"remove\": [\"%s\"]}".formatted(customer)).andExpect(status().is4xxClientError())
                .andExpect(jsonPath("$.errors[*].field", contains("add[0]", "add[1]")));
        send("/" + key + "/members", "{\"remove\": [\"%s\"]}".formatted(customer)).andExpect(jsonPath("$.removed").value(1));
        client.perform(get("/api/v1/segments/" + key + "/members")).andExpect(jsonPath("$.items", hasSize(0)));
    }

    @Test
    void refusesWhatCannotBeMade() throws Exception {
        send("", "{\"key\": \"Not A Key\", \"name\": \"\", \"type\": \"odd\"}").andExpect(status().is4xxClientError())
                .andExpect(jsonPath("$.errors[*].field", contains("key", "name", "type")));
        send("", "{\"key\": \"d\", \"name\": \"D\", \"type\": \"dynamic\"}").andExpect(status().is4xxClientError())
                .andExpect(jsonPath("$.errors[0].field").value("criteria")).andExpect(jsonPath("$.errors[0].message", containsString("is missing")));
        send("/vip/members", "{\"add\": []}").andExpect(status().isOk());
        client.perform(get("/api/v1/segments/vip/members?limit=0")).andExpect(status().is4xxClientError());
        client.perform(get("/api/v1/segments/vip/members?after=bm9udW1iZXI")).andExpect(status().is4xxClientError());
    }

    @Test
    void calculatesEverybodyOnRequest() throws Exception {
        send("/rebuild", "").andExpect(status().isAccepted()).andExpect(jsonPath("$.running").value(true));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !schedule.busy());
        client.perform(get("/api/v1/segments/rebuild")).andExpect(jsonPath("$.running").value(false)).andExpect(jsonPath("$.customers").isNumber())
                .andExpect(jsonPath("$.seconds").isNumber());
    }

    @Test
    void checksARule() throws Exception {
        rule("segments/x.drl", "rule \\\"x\\\" when $c : Customer( orders.count > 1 ) then segments.enter($c, \\\"x\\\", \\\"y\\\"); end").andExpect(status().isOk())
                .andExpect(jsonPath("$.valid").value(true)).andExpect(jsonPath("$.problems", hasSize(0)));
        rule("rules/segments/x.drl", "rule \\\"x\\\"\\nwhen $c : Customer( orders.cuont > 1 ) then segments.enter($c, \\\"x\\\", \\\"y\\\"); end").andExpect(status().isOk())
                .andExpect(jsonPath("$.valid").value(false)).andExpect(jsonPath("$.problems[0].line").value(2)).andExpect(jsonPath("$.problems[0].column").value(28))
                .andExpect(jsonPath("$.problems[0].severity").value("error"));
        rule("../../etc/passwd", "x").andExpect(status().is4xxClientError());
        client.perform(post("/api/v1/rules/check").contentType(APPLICATION_JSON).content("{}")).andExpect(status().is4xxClientError());
        client.perform(get("/api/v1/rules/segments/lapsed.drl")).andExpect(jsonPath("$.source", containsString("orders.daysSinceLast > 90")))
                .andExpect(jsonPath("$.inForce").value(true));
        client.perform(get("/api/v1/rules")).andExpect(jsonPath("$.items[*].path", hasItem("eligibility/consent.drl")));
    }

    private ResultActions rule(String path, String source) throws Exception {
        return client.perform(post("/api/v1/rules/check").contentType(APPLICATION_JSON).content("{\"path\": \"%s\", \"source\": \"%s\"}".formatted(path, source)));
    }

    private ResultActions send(String path, String body) throws Exception {
        return client.perform(post("/api/v1/segments" + path).contentType(APPLICATION_JSON).content(body));
    }
}
