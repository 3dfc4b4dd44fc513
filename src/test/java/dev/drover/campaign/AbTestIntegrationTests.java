package dev.drover.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.kernel.Channel;
import dev.drover.testing.IntegrationTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A campaign that tries out variants, through its process on the real engine: every way a test can end. */
@IntegrationTest
class AbTestIntegrationTests extends CampaignWalk {

    private static final Duration WAIT = Duration.ofHours(1);

    @Autowired
    CampaignRuns runs;

    @Test
    void theWinnerGoesToTheRestAndEverybodyGetsOneMessage() throws Exception {
        var people = new ArrayList<String>();
        long id = campaign("0.5", 40, true, 300, who -> true, people);
        start(id);
        var groups = groups(id);
        var assignment = assignment(id);
        assertThat(groups).as("as the hash says, and nobody else").isEqualTo(people.stream().filter(who -> assignment.variantOf(who).isPresent())
                .collect(Collectors.toMap(who -> who, who -> assignment.variantOf(who).orElseThrow())));
        assertThat(groups.size()).isBetween(100, 200);
        react(id, 1, "open", null);
        react(id, 0, "open", "prefetched by a program");
        var waiting = sendings.get(api, id);
        assertThat(waiting.get("status").asString()).isEqualTo("running");
        assertThat(waiting.at("/run/phase").asString()).isEqualTo("testing");
        var soFar = api.get("/api/v1/campaigns/" + id + "/test");
        assertThat(soFar.get("verdict").asString()).contains("Proven: B");
        assertThat(soFar.at("/variants/0/opened").asInt()).as("machines are left out").isZero();

        time.advance(WAIT.plusMinutes(1));
        sendings.awaitStatus(api, id, "completed");
        assertThat(sendings.recipients(id, "sent")).hasSize(300).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(people);
        assertThat(rest(id)).isEqualTo(Map.of("Fresh cheese", (long) 300 - groups.size()));
        var test = api.get("/api/v1/campaigns/" + id + "/test");
        assertThat(test.get("status").asString()).isEqualTo("completed");
        assertThat(test.get("winner").asString()).isEqualTo("B");
        assertThat(test.get("chosen").asString()).isEqualTo("B");
        assertThat(test.get("verdict").asString()).contains("B wins: 100.0 % against A’s 0.0 %");
        assertThat(test.at("/variants/1/recipients").asInt() + test.at("/variants/0/recipients").asInt()).as("the rest is no part of it").isEqualTo(groups.size());
    }

    @Test
    void withoutAnyReactionTheControlIsKeptAndItIsSaidSo() throws Exception {
        var people = new ArrayList<String>();
        long id = campaign("0.4", 5, true, 60, who -> true, people);
        start(id);
        int drawn = groups(id).size();
        time.advance(WAIT.plusMinutes(1));
        sendings.awaitStatus(api, id, "completed");
        assertThat(rest(id)).isEqualTo(Map.of("News for {{customer.firstName}}", 60L - drawn));
        var test = api.get("/api/v1/campaigns/" + id + "/test");
        assertThat(test.get("winner").isNull()).isTrue();
        assertThat(test.get("chosen").asString()).isEqualTo("A");
        assertThat(test.get("verdict").asString()).startsWith("No winner: keep A");
        assertThat(sendings.recipients(id, "sent")).containsExactlyInAnyOrderElementsOf(people);
    }

    @Test
    void withoutItsShareNobodyWins() throws Exception {
        // Half of B's may not be written to: something chose, and that B is read more often says nothing.
        long id = campaign("1", 20, true, 300, who -> who.hashCode() % 2 == 0, new ArrayList<>());
        start(id);
        react(id, 1, "open", null);
        time.advance(WAIT.plusMinutes(1));
        sendings.awaitStatus(api, id, "completed");
        var test = api.get("/api/v1/campaigns/" + id + "/test");
        assertThat(test.get("winner").isNull()).isTrue();
        assertThat(test.get("srm").asBoolean()).isTrue();
        assertThat(test.get("verdict").asString()).startsWith("No winner: keep A").contains("Don’t trust this experiment");
    }

