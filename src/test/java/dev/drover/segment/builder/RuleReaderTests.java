package dev.drover.segment.builder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.kernel.Checks;
import dev.drover.ruleset.language.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleReaderTests {

    @Test
    void whatIsWrittenIsReadBack() {
        var random = new RandomCriteria(20260726);
        for (int n = 0; n < 1_500; n++) {
            var criteria = random.next();
            String rule = RuleWriter.write("self", "Round " + n, "", criteria);
            assertThat(Script.read("segments", rule).problems()).as(rule).isEmpty();
            assertThat(RuleReader.read("self", rule)).as("%s\n%s", criteria.toJson(), rule).contains(criteria);
        }
    }

    @Test
    void whatIsToldAsJsonIsReadBack() {
        var random = new RandomCriteria(7);
        for (int n = 0; n < 1_500; n++) {
            var criteria = random.next();
            var checks = new Checks();
            assertThat(CriteriaReader.read(criteria.toJson(), "criteria", checks, new CriteriaReader.Known(RandomCriteria.SEGMENTS, "self"))).as("%s", criteria).contains(criteria);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "lapsed.drl          | lapsed          | Last order is more than 90 days ago",
        "lapsing.drl         | lapsing         | Last order is between 90 days ago and 45 days ago",
        "new-customers.drl   | new             | First order is within the last 30 days",
        "high-value-cart.drl | high-value-cart | Value of the open cart is at least 75",
        "loyal.drl           | loyal           | Number of orders is at least 5, and last order is within the last 90 days",
        "vip.drl             | vip             | Total spent is at least 500, and number of orders is at least 3, and last order is within the last 180 days"})
    void shippedRulesOpenInTheBuilder(String file, String key, String words) throws IOException {
        var read = RuleReader.read(key, Files.readString(Path.of("rules/segments", file)));
        assertThat(read.map(Wording::sentence)).contains(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "orders.count > cart.itemCount", "orders.daysSinceLast >= 45", "country str[startsWith] \"N\"", "!(orders.count > 3)", "country not in (\"NL\", \"BE\")",
        "rfm.recency < 3", "!flag(\"vip\")", "orders.average < 10", "engagement.opensOf(\"email\") > 2", "daysToBirthday > 3", "rfm.recency > 0 || rfm.recency < 9"})
    void whatCriteriaCannotSayIsForTheEditor(String condition) {
        String rule = "rule \"r\" when $c : Customer( %s ) then segments.enter($c, \"k\", \"why\"); end".formatted(condition);
        assertThat(Script.read("segments", rule).problems()).isEmpty();
        assertThat(RuleReader.read("k", rule)).isEmpty();
    }

    @Test
    void severalRulesOrSegmentsAreForTheEditor() {
        String rule = "rule \"r%d\" %s when $c : Customer( orders.count > 3 ) then segments.enter($c, \"%s\", \"why\"); end\n";
        assertThat(RuleReader.read("k", rule.formatted(1, "", "k"))).isPresent();
        assertThat(RuleReader.read("k", rule.formatted(1, "", "other"))).isEmpty();
        assertThat(RuleReader.read("k", rule.formatted(1, "salience 3", "k"))).isEmpty();
        assertThat(RuleReader.read("k", rule.formatted(1, "", "k") + rule.formatted(2, "", "k"))).isEmpty();
        assertThat(RuleReader.read("k", "no rule at all")).isEmpty();
    }

    @Test
    void neighboursOnOneFieldAreReadAsOne() {
        String rule = "rule \"r\" when $c : Customer( orders.count >= 3, orders.count <= 5.0, cart.total > 1 && country == \"NL\" ) then segments.enter($c, \"k\", \"why\"); end";
        assertThat(RuleReader.read("k", rule).map(Criteria::toJson).map(Map::toString))
                .contains("{logic=AND, conditions=[{field=totalOrders, operator=between, value=[3, 5]}, {field=cartTotal, operator=gt, value=1}, {field=country, operator=eq, value=NL}]}");
    }
}
