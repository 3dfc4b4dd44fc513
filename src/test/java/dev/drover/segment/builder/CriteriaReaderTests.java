package dev.drover.segment.builder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.kernel.Checks;
import dev.drover.kernel.Json;
import dev.drover.kernel.Problem;
import dev.drover.segment.builder.CriteriaReader.Known;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CriteriaReaderTests {

    private static final Known KNOWN = new Known(Set.of("vip", "self"), "self");

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', value = {
        "{'field': 'totalOrders', 'operator': 'gte', 'value': 5}                        ~ orders.count >= 5",
        "{'field': 'total_orders', 'operator': '>=', 'value': '5.00'}                   ~ orders.count >= 5",
        "{'field': 'last_order_date', 'operator': '>=', 'value': '-30d'}                ~ orders.daysSinceLast <= 30",
        "{'field': 'lastOrderDate', 'operator': 'within_last', 'value': 30}             ~ orders.daysSinceLast <= 30",
        "{'field': 'lastOrderDate', 'operator': 'not_within_last', 'value': 90}         ~ orders.daysSinceLast > 90",
        "{'field': 'lastOrderDate', 'operator': 'lt', 'value': '-90d'}                  ~ orders.count > 0 && orders.daysSinceLast > 90",
        "{'field': 'lastOrderDate', 'operator': 'gt', 'value': '-12h'}                  ~ orders.daysSinceLast < 0.5",
        "{'field': 'lastOrderDate', 'operator': 'between', 'value': ['-90d', '-45d']}   ~ orders.daysSinceLast >= 45 && orders.daysSinceLast <= 90",
        "{'field': 'lastOrderDate', 'operator': 'gte', 'value': '2026-01-31'}           ~ orders.lastSince(`2026-01-31`)",
        "{'field': 'lastOrderDate', 'operator': 'gt', 'value': '2026-01-31T00:00:00Z'}  ~ orders.lastSince(`2026-02-01`)",
        "{'field': 'lastSeenDate', 'operator': 'lt', 'value': '-30d'}                   ~ engagement.seen && engagement.daysSinceSeen > 30",
        "{'field': 'birthday', 'operator': 'lte', 'value': '+7d'}                       ~ daysToBirthday <= 7",
        "{'field': 'birthday', 'operator': 'lt', 'value': '2000-01-01'}                 ~ bornBefore(`2000-01-01`)",
        "{'field': 'country', 'operator': 'in', 'value': ['NL', 'BE']}                  ~ country in (`NL`, `BE`)",
        "{'field': 'country', 'operator': 'neq', 'value': 'NL'}                         ~ country != null && country != `NL`",
        "{'field': 'email', 'operator': 'neq', 'value': null}                           ~ email != null",
        "{'field': 'email', 'operator': 'contains', 'value': '@example.'}               ~ email contains `@example.`",
        "{'field': 'recency', 'operator': 'lte', 'value': 2}                            ~ rfm.recency > 0 && rfm.recency <= 2",
        "{'field': 'recency', 'operator': 'gte', 'value': 4}                            ~ rfm.recency >= 4",
        "{'field': 'averageOrderValue', 'operator': 'lt', 'value': 20}                  ~ orders.count > 0 && orders.average < 20",
        "{'field': 'segment', 'operator': 'neq', 'value': 'vip'}                        ~ !inSegment(`vip`)",
        "{'field': 'attributes.tier', 'operator': 'eq', 'value': 'gold'}                ~ text(`tier`) == `gold`",
        "{'field': 'attributes.size', 'operator': 'neq', 'value': 3}                    ~ number(`size`) < 3 || number(`size`) > 3",
        "{'field': 'attributes.beta', 'operator': 'neq', 'value': true}                 ~ has(`beta`) && !flag(`beta`)",
        "{'field': 'attributes.trialEndsOn', 'operator': 'lte', 'value': '+7d'}         ~ hasDate(`trialEndsOn`) && daysSince(`trialEndsOn`) >= -7",
        "{'field': 'attributes.tier', 'operator': 'eq', 'value': null}                  ~ !has(`tier`)",
        "{'field': 'ordersInLastDays:30', 'operator': 'gte', 'value': 2}                ~ orders.countWithin(30) >= 2",
        "{'field': 'spentInCategory:Raw milk', 'operator': '>', 'value': '49.95'}       ~ orders.revenueOf(`Raw milk`) > 49.95",
        "{'field': 'eventCount:product.viewed:7', 'operator': 'gte', 'value': 3}        ~ events.count(`product.viewed`, 7) >= 3",
        "{'field': 'eventCount:product.viewed', 'operator': 'eq', 'value': 0}           ~ events.count(`product.viewed`) == 0"})
    void eachConditionIsSaidAsRulesSayIt(String json, String rule) {
        assertThat(Clauses.of(read(json)).text()).isEqualTo(rule.replace('`', '"'));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'field': 'totalOders', 'operator': 'gte', 'value': 5}                   | criteria.field    | There is no field 'totalOders'",
        "{'field': 'totalOrders', 'operator': 'almost', 'value': 5}               | criteria.operator | The operators are eq, neq",
        "{'field': 'totalOrders', 'operator': 'gte', 'value': 'many'}             | criteria.value    | totalOrders is a number: write 5",
        "{'field': 'totalOrders', 'operator': 'gte', 'value': 2.5}                | criteria.value    | totalOrders is a whole number",
        "{'field': 'totalOrders', 'operator': 'gte', 'value': 1e400}              | criteria.value    | A number here is at most",
        "{'field': 'totalOrders', 'operator': 'contains', 'value': 5}             | criteria.operator | totalOrders is a number",
        "{'field': 'totalOrders', 'operator': 'between', 'value': [5, 3]}         | criteria.value    | The lower value comes first: [3, 5].",
        "{'field': 'totalOrders', 'operator': 'in', 'value': 5}                   | criteria.value    | in takes a list",
        "{'field': 'totalOrders', 'operator': 'eq', 'value': [5]}                 | criteria.value    | eq takes one value",
        "{'field': 'totalOrders', 'operator': 'eq', 'value': null}                | criteria.value    | value is missing",
        "{'field': 'totalOrders', 'operator': 'eq', 'valeu': 5, 'value': 5}       | criteria          | 'valeu' isn't known here",
        "{'field': 'lastOrderDate', 'operator': 'gte', 'value': 'yesterday'}      | criteria.value    | lastOrderDate is a date: write 2026-01-31, -30d or -12h",
        "{'field': 'lastOrderDate', 'operator': 'gte', 'value': '2026-02-30'}     | criteria.value    | lastOrderDate is a date",
        "{'field': 'lastOrderDate', 'operator': 'gte', 'value': '2026-01-31T10:00:00Z'} | criteria.value | days are in UTC",
        "{'field': 'lastOrderDate', 'operator': 'between', 'value': ['-30d', '-90d']} | criteria.value | The earlier date comes first",
        "{'field': 'lastOpenDate', 'operator': 'gte', 'value': '2026-01-31'}      | criteria.value    | is compared with days ago",
        "{'field': 'birthday', 'operator': 'lte', 'value': '-7d'}                 | criteria.value    | The next birthday is ahead",
        "{'field': 'country', 'operator': 'gt', 'value': 'NL'}                    | criteria.operator | country is a text",
        "{'field': 'country', 'operator': 'eq', 'value': 31}                      | criteria.value    | country is a text",
        "{'field': 'recency', 'operator': 'eq', 'value': 6}                       | criteria.value    | a score from 1 to 5",
        "{'field': 'rfmSegment', 'operator': 'eq', 'value': 'champion'}           | criteria.value    | The RFM segments are champions",
        "{'field': 'subscriptionStatus', 'operator': 'eq', 'value': 'on'}         | criteria.value    | none, active, paused",
        "{'field': 'segment', 'operator': 'eq', 'value': 'self'}                  | criteria.value    | A segment can't ask for itself.",
        "{'field': 'segment', 'operator': 'in', 'value': ['vip', 'vipp']}         | criteria.value    | There is no segment 'vipp'.",
        "{'field': 'attributes.', 'operator': 'eq', 'value': 'x'}                 | criteria.field    | An attribute is named after the dot",
        "{'field': 'attributes.tier', 'operator': 'gt', 'value': 'gold'}          | criteria.value    | attributes.tier is a date",
        "{'field': 'ordersInLastDays', 'operator': 'gte', 'value': 2}             | criteria.field    | takes a number of days",
        "{'field': 'ordersInLastDays:0', 'operator': 'gte', 'value': 2}           | criteria.field    | takes a number of days",
        "{'field': 'totalOrders:30', 'operator': 'gte', 'value': 2}               | criteria.field    | takes nothing after it",
        "{'field': 'spentInCategory:', 'operator': 'gte', 'value': 2}             | criteria.field    | takes a name",
        "{'logic': 'XOR', 'conditions': [{'field': 'opens', 'operator': 'gt', 'value': 1}]} | criteria.logic | logic is AND or OR.",
        "{'logic': 'AND', 'conditions': []}                                       | criteria.conditions | Without a condition everybody would belong to it",
        "{'conditions': [{'conditions': []}]}                                     | criteria.conditions[0].conditions | This group is empty",
        "{'conditions': [{'field': 'opens', 'operator': 'gt', 'value': 1}, {'field': 'opens'}]} | criteria.conditions[1].operator | The operators are",
        "{'conditions': ['x']}                                                    | criteria.conditions[0] | A condition is {field, operator, value}"})
    void whatIsWrongIsToldWithItsPlace(String json, String field, String message) {
        var checks = new Checks();
        assertThat(CriteriaReader.read(Json.map(json.replace('\'', '"').replace("isn\"t", "isn't")), "criteria", checks, KNOWN)).isEmpty();
        assertThat(checks.errors()).extracting(Problem.FieldError::field).contains(field);
        assertThat(checks.errors()).extracting(Problem.FieldError::message).anySatisfy(said -> assertThat(said).contains(message));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\u0000b", "\u2028", "\\u0022", "\u202E", "\u200B", "\uD800", "\t"})
    void textsThatRulesHaveNoPlaceForAreRefused(String value) {
        for (String field : List.of("country", "attributes." + value, "spentInCategory:" + value)) {
            var checks = new Checks();
            assertThat(CriteriaReader.read(Map.of("field", field, "operator", "eq", "value", value), "criteria", checks, KNOWN)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\") || true || country == (\"", "\\", "\\\"", "\" then System.exit(0); end //", "$customer", "/* */", "// x", "“”", "%s%n"})
    void nothingBreaksOutOfItsQuotes(String value) {
        var criteria = read("{'field': 'country', 'operator': 'eq', 'value': %s}".formatted(Json.write(value).replace("'", "\\u0027")));
        String rule = RuleWriter.write("self", value, value, criteria);
        assertThat(RuleReader.read("self", rule)).as(rule).contains(criteria);
    }

    @Test
    void namesAndDescriptionsStayInTheirComment() {
        var criteria = read("{'field': 'opens', 'operator': 'gt', 'value': 1}");
        String rule = RuleWriter.write("self", "A\"b\\ \u2028 rule \"x\"\nwhen", "first\nrule \"evil\" when then end\r\nlast " + "long ".repeat(60), criteria);
        assertThat(RuleReader.read("self", rule)).as(rule).contains(criteria);
        assertThat(rule.lines().filter(line -> line.startsWith("rule "))).hasSize(1);
    }

    @Test
    void groupsNestAndWhatNeedsNoGroupHasNone() {
        var read = read("""
                {'logic': 'AND', 'conditions': [{'field': 'totalOrders', 'operator': 'gte', 'value': 5}, {'logic': 'OR', 'conditions': [
                  {'field': 'country', 'operator': 'in', 'value': ['NL', 'BE']}, {'logic': 'AND', 'conditions': [{'field': 'totalSpent', 'operator': '>', 'value': 500}]}]}]}""");
        assertThat(RuleWriter.write("k", "Good ones", "", read)).isEqualTo("""
                // Good ones: Number of orders is at least 5, and (either country is NL or BE, or total spent is more than
                // 500).
                rule "Good ones"
                when
                    $customer : Customer( orders.count >= 5,
                                          country in ("NL", "BE") || orders.revenue > 500,
                                          $totalOrders : orders.count )
                then
                    segments.enter($customer, "k", "Number of orders is at least 5 (" + $totalOrders + "), either country is NL or BE, or total spent is more than 500");
                end
                """);
    }

    @Test
    void sizeAndDepthHaveEnds() {
        String condition = "{'field': 'opens', 'operator': 'gt', 'value': 1}";
        String deep = condition;
        for (int n = 0; n < 7; n++) {
            deep = "{'logic': '%s', 'conditions': [%s, %s]}".formatted(n % 2 == 0 ? "OR" : "AND", deep, condition);
        }
        assertThat(errors(deep)).anySatisfy(said -> assertThat(said).contains("6 deep"));
        assertThat(errors("{'conditions': [" + (condition + ",").repeat(100) + condition + "]}")).anySatisfy(said -> assertThat(said).contains("More than 100 conditions"));
    }

    private static List<String> errors(String json) {
        var checks = new Checks();
        CriteriaReader.read(Json.map(json.replace('\'', '"')), "criteria", checks, KNOWN);
        return checks.errors().stream().map(Problem.FieldError::message).toList();
    }

    private static Criteria read(String json) {
        var checks = new Checks();
        var read = CriteriaReader.read(Json.map(json.replace('\'', '"')), "criteria", checks, KNOWN);
        assertThat(checks.errors()).isEmpty();
        return read.orElseThrow();
    }
}