    @Test
    void aVariantThatGotNobodyDecidesNothing() throws Exception {
        long id = campaign("1", 5, true, 60, who -> false, new ArrayList<>());
        start(id);
        react(id, 0, "open", null);
        time.advance(WAIT.plusMinutes(1));
        sendings.awaitStatus(api, id, "completed");
        var test = api.get("/api/v1/campaigns/" + id + "/test");
        assertThat(test.get("chosen").asString()).isEqualTo("A");
        assertThat(test.get("verdict").asString()).contains("Variant B went to nobody, and 5 of each are needed");
        assertThat(test.at("/variants/1/recipients").asInt()).isZero();
        assertThat(test.at("/variants/1/queued").asInt()).isPositive();
    }

    @Test
    void cancelledWhileItWaitsTheRestGetsNothing() throws Exception {
        long id = campaign("0.5", 5, true, 60, who -> true, new ArrayList<>());
        start(id);
        int drawn = groups(id).size();
        assertThat(sendings.to(api, id, "cancel").get("status").asString()).isEqualTo("cancelled");
        await().atMost(Sendings.PATIENCE).until(() -> sendings.get(api, id).at("/run/phase").asString().equals("cancelled"));
        time.advance(WAIT.plusMinutes(1));
        assertThat(sendings.statuses(id)).isEqualTo(Map.of("sent", (long) drawn));
        assertThat(api.get("/api/v1/campaigns/" + id + "/test").get("status").asString()).isEqualTo("cancelled");
        assertThat(jdbc.sql("SELECT count(*) FROM campaign_audience WHERE campaign_id = ?").param(id).query(Long.class).single()).isZero();
        assertThat(api.send("POST", "/api/v1/campaigns/" + id + "/decide", "application/json", "{\"variant\": \"B\"}").statusCode()).isEqualTo(409);
    }

    @Test
    void pausedWhileItWaitsItIsDecidedWhenItIsResumed() throws Exception {
        var people = new ArrayList<String>();
        long id = campaign("0.5", 5, true, 60, who -> true, people);
        start(id);
        int drawn = groups(id).size();
        sendings.to(api, id, "pause");
        time.advance(WAIT.plusMinutes(1));
        assertThat(runs.decide(id, 1).outcome()).isEqualTo("paused");
        assertThat(sendings.statuses(id)).isEqualTo(Map.of("sent", (long) drawn));
        sendings.to(api, id, "resume");
        sendings.awaitStatus(api, id, "completed");
        assertThat(sendings.recipients(id, "sent")).hasSize(60).containsExactlyInAnyOrderElementsOf(people);
    }

    @Test
    void whoeverIsAskedDecidesAndWhoeverDoesNotWaitToo() throws Exception {
        long asked = campaign("0.5", 5, false, 60, who -> true, new ArrayList<>());
        start(asked);
        time.advance(WAIT.plusMinutes(1));
        await().atMost(Sendings.PATIENCE).until(() -> sendings.get(api, asked).at("/run/decideAt").isNull());
        int drawn = groups(asked).size();
        assertThat(sendings.statuses(asked)).isEqualTo(Map.of("sent", (long) drawn));
        var unknown = api.send("POST", "/api/v1/campaigns/" + asked + "/decide", "application/json", "{\"variant\": \"Z\"}");
        assertThat(unknown.statusCode()).isEqualTo(422);
        assertThat(unknown.body()).contains("Choose one of the variants: A, B");
        api.postJson("/api/v1/campaigns/" + asked + "/decide", "{\"variant\": \"B\"}");
        sendings.awaitStatus(api, asked, "completed");
        assertThat(rest(asked)).isEqualTo(Map.of("Fresh cheese", 60L - drawn));
        var test = api.get("/api/v1/campaigns/" + asked + "/test");
        assertThat(test.get("winner").isNull()).as("chosen, not proven").isTrue();
        assertThat(test.get("verdict").asString()).contains("chose B").contains("No winner: keep A");

        long early = campaign("0.5", 5, true, 60, who -> true, new ArrayList<>());
        start(early);
        api.postJson("/api/v1/campaigns/" + early + "/decide", "{\"variant\": \"B\"}");
        sendings.awaitStatus(api, early, "completed");
        assertThat(sendings.recipients(early, "sent")).hasSize(60).doesNotHaveDuplicates();
    }

