package dev.drover.experiment.statistics;

/**
 * @param low  the lower end
 * @param high the upper end; infinite where the data set no limit
 */
public record Interval(double low, double high) {

    public boolean holds(double value) {
        return low <= value && value <= high;
    }

    public double width() {
        return high - low;
    }
}
