package dev.drover.ruleset.language;

import dev.drover.ruleset.fact.Customer;
import dev.drover.ruleset.fact.Verdicts;
import dev.drover.ruleset.language.Layers.Member;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rules of segments tried by their tree alone, which takes no compiling: for questions while somebody writes, and for why not. What counts is
 * decided by Drools.
 */
public final class Trial {

    /** @param holds whether all of its conditions hold @param reason what it says then; empty where it doesn't hold */
    public record Told(Member member, String segment, boolean holds, String reason, Held why) {}

    private final List<Member> ordered;
    private final Set<String> segments;

    private Trial(List<Member> ordered, Set<String> segments) {
        this.ordered = ordered;
        this.segments = segments;
    }

    /**
     * @param all      whatever rules there are, without circles
     * @param segments what is asked for; of the other rules only those are tried that these depend on
     */
    public static Trial of(Collection<Member> all, Set<String> segments) {
        var needed = new LinkedHashSet<Member>();
        var asked = new LinkedHashSet<>(segments);
        for (boolean more = true; more; ) {
            var wanted = all.stream().filter(member -> member.rule().enters().stream().anyMatch(asked::contains)).toList();
            more = needed.addAll(wanted);
            wanted.forEach(member -> asked.addAll(member.rule().asks()));
        }
        return new Trial(Layers.of(needed, Set.of()).layers().stream().flatMap(List::stream).toList(), Set.copyOf(segments));
    }

    /** These segments and all whose rules ask for one of them, however far. */
    public static Set<String> touchedBy(Set<String> segments, Collection<Member> all) {
        var touched = new LinkedHashSet<>(segments);
        for (boolean more = true; more; ) {
            more = touched.addAll(all.stream().filter(member -> member.rule().asks().stream().anyMatch(touched::contains))
                    .flatMap(member -> member.rule().enters().stream()).collect(Collectors.toSet()));
        }
        return touched;
    }

    public List<Member> members() {
        return ordered;
    }

    /** @return those of the segments asked for that the customer would be in */
    public Set<String> decide(Customer customer) {
        customer.decideWithin(null);
        var in = new LinkedHashSet<String>();
        for (Member member : ordered) {
            if (Explainer.holds(member.rule().when(), customer)) {
                member.rule().enters().forEach(customer::entered);
                in.addAll(member.rule().enters());
            }
        }
        in.retainAll(segments);
        return in;
    }

    /** Of each rule of the segments asked for, whether it holds and why. */
    public List<Told> explain(Customer customer) {
        customer.decideWithin(null);
        var told = new ArrayList<Told>();
        for (Member member : ordered) {
            var why = Explainer.explain(member.rule(), customer);
            member.rule().says().stream().filter(saying -> segments.contains(saying.key())).forEach(saying ->
                    told.add(new Told(member, saying.key(), why.held(), why.held() ? reason(member.rule(), saying, customer) : "", why)));
            if (why.held()) {
                member.rule().enters().forEach(customer::entered);
            }
        }
        return told;
    }

    private static String reason(Rule rule, Saying saying, Customer customer) {
        var text = new StringBuilder();
        for (Saying.Part part : saying.reason()) {
            text.append(part.variable().isEmpty() ? part.literal() : value(rule, part.variable(), customer));
        }
        return text.toString();
    }

    private static Object value(Rule rule, String variable, Customer customer) {
        return rule.patterns().stream().flatMap(pattern -> pattern.bindings().stream()).filter(binding -> binding.variable().equals(variable)).findFirst()
                .map(binding -> Verdicts.said(binding.path().read(customer))).orElse("");
    }
}