    @Test
    void whatItsStepsDoTwiceTheyDoOnce() throws Exception {
        var people = new ArrayList<String>();
        long id = campaign("0.5", 5, true, 60, who -> true, people);
        sendings.to(api, id, "start");
        for (int n = 0; n < 5; n++) {
            runs.begin(id, 1);
            runs.queue(id, 1);
        }
        awaitGroups(id);
        assertThat(runs.decide(id, 1).outcome()).isEqualTo("early");
        time.advance(WAIT.plusMinutes(1));
        for (int n = 0; n < 5; n++) {
            runs.decide(id, 1);
            runs.queue(id, 1);
        }
        sendings.awaitStatus(api, id, "completed");
        assertThat(sendings.recipients(id, "sent")).hasSize(60).doesNotHaveDuplicates();
        assertThat(new HashSet<>(sendings.recipients(id, "sent"))).isEqualTo(new HashSet<>(people));
    }

    @Test
    void badInputIsToldAtItsField() throws Exception {
        assertThat(wrong("{}")).containsExactly("experiment.variants");
        assertThat(wrong("{\"variants\": [{\"id\": \"A\"}]}")).containsExactly("experiment.variants");
        assertThat(wrong("{\"variants\": [%s]}".formatted(IntStream.range(0, 9).mapToObj("{\"id\": \"%d\", \"subject\": \"x\"}"::formatted).collect(Collectors.joining(","))))).containsExactly("experiment.variants");
        assertThat(wrong("{\"variants\": [{\"id\": \"A\"}, {\"id\": \"A\", \"subject\": \"x\"}]}")).containsExactly("experiment.variants[1].id");
        assertThat(wrong("{\"variants\": [{\"id\": \"A\"}, {\"id\": \"B\"}]}")).containsExactly("experiment.variants[1].subject");
        assertThat(wrong("{\"variants\": [{\"id\": \"A\", \"weight\": 0.5}, {\"id\": \"B\", \"weight\": 0.6, \"subject\": \"x\"}]}")).containsExactly("experiment.variants");
        assertThat(wrong("{\"variants\": [{\"id\": \"A\"}, {\"id\": \"B\", \"subject\": \"x\", \"fromName\": \"y\"}]}")).containsExactly("experiment.variants[1].fromName");
        String two = "\"variants\": [{\"id\": \"A\"}, {\"id\": \"B\", \"subject\": \"x\"}]";
        assertThat(wrong("{%s, \"testShare\": 1.5, \"confidence\": 0.2, \"waitHours\": 0, \"metric\": \"joy\", \"variable\": \"weather\", \"minimumSample\": 0.5}".formatted(two)))
                .containsExactlyInAnyOrder("experiment.testShare", "experiment.confidence", "experiment.waitHours", "experiment.metric", "experiment.variable", "experiment.minimumSample");
        assertThat(new JsonMapper().readTree(api.send("POST", "/api/v1/campaigns", "application/json", "{\"name\": \"x\", \"type\": \"ab_test\", \"settings\": {\"localTime\": true}, \"experiment\": {%s}}".formatted(two)).body())
                .get("errors").findValuesAsString("field")).containsExactly("settings.localTime");

        String segment = sendings.segment(api, sendings.people(api, 10));
        String template = sendings.template(Channel.EMAIL);
        long small = sendings.campaign(api, segment, template, ", \"type\": \"ab_test\", \"experiment\": {%s, \"testShare\": 0.5}".formatted(two));
        assertThat(refused(small)).contains("experiment.testShare").contains("of 10 recipients a variant gets about 2, and 1,000 of each are needed, which takes 4,000 recipients");
        long unknown = sendings.campaign(api, segment, template, ", \"type\": \"ab_test\", \"experiment\": {\"variable\": \"content\", \"variants\": [{\"id\": \"A\"}, {\"id\": \"B\", \"template\": \"no-such\"}]}");
        assertThat(refused(unknown)).contains("experiment.variants[1].template").contains("There is no template 'no-such'");
        long blind = sendings.campaign(api, segment, template, ", \"type\": \"ab_test\", \"settings\": {\"trackOpens\": false}, \"experiment\": {%s, \"metric\": \"open_rate\"}".formatted(two));
        assertThat(refused(blind)).contains("experiment.metric").contains("Opens decide, and this campaign doesn't note them");
    }

    private String refused(long id) throws Exception {
        var answer = api.send("POST", "/api/v1/campaigns/" + id + "/start", "application/json", "{}");
        assertThat(answer.statusCode()).isEqualTo(422);
        return answer.body();
    }

