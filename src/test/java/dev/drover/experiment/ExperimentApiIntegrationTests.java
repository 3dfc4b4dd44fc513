package dev.drover.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Counts from anywhere, evaluated as the HTTP contract says. */
@IntegrationTest
class ExperimentApiIntegrationTests {

    private static final String EVALUATE = "/api/v1/experiments/evaluate";

    @LocalServerPort
    int port;

    @Test
    void countsAreEvaluated() throws Exception {
        var found = api().postJson(EVALUATE, """
                {"metric": "open_rate", "confidence": 0.95, "variants": [{"id": "A", "recipients": 1000, "successes": 200}, {"id": "B", "recipients": 1000, "successes": 250}]}""");
        assertThat(found.get("chiSquare").asDouble()).isCloseTo(7.168458781, within(1e-8));
        assertThat(found.get("degreesOfFreedom").asInt()).isEqualTo(1);
        assertThat(found.get("pValue").asDouble()).isCloseTo(0.0074196493, within(1e-9));
        assertThat(found.get("confidenceAchieved").asDouble()).isCloseTo(0.9925803507, within(1e-9));
        assertThat(found.get("significant").asBoolean()).isTrue();
        assertThat(found.get("winner").asString()).isEqualTo("B");
        assertThat(found.get("srm").asBoolean()).isFalse();
        assertThat(found.at("/variants/1/rate").asDouble()).isEqualTo(0.25);
        assertThat(found.at("/variants/1/low").asDouble()).isCloseTo(0.22415310, within(1e-8));
        assertThat(found.at("/variants/1/high").asDouble()).isCloseTo(0.27776028, within(1e-8));
        assertThat(found.at("/variants/1/versusControl/anyTimePValue").asDouble()).as("whoever may look any time needs more").isGreaterThan(0.05);
        assertThat(found.has("anyTimeWinner")).isFalse();
        assertThat(found.get("verdict").asString()).isEqualTo("B wins: 25.0 % against A’s 20.0 %, which is 5.00 points more (1.34 to 8.65).");
    }

    @Test
    void hundredthsAreUnderstoodAndAnsweredInHundredths() throws Exception {
        var found = api().postJson(EVALUATE, """
                {"metric": "click_rate", "confidence": 99, "variants": [{"id": "A", "recipients": 1000, "successes": 200}, {"id": "B", "recipients": 1000, "successes": 240}]}""");
        assertThat(found.get("confidence").asDouble()).isEqualTo(99);
        assertThat(found.get("confidenceAchieved").asDouble()).isBetween(96.0, 98.0);
        assertThat(found.get("significant").asBoolean()).isFalse();
        assertThat(found.has("winner")).isFalse();
        assertThat(found.get("verdict").asString()).startsWith("No winner: keep A.");
    }

    @Test
    void aSplitThatIsNoneAlarms() throws Exception {
        var found = api().postJson(EVALUATE, """
                {"variants": [{"id": "A", "recipients": 5000, "successes": 900}, {"id": "B", "recipients": 4500, "successes": 950}]}""");
        assertThat(found.get("srm").asBoolean()).isTrue();
        assertThat(found.has("winner")).isFalse();
        assertThat(found.get("verdict").asString()).startsWith("Don’t trust this experiment").contains("once in 3,449,360 times");
        var meant = api().postJson(EVALUATE, """
                {"variants": [{"id": "A", "recipients": 5000, "successes": 900, "weight": 50}, {"id": "B", "recipients": 4500, "successes": 950, "weight": 45}]}""");
        assertThat(meant.get("srm").asBoolean()).isFalse();
        assertThat(meant.get("winner").asString()).isEqualTo("B");
    }

    @Test
    void nothingHappenedAnywhere() throws Exception {
        var found = api().postJson(EVALUATE, """
                {"metric": "conversion_rate", "variants": [{"id": "A", "recipients": 0, "successes": 0}, {"id": "B", "recipients": 1, "successes": 0}]}""");
        assertThat(found.get("pValue").asDouble()).isEqualTo(1);
        assertThat(found.get("chiSquare").asDouble()).isZero();
        assertThat(found.at("/variants/0/rate").asDouble()).isZero();
        assertThat(found.at("/variants/0/high").asDouble()).isEqualTo(1);
        assertThat(found.has("winner")).isFalse();
    }

