package dev.drover.experiment;

import dev.drover.experiment.statistics.Amounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the customers of one group did, added up row by row; those who did nothing are only counted. */
final class Outcomes {

    private long people;
    private long ordered;
    private long clicked;
    private final List<Double> orders = new ArrayList<>();
    private final List<Double> spent = new ArrayList<>();

    /** Groups by name, each filled by rows of it. */
    static final class ByGroup {

        private final Map<String, Outcomes> groups = new LinkedHashMap<>();

        Outcomes of(String group) {
            return groups.computeIfAbsent(group, name -> new Outcomes());
        }
    }

    /** So many who may have done nothing at all. */
    void addPeople(long count) {
        people += count;
    }

    /** @param times  how often this person ordered @param amount what this person spent, cancellations taken off */
    void addBuyer(long times, double amount) {
        if (times > 0) {
            ordered++;
            orders.add((double) times);
        }
        if (amount != 0) {
            spent.add(amount);
        }
    }

    void addClicked(long count) {
        clicked += count;
    }

    long people() {
        return people;
    }

    long ordered() {
        return ordered;
    }

    long clicked() {
        return clicked;
    }

    Amounts orders() {
        return amounts(orders);
    }

    Amounts spent() {
        return amounts(spent);
    }

    private Amounts amounts(List<Double> values) {
        return new Amounts(people, values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
