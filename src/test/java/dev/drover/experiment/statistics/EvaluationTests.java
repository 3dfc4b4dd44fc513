package dev.drover.experiment.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.drover.kernel.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EvaluationTests {

    @Test
    void aClearDifferenceHasAWinnerAndSoHasTheControl() {
        assertThat(Evaluation.of(List.of(arm("A", 5_000, 1_000), arm("B", 5_000, 1_150)), 0.95)).satisfies(found -> {
            assertThat(found.significant()).isTrue();
            assertThat(found.winner()).isEqualTo("B");
            assertThat(found.others().getFirst().difference().low()).isPositive();
        });
        assertThat(Evaluation.of(List.of(arm("A", 5_000, 1_150), arm("B", 5_000, 1_000)), 0.95).winner()).isEqualTo("A");
        assertThat(Evaluation.of(List.of(arm("A", 50_000, 10_000), arm("B", 50_000, 11_500)), 0.95).soonWinner()).isEqualTo("B");
    }

    @Test
    void whoeverMayLookAnyTimeNeedsMore() {
        var found = Evaluation.of(List.of(arm("A", 1_000, 200), arm("B", 1_000, 250)), 0.95);
        assertThat(found.winner()).isEqualTo("B");
        assertThat(found.soonWinner()).isNull();
        assertThat(found.others().getFirst().anyTime().lift().holds(0)).isTrue();
    }

    @Test
    void ofSeveralTheBestThatIsProvenWins() {
        var found = Evaluation.of(List.of(arm("A", 5_000, 1_000), arm("B", 5_000, 1_020), arm("C", 5_000, 1_200), arm("D", 5_000, 1_180)), 0.95);
        assertThat(found.winner()).isEqualTo("C");
        assertThat(found.others()).extracting(each -> each.pValue() < 0.05).containsExactly(false, true, true);
    }

    @Test
    void theControlWinsOnlyAgainstAll() {
        assertThat(Evaluation.of(List.of(arm("A", 5_000, 1_200), arm("B", 5_000, 1_000), arm("C", 5_000, 1_010)), 0.95).winner()).isEqualTo("A");
        assertThat(Evaluation.of(List.of(arm("A", 5_000, 1_200), arm("B", 5_000, 1_000), arm("C", 5_000, 1_190)), 0.95).winner()).isNull();
    }

    /** Two weak differences that would each be news alone. */
    @Test
    void severalComparisonsAreCorrected() {
        var alone = Evaluation.of(List.of(arm("A", 1_000, 200), arm("B", 1_000, 238)), 0.95);
        var among = Evaluation.of(List.of(arm("A", 1_000, 200), arm("B", 1_000, 238), arm("C", 1_000, 205), arm("D", 1_000, 195)), 0.95);
        assertThat(alone.others().getFirst().pValue()).isLessThan(0.05);
        assertThat(among.others().getFirst().pValue()).isGreaterThan(0.05);
        assertThat(among.winner()).isNull();
    }

    @Test
    void whereTheSplitIsNotWhatItWasMeantToBeNobodyWins() {
        var found = Evaluation.of(List.of(arm("A", 5_000, 1_000), arm("B", 4_000, 1_150)), 0.95);
        assertThat(found.sampleRatio().alarm()).isTrue();
        assertThat(found.significant()).isTrue();
        assertThat(found.winner()).isNull();
        assertThat(found.soonWinner()).isNull();
        assertThat(Evaluation.of(List.of(new Arm("A", 5_000, 1_000, 5), new Arm("B", 4_000, 1_150, 4)), 0.95).winner()).isEqualTo("B");
    }

    @Test
    void nothingAtAllIsNoDifference() {
        for (var arms : List.of(List.of(arm("A", 0, 0), arm("B", 0, 0)), List.of(arm("A", 500, 0), arm("B", 500, 0)), List.of(arm("A", 500, 500), arm("B", 500, 500)),
                List.of(arm("A", 1, 1), arm("B", 0, 0)), List.of(arm("A", 1, 0), arm("B", 1, 1)))) {
            var found = Evaluation.of(arms, 0.95);
            assertThat(found.winner()).as("%s", arms).isNull();
            assertThat(found.soonWinner()).as("%s", arms).isNull();
            assertThat(found.overall().pValue()).as("%s", arms).isGreaterThan(0.05).isLessThanOrEqualTo(1);
            assertThat(found.rates()).as("%s", arms).allSatisfy(rate -> assertThat(rate.interval().holds(rate.arm().rate())).isTrue());
        }
    }

    @Test
    void aVariantThatGotNobodyIsLeftOutAndAlarms() {
        var found = Evaluation.of(List.of(arm("A", 1_000, 200), arm("B", 1_000, 300), arm("C", 0, 0)), 0.95);
        assertThat(found.overall().degreesOfFreedom()).isEqualTo(1);
        assertThat(found.rates().get(2).interval()).isEqualTo(new Interval(0, 1));
        assertThat(found.sampleRatio().alarm()).isTrue();
        assertThat(found.winner()).isNull();
    }

    @Test
    void everyMistakeIsToldAtItsField() {
        assertThatThrownBy(() -> Evaluation.of(List.of(arm("A", 10, 11), arm("A", -1, 0), new Arm("", 5, -1, 0)), 0.95)).isInstanceOfSatisfying(Problem.class,
                problem -> assertThat(problem.errors()).extracting(Problem.FieldError::field)
                        .containsExactly("variants[0].successes", "variants[1].id", "variants[1].recipients", "variants[1].successes", "variants[2].id", "variants[2].successes", "variants[2].weight"));
        assertThatThrownBy(() -> Evaluation.of(List.of(arm("A", 10, 1)), 0.95)).isInstanceOf(Problem.class).hasMessageContaining("2 to 8 variants");
        assertThatThrownBy(() -> new Power(2, 0.95, 0.8).recipients(0.1, 0.1)).isInstanceOf(Problem.class).hasMessageContaining("equal rates");
    }

    /** Whatever the counts: nothing leaves its bounds, order doesn't matter to the whole, and the intervals hold what they are about. */
    @Test
    void resultsStayWithinTheirBounds() {
        var random = new SplittableRandom(11);
        for (int n = 0; n < 3_000; n++) {
            var arms = new ArrayList<Arm>();
            for (int v = 0; v < 2 + random.nextInt(7); v++) {
                long recipients = random.nextInt(3) == 0 ? random.nextLong(3) : random.nextLong(100_000);
                arms.add(new Arm("V" + v, recipients, recipients == 0 ? 0 : random.nextLong(recipients + 1), 0.1 + random.nextDouble()));
            }
            var found = Evaluation.of(arms, 0.9 + random.nextDouble() * 0.09);
            assertThat(found.overall().pValue()).as("%s", arms).isBetween(0.0, 1.0);
            assertThat(found.rates()).as("%s", arms).allSatisfy(rate -> {
                assertThat(rate.interval().low()).isBetween(0.0, 1.0);
                assertThat(rate.interval().high()).isBetween(0.0, 1.0);
                assertThat(rate.interval().holds(rate.arm().rate())).isTrue();
            });
            assertThat(found.others()).as("%s", arms).allSatisfy(other -> {
                assertThat(other.pValue()).isBetween(0.0, 1.0);
                assertThat(other.anyTime().pValue()).isBetween(0.0, 1.0);
                assertThat(other.anyTime().lift().low()).isGreaterThanOrEqualTo(-1);
                assertThat(other.anyTime().lift().width()).isNotNegative();
            });
            assertThat(ChiSquare.of(arms.reversed()).statistic()).isCloseTo(found.overall().statistic(), withPercentage(1e-6));
        }
    }

    private static Arm arm(String id, long recipients, long successes) {
        return new Arm(id, recipients, successes, 1);
    }
}
