package dev.drover.ruleset.language;

import dev.drover.ruleset.Needs;
import dev.drover.ruleset.fact.Customer;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells when time alone next matters to a customer. */
public final class Looks {

    /** By name: of those that share one, one at most ages. */
    private static final Map<String, Ageing> AGEING = Vocabulary.of("segments").terms("Customer").stream().filter(term -> term.ageing() != null)
            .collect(Collectors.toUnmodifiableMap(Term::name, Term::ageing));

    public static final long NEVER = Ageing.NEVER;

    private Looks() {}

    /**
     * The first moment after the customer's now at which some boundary is passed: until then nothing that these rules decide of the customer
     * changes, unless the customer does. {@link #NEVER}: time changes nothing.
     */
    public static long next(Needs needs, Customer customer) {
        long next = NEVER;
        for (var boundary : needs.boundaries()) {
            next = Math.min(next, AGEING.get(boundary.fact()).next().after(customer, boundary.argument(), boundary.days()));
        }
        return next;
    }
}
