package dev.drover.experiment.statistics;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * What each customer of a group spent, or how often each ordered: most of them nothing, which is counted and not kept.
 *
 * @param people all, those of nothing too
 * @param values of the others, at most as many
 */
public record Amounts(long people, double[] values) {

    /** From so many on, the mean of a new sample is as good as normal, and is drawn as such. */
    private static final int MANY = 20_000;

    public Amounts {
        if (values.length > people) {
            throw new IllegalArgumentException(values.length + " values of " + people + " people");
        }
    }

    /** @param variance of one person's value, by n − 1 */
    record Moments(long people, double mean, double variance) {

        double squaredError() {
            return variance / people;
        }
    }

    Moments moments() {
        return moments(people, Arrays.stream(values).sum(), Arrays.stream(values).map(value -> value * value).sum());
    }

    public double mean() {
        return people == 0 ? 0 : moments().mean();
    }

    private static Moments moments(long people, double sum, double squares) {
        double mean = sum / people;
        return new Moments(people, mean, people < 2 ? 0 : Math.max(0, (squares - people * mean * mean) / (people - 1)));
    }

    /** The moments of as many people drawn anew from these, each as often as chance has it (B. Efron, Annals of Statistics 7, 1979). */
    Moments again(RandomGenerator random) {
        if (values.length > MANY) {
            var own = moments();
            return new Moments(people, own.mean() + Math.sqrt(own.squaredError()) * random.nextGaussian(), own.variance());
        }
        double sum = 0;
        double squares = 0;
        for (long drawn = spenders(random); drawn > 0; drawn--) {
            double value = values[random.nextInt(values.length)];
            sum += value;
            squares += value * value;
        }
        return moments(people, sum, squares);
    }

    /** How many of those drawn aren't of nothing: binomial, by leaping from one to the next, so that those of nothing cost nothing. */
    private long spenders(RandomGenerator random) {
        if (values.length == people) {
            return people;
        }
        double missing = values.length == 0 ? 0 : Math.log1p(-(double) values.length / people);
        long count = 0;
        double position = 0;
        while (missing < 0) {
            position += Math.floor(Math.log(1 - random.nextDouble()) / missing) + 1;
            if (position > people) {
                return count;
            }
            count++;
        }
        return 0;
    }
}
