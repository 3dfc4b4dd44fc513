package dev.drover.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.kernel.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AssignmentTests {

    /** Written down once: were this to change, customers in the middle of an experiment would change sides. */
    @Test
    void theSameCustomerGetsTheSameVariantForEver() {
        var assignment = Assignment.of("welcome/split", Map.of("A", 50.0, "B", 50.0));
        assertThat(IntStream.range(0, 12).mapToObj(n -> assignment.variantOf("customer-" + n).orElseThrow()).reduce("", String::concat)).isEqualTo("BBAAAAABBABA");
        assertThat(Assignment.point("welcome/split", "customer-1")).isEqualTo(0.9899442770717344);
    }

    @Test
    void sharesAreWhatWasMeantWhateverTheyAddUpTo() {
        var random = new SplittableRandom(5);
        for (int n = 0; n < 40; n++) {
            var weights = new TreeMap<String, Double>();
            for (int v = 0; v < 2 + random.nextInt(7); v++) {
                weights.put("V" + v, random.nextInt(4) == 0 ? 0.0 : random.nextDouble() * 100);
            }
            weights.put("V1", 10.0);
            double sum = weights.values().stream().mapToDouble(Double::doubleValue).sum();
            var assignment = Assignment.of("e" + n, weights);
            var counts = new TreeMap<String, Integer>();
            IntStream.range(0, 10_000).forEach(customer -> counts.merge(assignment.variantOf("c" + customer).orElseThrow(), 1, Integer::sum));
            weights.forEach((variant, weight) -> {
                double share = weight / sum;
                double error = Math.sqrt(share * (1 - share) / 10_000);
                assertThat(counts.getOrDefault(variant, 0) / 10_000.0).as("%s of %s", variant, weights).isBetween(share - 5 * error, share + 5 * error);
            });
        }
    }

    @Test
    void oneExperimentSaysNothingOfAnother() {
        var one = Assignment.of("one", Map.of("A", 1.0, "B", 1.0));
        var other = Assignment.of("other", Map.of("A", 1.0, "B", 1.0));
        assertThat(IntStream.range(0, 20_000).filter(n -> one.variantOf("c" + n).equals(other.variantOf("c" + n))).count()).isBetween(9_700L, 10_300L);
    }

    @Test
    void aTestThatGrowsKeepsWhomItHadAndWhatTheyGot() {
        var weights = Map.of("A", 1.0, "B", 2.0);
        var small = Assignment.of("growing", weights, 0.2);
        var large = Assignment.of("growing", weights, 0.5);
        int in = 0;
        int b = 0;
        for (int n = 0; n < 20_000; n++) {
            Optional<String> before = small.variantOf("c" + n);
            if (before.isPresent()) {
                assertThat(large.variantOf("c" + n)).isEqualTo(before);
                in++;
                b += before.get().equals("B") ? 1 : 0;
            }
        }
        assertThat(in).isBetween(3_800, 4_200);
        assertThat(b / (double) in).isBetween(0.63, 0.70);
    }

    @Test
    void weightsThatAreNoneAreRefused() {
        assertThatThrownBy(() -> Assignment.of("e", Map.of())).isInstanceOf(Problem.class).hasMessageContaining("weights");
        assertThatThrownBy(() -> Assignment.of("e", Map.of("A", 0.0))).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> Assignment.of("e", Map.of("A", -1.0, "B", 2.0))).isInstanceOf(Problem.class).hasMessageContaining("-1");
        assertThatThrownBy(() -> Assignment.of("e", Map.of("A", Double.NaN))).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> Assignment.of("e", Map.of("A", 1.0), 0)).isInstanceOf(Problem.class).hasMessageContaining("share");
    }
}