    private List<String> wrong(String experiment) throws Exception {
        var answer = api.send("POST", "/api/v1/campaigns", "application/json", "{\"name\": \"x\", \"type\": \"ab_test\", \"experiment\": %s}".formatted(experiment));
        assertThat(answer.statusCode()).isEqualTo(422);
        return new JsonMapper().readTree(answer.body()).get("errors").findValuesAsString("field");
    }

    /** To so many, of whom each in variant B may be written to only if it is said so. @param people is filled with all of them */
    private long campaign(String share, int minimum, boolean automatic, int count, Predicate<String> consentInB, List<String> people) throws Exception {
        String segment = sendings.segment(api, List.of());
        long id = sendings.campaign(api, segment, sendings.template(Channel.EMAIL), """
                , "type": "ab_test", "experiment": {"metric": "open_rate", "variable": "subject_line", "testShare": %s, "waitHours": 1, "minimumSample": %d, "automaticWinner": %s,
                  "variants": [{"id": "A", "weight": 0.5}, {"id": "B", "weight": 0.5, "subject": "Fresh cheese"}]}""".formatted(share, minimum, automatic));
        var assignment = assignment(id);
        String name = "ab-" + UUID.randomUUID();
        people.addAll(IntStream.range(0, count).mapToObj(n -> name + "-" + n).toList());
        api.post("/api/v1/customers/batch", "application/x-ndjson", people.stream().map(who -> """
                {"externalId": "%1$s", "email": "%1$s@example.org", "firstName": "Sam", "timeZone": "%2$s", "consent": {"email": %3$s, "source": "test"}}"""
                .formatted(who, sendings.middayZone(), !assignment.variantOf(who).equals(java.util.Optional.of("B")) || consentInB.test(who))).collect(Collectors.joining("\n", "", "\n")));
        sendings.change(api, segment, "add", people);
        return id;
    }

    private dev.drover.experiment.Assignment assignment(long id) throws Exception {
        JsonNode given = sendings.get(api, id).get("experiment");
        return AbTestInput.of(dev.drover.kernel.Json.map(given.toString())).assignment(id, 1);
    }

    private void start(long id) throws Exception {
        sendings.to(api, id, "start");
        awaitGroups(id);
    }

    private void awaitGroups(long id) {
        await("the groups have theirs").atMost(Sendings.PATIENCE).until(() -> sendings.get(api, id).at("/run/phase").asString().equals("testing")
                && sendings.count(id, "queued") + sendings.count(id, "deferred") + sendings.count(id, "sending") == 0);
    }

    /** Which variant each in the test was queued for. */
    private Map<String, String> groups(long id) {
        return jdbc.sql("""
                SELECT c.external_id, CASE g.key WHEN :first THEN 'A' ELSE 'B' END FROM message m JOIN mailing g ON g.id = m.mailing_id JOIN customer c ON c.id = m.customer_id
                 WHERE m.origin_type = 'campaign' AND m.origin_id = :id AND g.key <> :rest""").param("first", "campaign:%d:1:0".formatted(id)).param("rest", "campaign:%d:1:rest".formatted(id))
                .param("id", Long.toString(id)).query((row, n) -> Map.entry(row.getString(1), row.getString(2))).list().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** What the rest was sent, by subject. */
    private Map<String, Long> rest(long id) {
        return jdbc.sql("SELECT g.subject, count(*) FROM message m JOIN mailing g ON g.id = m.mailing_id WHERE g.key = ? AND m.status = 'sent' GROUP BY g.subject").param("campaign:%d:1:rest".formatted(id))
                .query((row, n) -> Map.entry(row.getString(1), row.getLong(2))).list().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** All who got the variant. @param machine {@code null}: a person */
    private void react(long id, int variant, String kind, String machine) {
        jdbc.sql("""
                INSERT INTO engagement (message_id, kind, at, device, client, machine, decided) SELECT m.id, ?::text, ?::timestamptz, 'mobile', 'test', ?::text, true FROM message m JOIN mailing g ON g.id = m.mailing_id
                 WHERE g.key = ? AND m.status = 'sent'""").param(kind).param(java.sql.Timestamp.from(clock.instant())).param(machine).param("campaign:%d:1:%d".formatted(id, variant)).update();
    }
}
