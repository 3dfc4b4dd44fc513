package dev.drover.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.audience.Customer;
import dev.drover.audience.Customers;
import dev.drover.kernel.TimeMachine;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Java and the database give everybody the same variant, and what was given is kept. */
@IntegrationTest
class AssignmentIntegrationTests {

    private static final int MANY = 100_000;

    @LocalServerPort
    int port;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    Experiments experiments;
    @Autowired
    Customers customers;
    @Autowired
    TimeMachine time;

    private final String own = "assign-" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void javaAndSqlAgreeOnAHundredThousand() {
        var assignment = Assignment.of("campaign:4\\2 \"ü\"", Map.of("A", 50.0, "B", 30.0, "C", 0.0, "D", 20.0), 0.3);
        // Also what bytes, escapes and other alphabets might make of an id.
        String[] ids = IntStream.range(0, MANY).mapToObj(n -> switch (n % 5) {
            case 0 -> "c-" + n;
            case 1 -> Integer.toString(n);
            case 2 -> "käufer\\" + n + "\\x41";
            case 3 -> "\\x" + n + "'🐄";
            default -> " 顧客 " + n + "\t";
        }).toArray(String[]::new);
        var variants = jdbc.sql("SELECT " + Assignment.sql("id") + " FROM unnest(:ids) WITH ORDINALITY AS t (id, n) ORDER BY n")
                .param("ids", ids).params(assignment.parameters()).query((row, n) -> String.valueOf(row.getString(1))).list();
        var points = jdbc.sql("SELECT experiment_point(?, id) FROM unnest(?) WITH ORDINALITY AS t (id, n) ORDER BY n").param(assignment.key()).param(ids).query(Double.class).list();
        assertThat(variants).hasSize(MANY);
        for (int n = 0; n < MANY; n++) {
            assertThat(points.get(n)).as(ids[n]).isEqualTo(Assignment.point(assignment.key(), ids[n]));
            assertThat(variants.get(n)).as(ids[n]).isEqualTo(assignment.variantOf(ids[n]).orElse("null"));
        }
        assertThat(variants).contains("A", "B", "D", "null").doesNotContain("C");
    }

    @Test
    void whoComesAgainKeepsTheVariantAlsoAfterTheWeightsChanged() throws Exception {
        var assignment = Assignment.of(own, Map.of("A", 1.0, "B", 1.0));
        var people = IntStream.range(0, 20).mapToObj(n -> customer(own + "-" + n)).toList();
        var first = people.stream().map(one -> experiments.assign(assignment, one.id(), one.externalId())).toList();
        assertThat(first).isEqualTo(people.stream().map(one -> assignment.variantOf(one.externalId()).orElseThrow()).toList()).contains("A", "B");
        var experiment = experiments.require(own);
        assertThat(experiment.customers()).isEqualTo(20);
        assertThat(experiment.weights()).containsExactly(0.5, 0.5);

        time.advance(Duration.ofMinutes(1));
        var other = Assignment.of(own, Map.of("A", 99.0, "B", 1.0));
        assertThat(people.stream().map(one -> experiments.assign(other, one.id(), one.externalId())).toList()).isEqualTo(first);
        assertThat(experiments.require(own)).satisfies(changed -> {
            assertThat(changed.changedAt()).isAfter(experiment.changedAt());
            assertThat(changed.beganAt()).isEqualTo(experiment.beganAt());
            assertThat(changed.customers()).as("those of other weights aren't compared with those of these").isZero();
        });
        var without = Assignment.of(own, Map.of("C", 1.0, "D", 1.0));
        assertThat(experiments.assign(without, people.getFirst().id(), people.getFirst().externalId())).as("there is no A or B any more").isIn(List.of("C", "D"));
    }

    private Customer customer(String id) {
        try {
            new Api("http://localhost:" + port, "test-token").postJson("/api/v1/customers", "{\"externalId\": \"%s\"}".formatted(id));
            return customers.require(id);
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
