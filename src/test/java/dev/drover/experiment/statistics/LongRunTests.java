package dev.drover.experiment.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the methods promise of many experiments, tried on made-up ones with a fixed seed; the bench {@code peeking} does more of them. */
class LongRunTests {

    private final SplittableRandom random = new SplittableRandom(2026);

    /** Two equal variants, looked at after each hundred recipients: chance alone must not win more than one time in twenty, over all looks together. */
    @Test
    void lookingAgainAndAgainProvesNothingThatIsNotThere() {
        int runs = 1_000;
        int naive = 0;
        int always = 0;
        for (int run = 0; run < runs; run++) {
            long[] recipients = new long[2];
            long[] successes = new long[2];
            boolean fooled = false;
            boolean wrong = false;
            for (int look = 0; look < 60; look++) {
                for (int n = 0; n < 100; n++) {
                    int arm = random.nextInt(2);
                    recipients[arm]++;
                    // A rate that drifts with the hours, which the test must bear.
                    successes[arm] += random.nextDouble() < 0.1 + 0.1 * look / 60 ? 1 : 0;
                }
                var control = new Arm("A", recipients[0], successes[0], 1);
                var other = new Arm("B", recipients[1], successes[1], 1);
                fooled |= ChiSquare.of(List.of(control, other)).pValue() < 0.05;
                wrong |= AlwaysValid.of(control, other, 0.95).pValue() < 0.05;
            }
            naive += fooled ? 1 : 0;
            always += wrong ? 1 : 0;
        }
        assertThat(always).isLessThanOrEqualTo(runs / 20);
        assertThat(naive).as("what the other is for").isGreaterThan(runs / 5);
    }

    /** A fifth more is found, and the interval holds it at the moment it is. */
    @Test
    void whatIsThereIsFound() {
        int found = 0;
        int held = 0;
        for (int run = 0; run < 200; run++) {
            var control = new Arm("A", 10_000, successes(10_000, 0.1), 1);
            var better = new Arm("B", 10_000, successes(10_000, 0.12), 1);
            var test = AlwaysValid.of(control, better, 0.95);
            found += test.pValue() < 0.05 ? 1 : 0;
            held += test.lift().holds(0.2) ? 1 : 0;
            assertThat(test.lift().holds(0)).as("test and interval say the same").isEqualTo(test.pValue() >= 0.05);
        }
        assertThat(found).isGreaterThan(150);
        assertThat(held).isGreaterThanOrEqualTo(190);
    }

    private long successes(int people, double rate) {
        return IntStream.range(0, people).filter(n -> random.nextDouble() < rate).count();
    }
}
