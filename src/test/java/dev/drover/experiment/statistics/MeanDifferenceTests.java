package dev.drover.experiment.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How two groups' revenue is compared, on made-up ones with a fixed seed; the bench {@code peeking} does more of them. */
class MeanDifferenceTests {

    private final SplittableRandom random = new SplittableRandom(2026);

    /** The formula of Zou and Donner, worked out apart. */
    @Test
    void itsIntervalIsPutTogetherFromEachMeansOwn() {
        var interval = MeanDifference.interval(new Amounts.Moments(100, 1, 4), new Amounts.Moments(100, 2, 25), 1.96);
        assertThat(interval.low()).isCloseTo(0.0886419755352259, offset(1e-12));
        assertThat(interval.high()).isCloseTo(2.305550853002938, offset(1e-12));
    }

    /** Three in a hundred buy, for amounts as skewed as shops have them. */
    @Test
    void intervalsOfSkewedRevenueHoldTheTruthAsOftenAsTheySay() {
        int runs = 400;
        int held = 0;
        int foundNothing = 0;
        for (int run = 0; run < runs; run++) {
            var difference = MeanDifference.of(shoppers(4_000), shoppers(4_000), 0.95, random);
            held += difference.interval().holds(0) ? 1 : 0;
            foundNothing += difference.pValue() > 0.05 ? 1 : 0;
        }
        assertThat(held).isBetween(runs * 92 / 100, runs * 98 / 100);
        assertThat(foundNothing).isCloseTo(held, offset(6));
    }

    @Test
    void manyAndWellBehavedAreAsWelchHasThem() {
        double[] ones = DoubleStream.generate(() -> 1).limit(30_000).toArray();
        double[] more = DoubleStream.generate(() -> 1).limit(31_200).toArray();
        var difference = MeanDifference.of(new Amounts(100_000, ones), new Amounts(100_000, more), 0.95, random);
        double error = Math.sqrt(0.3 * 0.7 / 100_000 + 0.312 * 0.688 / 100_000);
        assertThat(difference.difference()).isCloseTo(0.012, offset(1e-9));
        assertThat(difference.interval().low()).isCloseTo(0.012 - 1.96 * error, offset(0.0003));
        assertThat(difference.liftRange().low()).isBetween(0.02, 0.035);
        assertThat(difference.lift()).isCloseTo(0.04, offset(1e-9));
    }

    /** A holdout is the smaller group, and its mean the one that errs: the usual interval holds the truth in nine of ten cases here. */
    @Test
    void aSmallSkewedGroupBesideALargeOneIsGivenItsDue() {
        int runs = 400;
        long held = IntStream.range(0, runs).filter(run -> MeanDifference.of(shoppers(1_500), shoppers(13_500), 0.95, random).interval().holds(0)).count();
        assertThat(held).isBetween(runs * 92L / 100, runs * 98L / 100);
    }

    /** Returns come off: a mean of less than nothing has no logarithm. */
    @Test
    void whereMoreCameBackThanWasBoughtTheDifferenceIsStillTold() {
        var returned = new Amounts(1_000, DoubleStream.generate(() -> -10 - 5 * random.nextDouble()).limit(100).toArray());
        var bought = new Amounts(1_000, DoubleStream.generate(() -> 10 + 5 * random.nextDouble()).limit(100).toArray());
        var found = MeanDifference.of(returned, bought, 0.95, random);
        assertThat(found.difference()).isBetween(2.0, 3.0);
        assertThat(found.interval().low()).isBetween(1.5, found.difference());
        assertThat(found.pValue()).isLessThan(0.001);
        assertThat(found.lift()).isNull();
        assertThat(found.liftRange()).isNull();
    }

    @Test
    void chanceAndIntervalSayTheSame() {
        for (int run = 0; run < 200; run++) {
            var found = MeanDifference.of(shoppers(4_000), shoppers(1_500), 0.95, random);
            assertThat(found.pValue() <= 0.05).isEqualTo(!found.interval().holds(0));
        }
    }

    @Test
    void ofAFewBuyersNothingIsSaid() {
        assertThat(MeanDifference.of(new Amounts(1_000, new double[] {5, 7}), shoppers(4_000), 0.95, random)).isNull();
        assertThat(MeanDifference.of(new Amounts(0, new double[0]), new Amounts(0, new double[0]), 0.95, random)).isNull();
        assertThat(new Amounts(0, new double[0]).mean()).isZero();
    }

    private Amounts shoppers(int people) {
        return new Amounts(people, DoubleStream.generate(() -> Math.exp(3 + random.nextGaussian())).limit(IntStream.range(0, people).filter(n -> random.nextDouble() < 0.03).count()).toArray());
    }
}
