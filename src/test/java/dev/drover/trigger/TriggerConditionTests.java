package dev.drover.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.kernel.Checks;
import dev.drover.kernel.Json;
import dev.drover.ruleset.fact.Cart;
import dev.drover.ruleset.fact.Customer;
import dev.drover.ruleset.fact.Orders;
import dev.drover.ruleset.language.Held;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditions on the event and the customer: what holds, what is refused, and that nothing typed becomes code. */
class TriggerConditionTests {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Map<String, Object> EVENT = Json.map("""
            {"total": "49.90", "count": 3, "gift": true, "plan_type": "premium", "renewsOn": "2026-12-01", "address": {"country": "NL"}, "items": [{"productId": "milk"}, {"productId": "gouda"}], "nothing": null}""");

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "event.total | gt | 49 | true", "event.total | gt | 50 | false", "event.total | eq | 49.9 | true", "event.count | between | [3, 5] | true", "event.count | in | [1, 2] | false",
            "event.gift | eq | true | true", "event.gift | eq | false | false", "event.plan_type | eq | \"premium\" | true", "event.plan_type | != | \"premium\" | false",
            "event.plan_type | contains | \"rem\" | true", "event.plan_type | gt | 5 | false", "event.address.country | in | [\"NL\", \"BE\"] | true", "event.items.productId | eq | \"gouda\" | true",
            "event.items.productId | neq | \"gouda\" | false", "event.items.productId | neq | \"cream\" | true", "event.renewsOn | lt | \"2026-12-02\" | true", "event.missing | neq | \"x\" | false",
            "event.missing | eq | null | true", "event.nothing | neq | null | false", "event.total | neq | null | true", "properties.count | >= | 3 | true", "event.properties.count | lte | 2 | false"})
    void anEventIsCompared(String field, String operator, String value, boolean holds) {
        assertThat(tried("{\"field\": \"%s\", \"operator\": \"%s\", \"value\": %s}".formatted(field, operator, value)).held()).isEqualTo(holds);
    }

    @Test
    void groupsOfBothAreDecidedTogetherAndEachIsTold() {
        var held = tried("""
                {"logic": "OR", "conditions": [{"field": "event.total", "operator": "gt", "value": 100},
                    {"logic": "AND", "conditions": [{"field": "country", "operator": "eq", "value": "NL"}, {"field": "attributes.tier", "operator": "eq", "value": "gold"}]}]}""");
        assertThat(held.held()).isTrue();
        assertThat(held.leaves().map(one -> one.held() + " " + one.actual())).containsExactly("false \"49.90\"", "true \"NL\"", "true \"gold\"");
    }

    @Test
    void whatTheEventTellsRulesItOutBeforeTheCustomerIsAsked() {
        assertThat(read("[{\"field\": \"event.total\", \"operator\": \"gt\", \"value\": 100}, {\"field\": \"country\", \"operator\": \"eq\", \"value\": \"NL\"}]").isRuledOutBy(EVENT)).isTrue();
        assertThat(read("{\"logic\": \"OR\", \"conditions\": [{\"field\": \"event.total\", \"operator\": \"gt\", \"value\": 100}, {\"field\": \"country\", \"operator\": \"eq\", \"value\": \"NL\"}]}").isRuledOutBy(EVENT))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\") then System.exit(1); end rule \"y\" when Customer(country == \"", "\"; Runtime.getRuntime().exec(\"id\"); //", "a\\\" ) || eval(true) || text(\"", "*/ end /*",
            "${jndi:ldap://x/y}", "{{constructor}}", "' OR '1'='1", "'; DROP TABLE customer; --", "$c : Customer(", "\\u0022) eval(true)", "line\nend\nrule \"z\" when then end"})
    void whatIsTypedStaysAText(String hostile) {
        for (String field : List.of("attributes.tier", "country", "event.plan_type")) {
            var json = Map.of("field", field, "operator", "eq", "value", hostile);
            var checks = new Checks();
            var read = ConditionsReader.read(json, checks, Set.of(), true);
            // Refused, or compared letter by letter: it equals the very same text, and nothing else.
            if (read.isPresent()) {
                assertThat(read.get().tried(EVENT, customer("gold")).held()).as(field).isFalse();
                assertThat(read.get().tried(Map.of("plan_type", hostile), customer(hostile, hostile)).held()).as(field).isTrue();
                assertThat(read.get().rules().flatMap(rule -> rule.says().stream())).as("one rule, one saying").hasSizeLessThan(2);
            } else {
                assertThat(checks.errors()).isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"event.a\"b", "event.", "event.a..b", "event.a b", "class.forName", "event.getClass()", "totalOrders; System.exit(1)", "__proto__", "", "spentInCategory:a\nb"})
    void aNameThatIsNoneIsRefused(String field) {
        var checks = new Checks();
        assertThat(ConditionsReader.read(Map.of("field", field, "operator", "gte", "value", 1), checks, Set.of(), true)).isEmpty();
        assertThat(checks.errors()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"attributes.x\") || eval(true) || text(\"y", "eventCount:x\") eval(true) //"})
    void aNameWithQuotesInItStaysAName(String field) {
        var rule = ConditionsReader.read(Map.of("field", field, "operator", "gte", "value", 1), new Checks(), Set.of(), true).orElseThrow().rules().findFirst().orElseThrow();
        assertThat(rule.when().parts()).as("one comparison").hasSize(1);
        rule.paths(path -> assertThat(path.text(0)).isEqualTo(field.substring(field.indexOf(field.startsWith("event") ? ':' : '.') + 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"logic\": \"AND\", \"conditions\": []}", "{\"logic\": \"XOR\", \"conditions\": [{\"field\": \"event.a\", \"operator\": \"eq\", \"value\": 1}]}", "\"text\"", "[null]", "[[]]",
            "{\"field\": \"event.a\", \"operator\": \"matches\", \"value\": \".*\"}", "{\"field\": \"event.a\", \"operator\": \"eq\", \"value\": {\"a\": 1}}", "{\"field\": \"event.a\", \"operator\": \"in\", \"value\": 1}",
            "{\"field\": \"event.a\", \"operator\": \"between\", \"value\": [1]}", "{\"field\": \"event.a\", \"operator\": \"eq\", \"value\": 1, \"when\": \"eval(true)\"}",
            "{\"field\": \"segment\", \"operator\": \"eq\", \"value\": \"none-such\"}"})
    void whatIsNoConditionIsRefused(String json) {
        var checks = new Checks();
        assertThat(ConditionsReader.read(Json.read(json, Object.class), checks, Set.of(), true)).isEmpty();
        assertThat(checks.errors()).isNotEmpty();
    }

    @Test
    void aTowerOfGroupsAndAThousandConditionsAreRefused() {
        String tower = "{\"field\": \"event.a\", \"operator\": \"eq\", \"value\": 1}";
        for (int n = 0; n < 100; n++) {
            tower = "{\"logic\": \"AND\", \"conditions\": [" + tower + "]}";
        }
        assertThat(ConditionsReader.read(Json.read(tower, Object.class), new Checks(), Set.of(), true)).isEmpty();
        var many = java.util.Collections.nCopies(1_000, Map.of("field", "event.a", "operator", "eq", "value", 1));
        assertThat(ConditionsReader.read(many, new Checks(), Set.of(), true)).isEmpty();
        assertThat(ConditionsReader.read(List.of(Map.of("field", "event.a", "operator", "eq", "value", 1)), new Checks(), Set.of(), false)).as("a birthday tells nothing").isEmpty();
    }

    private static Held tried(String json) {
        return read(json).tried(EVENT, customer("gold"));
    }

    private static TriggerCondition read(String json) {
        var checks = new Checks();
        var read = ConditionsReader.read(Json.read(json, Object.class), checks, Set.of(), true);
        assertThat(checks.errors()).isEmpty();
        return read.orElseThrow();
    }

    private static Customer customer(String tier) {
        return customer(tier, "NL");
    }

    private static Customer customer(String tier, String country) {
        return new Customer(1, country, Map.of("tier", tier), NOW, NOW, Orders.none(NOW), Cart.none(NOW));
    }
}
