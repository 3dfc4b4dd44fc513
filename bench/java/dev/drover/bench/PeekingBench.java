package dev.drover.bench;

import de.siegmar.fastcsv.reader.CsvReader;
import dev.drover.experiment.statistics.AlwaysValid;
import dev.drover.experiment.statistics.Amounts;
import dev.drover.experiment.statistics.Arm;
import dev.drover.experiment.statistics.ChiSquare;
import dev.drover.experiment.statistics.Evaluation;
import dev.drover.experiment.statistics.MeanDifference;
import dev.drover.experiment.statistics.Power;
import dev.drover.experiment.statistics.Proportions;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * What the statistics of experiments promise, tried on made-up experiments in which nothing differs: how often somebody who looks after each hundred
 * recipients is told of a difference, by the test made for it and by the usual one; and how often 95 % intervals hold the truth. Options: {@code runs}
 * (10,000), {@code recipients} (10,000), {@code seed} and {@code only=revenue}.
 */
final class PeekingBench implements Bench.Program {

    private static final int STEP = 100;
    private static final double CONFIDENCE = 0.95;
    private static final double BUY = 0.04;

    private final int runs = Integer.getInteger("runs", 10_000);
    private final int recipients = Integer.getInteger("recipients", 10_000);
    private final SplittableRandom random = new SplittableRandom(Long.getLong("seed", 2026));

    @Override
    public void run() throws IOException {
        if (System.getProperty("only", "").equals("revenue")) {
            revenue();
            return;
        }
        System.out.printf(Locale.ROOT, "%,d experiments without a difference, looked at after each %d of %,d recipients%n", runs, STEP, recipients);
        for (double rate : new double[] {0.02, 0.1, 0.25}) {
            peek(2, rate, 0);
        }
        peek(2, 0.1, 0.15);
        peek(4, 0.1, 0);
        System.out.printf(Locale.ROOT, "%n95 %% intervals%n");
        rates();
        differences();
        revenue();
        found(0.03, 0.036);
        found(0.2, 0.22);
    }

    /** @param drift by how much the rate grows from the first recipient to the last, for all variants alike */
    private void peek(int variants, double rate, double drift) {
        int naive = 0;
        int always = 0;
        int left = 0;
        for (int run = 0; run < runs; run++) {
            long[] got = new long[variants];
            long[] did = new long[variants];
            boolean fooled = false;
            boolean wrong = false;
            boolean out = false;
            for (int sent = 0; sent < recipients; sent += STEP) {
                for (int n = 0; n < STEP; n++) {
                    int arm = random.nextInt(variants);
                    got[arm]++;
                    did[arm] += random.nextDouble() < rate + drift * sent / recipients ? 1 : 0;
                }
                var arms = IntStream.range(0, variants).mapToObj(arm -> new Arm("V" + arm, got[arm], did[arm], 1)).toList();
                fooled |= ChiSquare.of(arms).pValue() < 1 - CONFIDENCE;
                if (variants == 2) {
                    var test = AlwaysValid.of(arms.get(0), arms.get(1), CONFIDENCE);
                    wrong |= test.pValue() < 1 - CONFIDENCE;
                    out |= !test.lift().holds(0);
                } else {
                    var others = Evaluation.of(arms, CONFIDENCE).others();
                    wrong |= others.stream().anyMatch(each -> each.anyTime().pValue() < 1 - CONFIDENCE);
                    out |= others.stream().anyMatch(each -> !each.anyTime().lift().holds(0));
                }
            }
            naive += fooled ? 1 : 0;
            always += wrong ? 1 : 0;
            left += out ? 1 : 0;
        }
        System.out.printf(Locale.ROOT, "  %d variants, rate %s: chi-square errs in %5.2f %%, the test for any time in %5.2f %% (its interval leaves out the truth in %5.2f %%)%n", variants,
                drift == 0 ? String.format(Locale.ROOT, "%.0f %%", rate * 100) : String.format(Locale.ROOT, "%.0f %% growing to %.0f %%", rate * 100, (rate + drift) * 100), share(naive), share(always), share(left));
    }

    private double share(int count) {
        return 100.0 * count / runs;
    }

    /** The rate is drawn anew for each, as it differs between campaigns: at one rate and size alone, counts being whole, none can cover 95 % exactly. */
    private void rates() {
        for (int size : new int[] {200, 1_000, 10_000}) {
            int held = 0;
            for (int run = 0; run < runs; run++) {
                double rate = 0.01 + 0.39 * random.nextDouble();
                held += Proportions.wilson(successes(size, rate), size, CONFIDENCE).holds(rate) ? 1 : 0;
            }
            System.out.printf(Locale.ROOT, "  a rate (Wilson), %,6d recipients, rates 1 %% to 40 %%: %.2f %%%n", size, share(held));
        }
    }

    private void differences() {
        for (int size : new int[] {1_000, 10_000}) {
            int held = 0;
            for (int run = 0; run < runs; run++) {
                double rate = 0.01 + 0.39 * random.nextDouble();
                double better = rate * (0.8 + 0.4 * random.nextDouble());
                held += Proportions.difference(new Arm("A", size, successes(size, rate), 1), new Arm("B", size, successes(size, better), 1), CONFIDENCE).holds(better - rate) ? 1 : 0;
            }
            System.out.printf(Locale.ROOT, "  a difference (Newcombe), %,6d recipients each: %.2f %%%n", size, share(held));
        }
    }

