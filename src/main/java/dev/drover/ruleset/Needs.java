package dev.drover.ruleset;

import dev.drover.ruleset.fact.Customer;
import dev.drover.ruleset.language.Looks;
import java.util.Set;

/**
 * What the rules of a group read, so that whoever fills the facts may leave out the rest, and knows when time alone can change a decision.
 *
 * @param facts      paths below Customer as rules write them, without arguments: {@code orders.count}, {@code orders.countWithin}, {@code text}
 * @param events     names of the events that are counted or asked for, those behind engagement and subscription among them
 * @param boundaries where a fact that grows with time is compared with a number of days
 * @param rechecked  whether some condition depends on time in a way that no boundary tells: its customers are to be looked at regularly
 */
public record Needs(Set<String> facts, Set<String> events, Set<Boundary> boundaries, boolean rechecked) {

    /**
     * The decision may change when the fact's own moment is so many days ago. For a {@code within} fact, when each moment it counts is.
     *
     * @param fact     such as {@code orders.daysSinceLast}, {@code orders.countWithin}, {@code events.count}
     * @param argument a category, attribute or event name; empty: the fact takes none
     * @param days     may be negative for what is yet to come
     */
    public record Boundary(String fact, String argument, double days) {}

    /**
     * The first moment after the customer's now at which time alone may change a decision: until then none changes, unless the customer does.
     * {@link Long#MAX_VALUE}: never. Says nothing of what is to be {@code rechecked}.
     */
    public long nextLook(Customer customer) {
        return Looks.next(this, customer);
    }

    public boolean reads(String prefix) {
        return facts.stream().anyMatch(fact -> fact.equals(prefix) || fact.startsWith(prefix + "."));
    }
}
