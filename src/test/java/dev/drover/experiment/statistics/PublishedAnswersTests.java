package dev.drover.experiment.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Examples that books and manuals give the answers to. Those print three to five digits; the further ones are SciPy's (1.17, {@code chi2_contingency},
 * {@code proportion_ci}, {@code chisquare}, {@code norm}) for the same figures.
 */
class PublishedAnswersTests {

    private static final Offset<Double> SIX_DIGITS = within(5e-7);

    /** Fleiss (1981), page 139, the smokers of R's manual: {@code prop.test(smokers, patients)} prints X-squared = 12.6004, df = 3, p-value = 0.005585. */
    @Test
    void fourHospitalsSmokers() {
        var test = ChiSquare.of(List.of(arm(86, 83), arm(93, 90), arm(136, 129), arm(82, 70)));
        assertThat(test.statistic()).isCloseTo(12.600411297, SIX_DIGITS);
        assertThat(test.degreesOfFreedom()).isEqualTo(3);
        assertThat(test.pValue()).isCloseTo(0.005585476661627, within(5e-10));
    }

    /** Agresti, An Introduction to Categorical Data Analysis, on the Physicians' Health Study: X² = 25.01. */
    @Test
    void aspirinAndHeartAttacks() {
        var test = ChiSquare.of(List.of(arm(11_034, 189), arm(11_037, 104)));
        assertThat(test.statistic()).isCloseTo(25.013883967, SIX_DIGITS);
        assertThat(test.pValue()).isCloseTo(5.691896974e-7, within(5e-14));
    }

    /** Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3: 0.2553 to 0.3662, 0.0624 to 0.1605, 0.0000 to 0.1611, 0.0061 to 0.1718. */
    @ParameterizedTest
    @CsvSource({"81, 263, 0.255288519878, 0.366209576983", "15, 148, 0.062386399531, 0.160487241723", "0, 20, 0, 0.161125158053",
        "1, 29, 0.006113214293, 0.171755218793", "20, 20, 0.838874841947, 1"})
    void intervalsOfOneRate(long successes, long recipients, double low, double high) {
        var interval = Proportions.wilson(successes, recipients, 0.95);
        assertThat(interval.low()).isCloseTo(low, SIX_DIGITS);
        assertThat(interval.high()).isCloseTo(high, SIX_DIGITS);
    }

    /** Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, method 10: 0.0524 to 0.3339, 0.1705 to 0.8090, 0.0582 to 0.8062, −0.0381 to 0.1926, … */
    @ParameterizedTest
    @CsvSource({"56, 70, 48, 80, 0.052431472402, 0.333872654037", "9, 10, 3, 10, 0.170522723935, 0.809017973535", "6, 7, 2, 7, 0.058227927482, 0.806249637524",
        "5, 56, 0, 29, -0.038137147904, 0.192560013855", "0, 10, 0, 20, -0.161125158053, 0.277532799863", "0, 10, 0, 10, -0.277532799863, 0.277532799863",
        "10, 10, 0, 20, 0.679086037142, 1", "10, 10, 0, 10, 0.607509350431, 1"})
    void intervalsOfADifference(long successes, long recipients, long others, long of, double low, double high) {
        var interval = Proportions.difference(arm(of, others), arm(recipients, successes), 0.95);
        assertThat(interval.low()).isCloseTo(low, SIX_DIGITS);
        assertThat(interval.high()).isCloseTo(high, SIX_DIGITS);
    }

    /** R: {@code p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")} gives 0.03 0.06 0.06 0.02. */
    @Test
    void severalComparisons() {
        assertThat(Holm.adjust(0.01, 0.04, 0.03, 0.005)).containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-12));
        assertThat(Holm.adjust(0.7, 0.6)).containsExactly(new double[] {1, 1}, within(1e-12));
        assertThat(Holm.adjust()).isEmpty();
    }

    /** Kohavi, Tang, Xu, Trustworthy Online Controlled Experiments (2020), chapter 3: 821,588 users against 815,482 have a p-value of 1.8E-6. */
    @Test
    void aSampleRatioThatIsNotChance() {
        var ratio = SampleRatio.of(List.of(arm(821_588, 0), arm(815_482, 0)));
        assertThat(ratio.statistic()).isCloseTo(22.774368842, SIX_DIGITS);
        assertThat(ratio.pValue()).isCloseTo(1.8217928726e-6, within(5e-13));
        assertThat(ratio.alarm()).isTrue();
    }

    /** R's manual: {@code power.prop.test(p1 = .50, p2 = .75, power = .90)} needs n = 76.7; {@code power.prop.test(n = 50, p1 = .50, p2 = .75)} has power 0.740. */
    @Test
    void whatASizeCanSee() {
        assertThat(new Power(2, 0.95, 0.9).recipients(0.5, 0.75)).isCloseTo(76.706928452, SIX_DIGITS);
        assertThat(new Power(2, 0.95, 0.8).recipients(0.2, 0.22)).isCloseTo(6_509.466678514, SIX_DIGITS);
        assertThat(new Power(4, 0.95, 0.8).recipients(0.03, 0.036)).isCloseTo(18_558.632707185, within(5e-6));
        assertThat(new Power(2, 0.95, 0.8).reached(50, 0.5, 0.75)).isCloseTo(0.740165901, SIX_DIGITS);
        assertThat(new Power(2, 0.95, 0.8).smallestSeen(1_500, 0.2)).isCloseTo(0.242444730, SIX_DIGITS);
        assertThat(new Power(3, 0.95, 0.8).smallestSeen(3_000, 0.05)).isCloseTo(0.068812872, SIX_DIGITS);
    }

    /** The mixture as an integral over all chances, which SciPy's {@code quad} worked out, beside the closed form. */
    @ParameterizedTest
    @CsvSource({"200, 250, 1, 0.240363447043", "200, 300, 1, 0.000559488812", "100, 100, 1, 1", "100, 350, 3, 1"})
    void theEvidenceIsTheIntegralItStandsFor(long control, long arm, double weight, double pValue) {
        assertThat(AlwaysValid.of(new Arm("A", 1_000, control, 1), new Arm("B", 3_000, arm, weight), 0.95).pValue()).isCloseTo(pValue, SIX_DIGITS);
    }

    private static Arm arm(long recipients, long successes) {
        return new Arm("of " + recipients + "/" + successes, recipients, successes, 1);
    }
}
