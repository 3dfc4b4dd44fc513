package dev.drover.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.springframework.http.MediaType.APPLICATION_JSON;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.drover.audience.CustomerInput;
import dev.drover.audience.CustomerIntake;
import dev.drover.eventlog.Event;
import dev.drover.kernel.Problem;
import dev.drover.ruleset.RuleEdit;
import dev.drover.ruleset.Rulesets;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** Segments of all types are made, changed and taken away through the API. Each test's customers carry an attribute of their own. */
@IntegrationTest
class SegmentBuilderIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    WebApplicationContext application;

    @Autowired
    CustomerIntake customers;

    @Autowired
    Rulesets rulesets;

    @Autowired
    Segments segments;

    MockMvc client;

    private final String own = UUID.randomUUID().toString().substring(0, 8);
    private final String key = "built-" + own;

    @BeforeEach
    void connect() {
        client = MockMvcBuilders.webAppContextSetup(application).build();
    }

    @AfterEach
    void tidyUp() {
        rulesets.files().stream().filter(file -> file.path().contains(own)).forEach(file -> rulesets.retire(file.path(), new RuleEdit("test", "api", ""), null));
    }

    @Test
    void aDynamicSegmentHasItsMembersAndTellsWhy() throws Exception {
        customer("in", Map.of("tier" + own, "gold", "size" + own, 4));
        customer("alsoIn", Map.of("tier" + own, "gold", "beta" + own, true));
        customer("out", Map.of("tier" + own, "gold", "size" + own, 1));
        send("", """
                {"key": "%1$s", "name": "Gold: the large ones", "type": "dynamic", "criteria": {"logic": "AND", "conditions": [
                  {"field": "attributes.tier%2$s", "operator": "eq", "value": "gold"},
                  {"logic": "OR", "conditions": [{"field": "attributes.size%2$s", "operator": ">=", "value": 3}, {"field": "attributes.beta%2$s", "operator": "eq", "value": true}]}]}}"""
                .formatted(key, own)).andExpect(status().isCreated()).andExpect(jsonPath("$.type").value("dynamic")).andExpect(jsonPath("$.name").value("Gold: the large ones"))
                .andExpect(jsonPath("$.rule").value("Gold: the large ones")).andExpect(jsonPath("$.criteria.conditions.length()").value(2)).andExpect(jsonPath("$.warnings", empty()));
        Api.await("both are in it", PATIENCE, () -> segments.require(key).size() == 2);
        client.perform(get("/api/v1/segments/" + key + "/members")).andExpect(jsonPath("$.items[*].customerId", hasItems("in-" + own, "alsoIn-" + own)))
                .andExpect(jsonPath("$.items[0].reason", containsString("ttribute “tier" + own + "” is gold")));
        client.perform(get("/api/v1/segments/" + key)).andExpect(jsonPath("$.type").value("dynamic")).andExpect(jsonPath("$.name").value("Gold: the large ones"))
                .andExpect(jsonPath("$.criteria.conditions[1].logic").value("OR"));
        client.perform(get("/api/v1/segments/" + key + "/history")).andExpect(jsonPath("$.items.length()").value(2)).andExpect(jsonPath("$.items[0].entered").value(true));
        change("""
                {"criteria": {"conditions": [{"field": "attributes.size%s", "operator": "lt", "value": 3}]}}""".formatted(own)).andExpect(status().isOk());
        Api.await("the others are in it", PATIENCE, () -> segments.members(key, null, 10).items().stream().map(Segments.Member::customerId).toList().equals(java.util.List.of("out-" + own)));
        client.perform(get("/api/v1/segments/" + key + "/history?limit=4")).andExpect(jsonPath("$.items.length()").value(4)).andExpect(jsonPath("$.next").isString());
    }

    @Test
    void aSegmentOfScoresIsMadeFromThem() throws Exception {
        send("", """
                {"key": "%s", "name": "Best", "type": "rfm", "rfm": {"recency": [5], "frequency_score": {"min": 4}, "segment": "champions"}}""".formatted(key))
                .andExpect(status().isCreated()).andExpect(jsonPath("$.type").value("rfm")).andExpect(jsonPath("$.rfm.recency[0]").value(5))
                .andExpect(jsonPath("$.criteria.conditions[*].field", hasItems("recency", "frequency", "rfmSegment")));
        send("", "{\"key\": \"x-%s\", \"name\": \"X\", \"type\": \"rfm\"}".formatted(own)).andExpect(status().is4xxClientError()).andExpect(jsonPath("$.errors[0].field").value("rfm"));
        send("", "{\"key\": \"x-%s\", \"name\": \"X\", \"type\": \"rfm\", \"rfm\": {\"recency\": [6]}}".formatted(own)).andExpect(status().is4xxClientError());
    }

    @Test
    void whatIsHardlyMeantIsToldAndDone() throws Exception {
        customer("text", Map.of("mixed" + own, "five"));
        customer("number", Map.of("mixed" + own, 5));
        send("", """
                {"key": "%s", "name": "Nobody", "type": "behavioral", "criteria": {"conditions": [
                  {"field": "totalOrders", "operator": "gt", "value": 5}, {"field": "totalOrders", "operator": "lt", "value": 2}]}}""".formatted(key))
                .andExpect(status().isCreated()).andExpect(jsonPath("$.warnings", hasItem(containsString("never"))));
        change("{\"criteria\": {\"conditions\": [{\"field\": \"totalOrders\", \"operator\": \"gte\", \"value\": 0}]}}").andExpect(status().isOk())
                .andExpect(jsonPath("$.warnings", hasItem(containsString("every customer"))));
        change("{\"criteria\": {\"conditions\": [{\"field\": \"attributes.mixed%s\", \"operator\": \"gte\", \"value\": 3}]}}".formatted(own)).andExpect(status().isOk())
                .andExpect(jsonPath("$.warnings", hasItem(containsString("a text for 1"))));
    }

    @Test
    void segmentsDoNotAskInACircle() throws Exception {
        String other = "other-" + own;
        send("", "{\"key\": \"%s\", \"name\": \"One\", \"type\": \"dynamic\", \"criteria\": {\"conditions\": [{\"field\": \"opens\", \"operator\": \"gt\", \"value\": 3}]}}".formatted(key))
                .andExpect(status().isCreated());
        send("", "{\"key\": \"%s\", \"name\": \"Other\", \"type\": \"dynamic\", \"criteria\": {\"conditions\": [{\"field\": \"segment\", \"operator\": \"eq\", \"value\": \"%s\"}]}}"
                .formatted(other, key)).andExpect(status().isCreated());
        change("{\"criteria\": {\"conditions\": [{\"field\": \"segment\", \"operator\": \"eq\", \"value\": \"%s\"}]}}".formatted(other)).andExpect(status().is4xxClientError())
                .andExpect(jsonPath("$.errors[0].field").value("criteria")).andExpect(jsonPath("$.errors[0].message", containsString("which asks for")));
        client.perform(delete("/api/v1/segments/" + key)).andExpect(status().isConflict()).andExpect(jsonPath("$.detail", containsString("segments/" + other + ".drl")));
        client.perform(delete("/api/v1/segments/" + other)).andExpect(status().isNoContent());
        client.perform(delete("/api/v1/segments/" + key)).andExpect(status().isNoContent());
        client.perform(get("/api/v1/segments/" + key)).andExpect(jsonPath("$.active").value(false));
        assertThat(rulesets.file("segments/" + key + ".drl")).isEmpty();
    }

    @Test
    void aSegmentThatWasTakenAwayLetsItsMembersGoAndCanBeMadeAgain() throws Exception {
        customer("gone", Map.of());
        send("", "{\"key\": \"%s\", \"name\": \"Fair\", \"type\": \"static\", \"description\": \"Of spring\"}".formatted(key)).andExpect(status().isCreated());
        send("/" + key + "/members", "{\"add\": [\"gone-%s\"]}".formatted(own)).andExpect(status().isOk());
        client.perform(delete("/api/v1/segments/" + key)).andExpect(status().isNoContent());
        assertThat(segments.members(key, null, 10).items()).isEmpty();
        client.perform(get("/api/v1/segments/" + key + "/history")).andExpect(jsonPath("$.items[0].reason").value("The segment was taken away"));
        send("", "{\"key\": \"%s\", \"name\": \"Fair again\", \"type\": \"static\"}".formatted(key)).andExpect(status().isCreated()).andExpect(jsonPath("$.active").value(true));
    }

    @Test
    void aSegmentThatAJourneyAsksForStays() throws Exception {
        client.perform(delete("/api/v1/segments/loyal")).andExpect(status().isConflict()).andExpect(jsonPath("$.detail", containsString("the journey Welcome")));
    }

    @Test
    void whatWouldBeIsCountedBeforehand() throws Exception {
        customer("in", Map.of("n" + own, 4));
        customer("out", Map.of("n" + own, 2));
        String criteria = "{\"conditions\": [{\"field\": \"attributes.n%s\", \"operator\": \"gt\", \"value\": 3}]}".formatted(own);
        send("/preview", "{\"criteria\": %s}".formatted(criteria)).andExpect(status().isOk()).andExpect(jsonPath("$.count").value(1)).andExpect(jsonPath("$.entering").value(1))
                .andExpect(jsonPath("$.leaving").value(0)).andExpect(jsonPath("$.sample[0].customerId").value("in-" + own)).andExpect(jsonPath("$.sample[0].reason", containsString("(4")));
        send("", "{\"key\": \"%s\", \"name\": \"N\", \"type\": \"dynamic\", \"criteria\": %s}".formatted(key, criteria)).andExpect(status().isCreated());
        String source = "rule \\\"r\\\" when $c : Customer( number(\\\"n%1$s\\\") < 3 ) then segments.enter($c, \\\"%2$s\\\", \\\"few\\\"); end".formatted(own, key);
        send("/preview", "{\"key\": \"%s\", \"source\": \"%s\"}".formatted(key, source)).andExpect(status().isOk()).andExpect(jsonPath("$.count").value(1))
                .andExpect(jsonPath("$.entering").value(1)).andExpect(jsonPath("$.leaving").value(1)).andExpect(jsonPath("$.sample[0].reason").value("few"));
        send("/preview", "{}").andExpect(status().is4xxClientError());
        send("/preview", "{\"source\": \"rule\"}").andExpect(status().is4xxClientError()).andExpect(jsonPath("$.errors[0].field").value("source"));
        send("/preview", "{\"criteria\": {\"conditions\": [{\"field\": \"opens\", \"operator\": \"gt\", \"value\": \"x\"}]}}").andExpect(status().is4xxClientError())
                .andExpect(jsonPath("$.errors[0].field").value("criteria.conditions[0].value"));
    }

    @Test
    void aRuleThatWasChangedInTheEditorIsReadBackAndWhatConditionsCannotSayIsLeftAlone() throws Exception {
        send("", "{\"key\": \"%s\", \"name\": \"One\", \"type\": \"dynamic\", \"criteria\": {\"conditions\": [{\"field\": \"opens\", \"operator\": \"gt\", \"value\": 3}]}}".formatted(key))
                .andExpect(status().isCreated());
        String rule = "rule \"r\" when $c : Customer( %s ) then segments.enter($c, \"" + key + "\", \"why\"); end";
        rulesets.publish("segments/" + key + ".drl", rule.formatted("engagement.opens > 4"), new RuleEdit("ana", "ui", ""), null);
        client.perform(get("/api/v1/segments/" + key)).andExpect(jsonPath("$.criteria.conditions[0].value").value(4));
        rulesets.publish("segments/" + key + ".drl", rule.formatted("engagement.opens > engagement.clicks"), new RuleEdit("ana", "ui", ""), null);
        client.perform(get("/api/v1/segments/" + key)).andExpect(jsonPath("$.criteria").isEmpty());
    }

    @Test
    void aKeyThatIsTakenIsRefused() throws Exception {
        String body = "{\"key\": \"%s\", \"name\": \"X\", \"type\": \"dynamic\", \"criteria\": {\"conditions\": [{\"field\": \"opens\", \"operator\": \"gt\", \"value\": 3}]}}";
        send("", body.formatted("vip")).andExpect(status().isConflict());
        send("", body.formatted("new-customers")).andExpect(status().isConflict()).andExpect(jsonPath("$.detail", containsString("another key")));
        send("", "{\"key\": \"%s\", \"name\": \"X\", \"type\": \"static\", \"criteria\": {\"conditions\": []}}".formatted(key)).andExpect(status().is4xxClientError());
        client.perform(put("/api/v1/segments/nobody-" + own).contentType(APPLICATION_JSON).content("{}")).andExpect(status().isNotFound());
        change("{\"key\": \"other\"}").andExpect(status().is4xxClientError()).andExpect(jsonPath("$.errors[0].message", not(containsString("null"))));
    }

    private void customer(String name, Map<String, Object> attributes) throws Problem {
        customers.take(new CustomerInput(name + "-" + own, null, null, null, name, null, null, null, null, attributes, null), Event.Origin.LIVE);
    }

    private ResultActions send(String path, String body) throws Exception {
        return client.perform(post("/api/v1/segments" + path).contentType(APPLICATION_JSON).content(body));
    }

    private ResultActions change(String body) throws Exception {
        return client.perform(put("/api/v1/segments/" + key).contentType(APPLICATION_JSON).content(body));
    }
}