    /**
     * Four in a hundred buy and the arm's buyers spend a tenth more, amounts log-normal or as a real shop's orders were (skewness 8), in groups of one size and
     * of several: a holdout is much the smaller. So many experiments that the figure itself is sure to about half a point: 2,000 alone would be off by one in one
     * of twenty cases.
     */
    private void revenue() throws IOException {
        revenue("log-normal", random -> Math.exp(3 + random.nextGaussian()), Math.exp(3 + 0.5));
        if (Files.exists(ImportBench.FILE)) {
            double[] orders = realOrders();
            revenue("a real shop's", random -> orders[random.nextInt(orders.length)], DoubleStream.of(orders).average().orElseThrow());
        } else {
            System.out.println("  a real shop's orders aren't at " + ImportBench.FILE);
        }
    }

    private static double[] realOrders() throws IOException {
        var orders = new HashMap<String, Double>();
        try (var lines = CsvReader.builder().ofNamedCsvRecord(new GZIPInputStream(Files.newInputStream(ImportBench.FILE)))) {
            lines.forEach(line -> orders.merge(line.getField("InvoiceNo"), Integer.parseInt(line.getField("Quantity")) * Double.parseDouble(line.getField("UnitPrice")), Double::sum));
        }
        return orders.values().stream().mapToDouble(Double::doubleValue).filter(total -> total > 0).sorted().toArray();
    }

    private void revenue(String amounts, ToDoubleFunction<SplittableRandom> amount, double mean) {
        System.out.printf("%nrevenue each, amounts %s:%n", amounts);
        for (int[] sizes : new int[][] {{1_000, 1_000}, {2_500, 2_500}, {10_000, 10_000}, {1_000, 4_000}, {4_000, 1_000}, {1_000, 9_000}, {5_000, 20_000}, {20_000, 5_000}}) {
            revenue(sizes[0], sizes[1], sizes[0] + sizes[1] > 10_000 ? Math.min(runs, 4_000) : runs, amount, mean);
        }
    }

    private void revenue(int control, int arm, int experiments, ToDoubleFunction<SplittableRandom> amount, double mean) {
        double more = 0.1 * BUY * mean;
        long seed = random.nextLong();
        var found = IntStream.range(0, experiments).parallel().mapToObj(run -> {
            var own = new SplittableRandom(seed + run);
            return MeanDifference.of(shoppers(control, 1, amount, own), shoppers(arm, 1.1, amount, own), CONFIDENCE, own);
        }).filter(Objects::nonNull).toList();
        long held = found.stream().filter(one -> one.interval().holds(more)).count();
        long lift = found.stream().filter(one -> one.liftRange().holds(0.1)).count();
        System.out.printf(Locale.ROOT, "  %,6d and %,6d customers: difference %s, lift %s (%,d experiments)%n", control, arm, covered(held, found.size()), covered(lift, found.size()), found.size());
    }

    /** With the error of the figure itself: 95 % Wilson, as a half. */
    private static String covered(long held, int of) {
        var range = Proportions.wilson(held, of, CONFIDENCE);
        return String.format(Locale.ROOT, "%.2f %% (±%.2f)", 100.0 * held / of, 50 * (range.high() - range.low()));
    }

    /** What looking at any time costs: recipients until the difference is found, beside the size that a single look would have been planned for. */
    private void found(double rate, double better) {
        var needed = new ArrayList<Double>();
        double planned = 2 * new Power(2, CONFIDENCE, 0.8).recipients(rate, better);
        int some = Math.min(runs, 1_000);
        int inTime = 0;
        for (int run = 0; run < some; run++) {
            long[] got = new long[2];
            long[] did = new long[2];
            double sent = 0;
            do {
                for (int n = 0; n < 10 * STEP; n++) {
                    int arm = random.nextInt(2);
                    got[arm]++;
                    did[arm] += random.nextDouble() < (arm == 0 ? rate : better) ? 1 : 0;
                }
                sent += 10 * STEP;
            } while (sent < 10 * planned && AlwaysValid.of(new Arm("A", got[0], did[0], 1), new Arm("B", got[1], did[1], 1), CONFIDENCE).pValue() >= 1 - CONFIDENCE);
            needed.add(sent);
            inTime += sent <= planned ? 1 : 0;
        }
        double[] sorted = needed.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        System.out.printf(Locale.ROOT, "%n%.1f %% against %.1f %%: one look planned for 80 %% power takes %,.0f recipients; looking at any time finds it after %,.0f (median), four in five times within %,.0f, within the plan %.0f %%%n",
                rate * 100, better * 100, planned, sorted[sorted.length / 2], sorted[sorted.length * 4 / 5], 100.0 * inTime / some);
    }

    private long successes(int people, double rate) {
        long count = 0;
        for (int n = 0; n < people; n++) {
            count += random.nextDouble() < rate ? 1 : 0;
        }
        return count;
    }

    private static Amounts shoppers(int people, double times, ToDoubleFunction<SplittableRandom> amount, SplittableRandom random) {
        long buyers = IntStream.range(0, people).filter(n -> random.nextDouble() < BUY).count();
        return new Amounts(people, DoubleStream.generate(() -> times * amount.applyAsDouble(random)).limit(buyers).toArray());
    }
}
