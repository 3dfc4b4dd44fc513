package dev.drover.journey;

import dev.drover.kernel.Channel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** An event that nobody ever told of may be one to come, or one that is spelled another way. */
final class EventSpelling {

    private static final int FURTHEST = 3;

    private EventSpelling() {}

    /** @param known what happened here or usually does @param segments whether there is one of this key: {@code segment.entered:lapsed} names it, {@code consent.withdrawn:email} a channel */
    static List<BpmnProblem> check(Iterable<Named> events, Collection<String> known, Predicate<String> segments) {
        var problems = new ArrayList<BpmnProblem>();
        for (Named event : events) {
            int colon = event.name().indexOf(':');
            if (event.name().matches("segment\\.(entered|left):.*")) {
                String segment = event.name().substring(colon + 1);
                if (!segments.test(segment)) {
                    problems.add(BpmnProblem.warning(event.elementId(), "There is no segment '%s' that anybody could enter or leave.".formatted(segment)));
                }
            } else if (event.name().matches("consent\\.(granted|withdrawn):.*")) {
                String channel = event.name().substring(colon + 1);
                if (Arrays.stream(Channel.values()).noneMatch(one -> one.key().equals(channel))) {
                    problems.add(BpmnProblem.warning(event.elementId(), "Consent is given by channel, and '%s' is none: email, sms or push.".formatted(channel)));
                }
            } else if (!known.contains(event.name())) {
                String meant = known.stream().filter(each -> distance(each, event.name()) <= FURTHEST).min(Comparator.comparingInt(each -> distance(each, event.name()))).orElse(null);
                problems.add(BpmnProblem.warning(event.elementId(), meant == null
                        ? "No event '%s' has come yet: make sure that your shop sends it under this name.".formatted(event.name())
                        : "No event '%s' has come yet. Did you mean %s?".formatted(event.name(), meant)));
            }
        }
        return problems;
    }

    /** @param elementId who waits for it or begins by it */
    record Named(String elementId, String name) {}

    /** How many letters must be put in, taken out or changed. */
    private static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > FURTHEST) {
            return FURTHEST + 1;
        }
        int[] above = new int[b.length() + 1];
        for (int n = 0; n < above.length; n++) {
            above[n] = n;
        }
        for (int row = 1; row <= a.length(); row++) {
            int[] here = new int[b.length() + 1];
            here[0] = row;
            for (int n = 1; n <= b.length(); n++) {
                here[n] = Math.min(Math.min(here[n - 1], above[n]) + 1, above[n - 1] + (a.charAt(row - 1) == b.charAt(n - 1) ? 0 : 1));
            }
            above = here;
        }
        return above[b.length()];
    }
}
