package dev.drover.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.experiment.statistics.Amounts;
import dev.drover.experiment.statistics.MeanDifference;
import dev.drover.experiment.statistics.RevenueEvaluation;
import dev.drover.experiment.statistics.RevenueEvaluation.Group;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** What is said of revenue, where the words must not promise more than the figures hold. */
class FindingsTests {

    private final SplittableRandom random = new SplittableRandom(2026);

    @Test
    void ofFewBuyersItIsSaidThatALargeOrderCouldChangeIt() {
        assertThat(of(150, 20, 150, 40)).isEqualTo("B is proven to bring more than A. Take it as rough: fewer than 200 bought in one of them, and a few large orders could change it.");
        assertThat(of(205, 20, 195, 20)).startsWith("No winner in revenue: keep A.").endsWith("could change it.");
    }

    @Test
    void ofManyNothingIsHeldBackAndOfNextToNoneNothingIsSaid() {
        assertThat(of(250, 20, 250, 40)).isEqualTo("B is proven to bring more than A.");
        assertThat(of(250, 40, 250, 20)).isEqualTo("Keep A: it is proven to bring more.");
        assertThat(of(5, 20, 250, 40)).isEqualTo("Too few have bought to say anything: 20 in each variant are needed.");
    }

    @Test
    void whatMarketingBroughtInMoneyIsRoughWhereFewWereKeptWithout() {
        assertThat(Findings.revenueLift("Mailed customers", MeanDifference.of(spenders(60, 20), spenders(600, 20), 0.95, random))).startsWith("Mailed customers spent").endsWith("could change it.");
        assertThat(Findings.revenueLift("Mailed customers", null)).doesNotContain("rough");
        assertThat(Findings.lift("Mailed customers", "ordered", MeanDifference.of(spenders(60, 1), spenders(600, 1), 0.95, random))).doesNotContain("rough");
    }

    private String of(int controlBuyers, double controlSpends, int buyers, double spends) {
        return Findings.of(RevenueEvaluation.of(List.of(new Group("A", spenders(controlBuyers, controlSpends), 1), new Group("B", spenders(buyers, spends), 1)), 0.95, random));
    }

    /** Of 4,000 people. */
    private Amounts spenders(int buyers, double each) {
        return new Amounts(4_000, DoubleStream.generate(() -> each * (0.5 + random.nextDouble())).limit(buyers).toArray());
    }
}
