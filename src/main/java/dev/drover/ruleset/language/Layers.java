package dev.drover.ruleset.language;

import dev.drover.ruleset.RuleProblem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The order in which rules of segments decide: who asks {@code inSegment("x")} comes after all that enter x.
 *
 * @param layers   in their order; empty where there are problems
 * @param problems by the path of the file they are in; errors where segments ask for each other in a circle, else warnings
 */
public record Layers(List<List<Member>> layers, Map<String, List<RuleProblem>> problems) {

    /** A rule and the path of its file. */
    public record Member(String file, Rule rule) {}

    /** Segment by segment, whose rules ask for which other that rules decide. */
    private record Asking(Map<String, List<Member>> entering, Map<String, Set<String>> asked) {}

    /** @param staticKeys segments that are there without rules */
    public static Layers of(Collection<Member> members, Set<String> staticKeys) {
        var problems = new LinkedHashMap<String, List<RuleProblem>>();
        var entering = new LinkedHashMap<String, List<Member>>();
        members.forEach(member -> member.rule().enters().forEach(key -> entering.computeIfAbsent(key, none -> new ArrayList<>()).add(member)));
        var asked = new LinkedHashMap<String, Set<String>>();
        entering.forEach((key, rules) -> asked.put(key, rules.stream().flatMap(member -> member.rule().asks().stream()).filter(entering::containsKey)
                .collect(Collectors.toCollection(LinkedHashSet::new))));
        var asking = new Asking(entering, asked);
        circles(asking, problems);
        if (!problems.isEmpty()) {
            return new Layers(List.of(), problems);
        }
        unknown(members, asking, staticKeys, problems);
        return new Layers(ordered(members, asking), problems);
    }

    private static void circles(Asking asking, Map<String, List<RuleProblem>> problems) {
        var done = new LinkedHashSet<String>();
        for (String key : asking.asked().keySet()) {
            follow(key, new ArrayDeque<>(), done, asking, problems);
        }
    }

    /** Goes along what a segment asks for, and tells where that leads back. Without recursion a chain may be as long as there are segments. */
    private static void follow(String start, Deque<String> path, Set<String> done, Asking asking, Map<String, List<RuleProblem>> problems) {
        var pending = new ArrayDeque<List<String>>();
        pending.push(new ArrayList<>(List.of(start)));
        while (!pending.isEmpty()) {
            var level = pending.peek();
            if (level.isEmpty()) {
                pending.pop();
                if (!path.isEmpty()) {
                    done.add(path.removeLast());
                }
                continue;
            }
            String key = level.removeLast();
            if (path.contains(key)) {
                tell(path.stream().dropWhile(each -> !each.equals(key)).toList(), asking, problems);
            } else if (!done.contains(key)) {
                path.addLast(key);
                pending.push(new ArrayList<>(asking.asked().get(key)));
            }
        }
    }

    private static void tell(List<String> circle, Asking asking, Map<String, List<RuleProblem>> problems) {
        String words = circle.size() == 1 ? "A segment can't ask for itself: whether somebody is in '%s' is what this rule decides.".formatted(circle.getFirst())
                : "These segments ask for each other, so none can be decided first: %s.".formatted(chain(circle));
        for (int n = 0; n < circle.size(); n++) {
            String asks = circle.get((n + 1) % circle.size());
            asking.entering().get(circle.get(n)).stream().filter(member -> member.rule().asks().contains(asks))
                    .forEach(member -> add(problems, member, place(member.rule(), asks), true, words));
        }
    }

    /** 'a' asks for 'b', which asks for 'a' */
    private static String chain(List<String> circle) {
        return "'%s' asks for ".formatted(circle.getFirst())
                + circle.stream().skip(1).map("'%s', which asks for "::formatted).collect(Collectors.joining()) + "'%s'".formatted(circle.getFirst());
    }

    private static void unknown(Collection<Member> members, Asking asking, Set<String> staticKeys, Map<String, List<RuleProblem>> problems) {
        members.forEach(member -> member.rule().asks().stream().filter(key -> !asking.entering().containsKey(key) && !staticKeys.contains(key))
                .forEach(key -> add(problems, member, place(member.rule(), key), false, "There is no segment '%s' yet: nobody is in it.".formatted(key))));
    }

    private static List<List<Member>> ordered(Collection<Member> members, Asking asking) {
        var heights = new HashMap<String, Integer>();
        var layers = new ArrayList<List<Member>>();
        // Each round settles at least one segment more, for there are no circles.
        while (heights.size() < asking.asked().size()) {
            asking.asked().forEach((key, asked) -> {
                if (heights.keySet().containsAll(asked)) {
                    heights.put(key, asking.entering().get(key).stream().mapToInt(member -> height(member, heights)).max().orElse(0));
                }
            });
        }
        for (Member member : members) {
            int height = height(member, heights);
            while (layers.size() <= height) {
                layers.add(new ArrayList<>());
            }
            layers.get(height).add(member);
        }
        return layers;
    }

    private static int height(Member member, Map<String, Integer> heights) {
        return member.rule().asks().stream().filter(heights::containsKey).mapToInt(key -> heights.get(key) + 1).max().orElse(0);
    }

    private static Place place(Rule rule, String asked) {
        var places = new ArrayList<Place>();
        rule.paths(path -> {
            if (path.term().name().equals("inSegment") && path.text(0).equals(asked)) {
                places.add(path.place());
            }
        });
        return places.getFirst();
    }

    private static void add(Map<String, List<RuleProblem>> problems, Member member, Place place, boolean error, String words) {
        var problem = error ? RuleProblem.error(place.line(), place.column(), words) : RuleProblem.warning(place.line(), place.column(), words);
        var known = problems.computeIfAbsent(member.file(), none -> new ArrayList<>());
        if (!known.contains(problem)) {
            known.add(problem);
        }
    }
}