    @Test
    void revenueIsComparedByWhatEachSpent() throws Exception {
        var found = api().postJson(EVALUATE, """
                {"metric": "revenue", "variants": [{"id": "A", "recipients": 1000, "amounts": [%s]}, {"id": "B", "recipients": 1000, "amounts": [%s]}]}""".formatted(amounts(50, 20), amounts(120, 30)));
        assertThat(found.get("winner").asString()).isEqualTo("B");
        assertThat(found.at("/variants/0/rate").asDouble()).isCloseTo(1.0, within(0.2));
        assertThat(found.at("/variants/1/versusControl/differenceRange/low").asDouble()).isPositive();
        assertThat(found.has("chiSquare")).isFalse();
        var few = api().postJson(EVALUATE, """
                {"metric": "revenue", "variants": [{"id": "A", "recipients": 1000, "amounts": [10]}, {"id": "B", "recipients": 1000, "amounts": []}]}""");
        assertThat(few.get("verdict").asString()).startsWith("Too few have bought");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{}|variants",
        "{\"variants\": []}|variants",
        "{\"metric\": \"fame\", \"variants\": [{\"id\": \"A\", \"recipients\": 1, \"successes\": 1}, {\"id\": \"B\", \"recipients\": 1, \"successes\": 1}]}|metric",
        "{\"confidence\": 0.4, \"variants\": [{\"id\": \"A\", \"recipients\": 1, \"successes\": 1}, {\"id\": \"B\", \"recipients\": 1, \"successes\": 1}]}|confidence",
        "{\"confidence\": 100, \"variants\": [{\"id\": \"A\", \"recipients\": 1, \"successes\": 1}, {\"id\": \"B\", \"recipients\": 1, \"successes\": 1}]}|confidence",
        "{\"variants\": [{\"id\": \"A\", \"recipients\": 10, \"successes\": 11}, {\"id\": \"B\", \"recipients\": 10, \"successes\": 1}]}|variants[0].successes",
        "{\"variants\": [{\"id\": \"A\", \"recipients\": 10, \"successes\": 1}, {\"id\": \"A\", \"recipients\": 10, \"successes\": 1}]}|variants[1].id",
        "{\"variants\": [{\"id\": \"A\", \"recipients\": 10, \"successes\": 1}]}|variants",
        "{\"variants\": [{\"id\": \"A\", \"recipients\": 10}, {\"id\": \"B\", \"recipients\": 10, \"successes\": 1}]}|variants[0].successes",
        "{\"variants\": [{\"id\": \"A\", \"recipients\": 10, \"successes\": 1, \"weight\": 0}, {\"id\": \"B\", \"recipients\": 10, \"successes\": 1}]}|variants[0].weight",
        "{\"variants\": [null, {\"id\": \"B\", \"recipients\": 10, \"successes\": 1}]}|variants[0]",
        "{\"metric\": \"revenue\", \"variants\": [{\"id\": \"A\", \"recipients\": 1, \"amounts\": [1, 2]}, {\"id\": \"B\", \"recipients\": 1, \"amounts\": []}]}|variants[0].amounts"})
    void whatIsWrongIsToldAtItsField(String body, String field) throws Exception {
        var answer = api().send("POST", EVALUATE, "application/json", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains("\"field\":\"" + field + "\"");
    }

    @Test
    void whatATestNeedsIsToldBefore() throws Exception {
        var needed = api().postJson("/api/v1/experiments/power", "{\"rate\": 0.2, \"lift\": 0.1}");
        assertThat(needed.get("recipients").asLong()).isEqualTo(6_510);
        var seen = api().postJson("/api/v1/experiments/power", "{\"rate\": 0.2, \"recipients\": 1500}");
        assertThat(seen.get("rate").asDouble()).isCloseTo(0.24244473, within(1e-8));
        assertThat(api().send("POST", "/api/v1/experiments/power", "application/json", "{\"rate\": 0.2}").body()).contains("\"field\":\"lift\"");
        assertThat(api().send("POST", "/api/v1/experiments/power", "application/json", "{\"rate\": 1.2, \"recipients\": 5}").statusCode()).isEqualTo(422);
    }

    @Test
    void nobodyEvaluatesWithoutAToken() throws Exception {
        assertThat(new Api("http://localhost:" + port, "wrong").send("POST", EVALUATE, "application/json", "{}").statusCode()).isEqualTo(401);
    }

    private static String amounts(int count, int each) {
        return java.util.stream.IntStream.range(0, count).mapToObj(n -> String.valueOf(each - 5 + n % 11)).collect(java.util.stream.Collectors.joining(", "));
    }

    private Api api() {
        return new Api("http://localhost:" + port, "test-token");
    }
}
