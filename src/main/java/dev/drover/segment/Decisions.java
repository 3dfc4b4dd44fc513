package dev.drover.segment;

import dev.drover.facts.Facts;
import dev.drover.facts.Whom;
import dev.drover.kernel.Problem;
import dev.drover.ruleset.RuleFile;
import dev.drover.ruleset.Rulesets;
import dev.drover.ruleset.Verdict;
import dev.drover.ruleset.fact.Data;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the rules in {@code rules/content} say about a customer, asked file by file: each is a question of its own. */
@Component
public class Decisions {

    private static final String GROUP = "content";

    /**
     * @param decision of the first rule that spoke, by salience; {@code null}: none did
     * @param rule     its name
     * @param reasons  of all that said the same, in their order
     */
    public record Decision(@Nullable String decision, @Nullable String rule, List<String> reasons) {}

    private final Rulesets rulesets;
    private final Facts facts;
    private final Segments segments;

    Decisions(Rulesets rulesets, Facts facts, Segments segments) {
        this.rulesets = rulesets;
        this.facts = facts;
        this.segments = segments;
    }

    /** Names of the files that can be asked: {@code next-offer} of {@code content/next-offer.drl}. */
    public SortedSet<String> known() {
        return rulesets.files().stream().filter(file -> file.group().equals(GROUP) && file.inForce() != null).map(RuleFile::path).map(Decisions::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * @param data plain JSON values beyond the customer's own
     * @throws Problem not found when there is no such file in force; unavailable when the rules aren't in force
     */
    public Decision decide(String file, long customerId, Map<String, Object> data) {
        if (!known().contains(file)) {
            throw Problem.notFound("There are no rules '%s' in rules/content. There are: %s.".formatted(file, known().isEmpty() ? "none" : String.join(", ", known())));
        }
        var memberOf = segments.of(customerId).stream().map(Segments.Stay::key).collect(Collectors.toSet());
        var customer = facts.of(Whom.these(List.of(customerId)), rulesets.needs(GROUP), Map.of(customerId, memberOf)).stream().findFirst()
                .orElseThrow(() -> Problem.notFound("The customer is gone."));
        return of(rulesets.decide(GROUP, List.of(customer, new Data(data))), file);
    }

    /** What the verdicts of this file come to. */
    static Decision of(List<Verdict> verdicts, String file) {
        var said = verdicts.stream().filter(verdict -> name(verdict.file()).equals(file)).toList();
        if (said.isEmpty()) {
            return new Decision(null, null, List.of());
        }
        Verdict first = said.getFirst();
        return new Decision(first.key(), first.rule(), said.stream().filter(verdict -> verdict.key().equals(first.key())).map(Verdict::reason).toList());
    }

    static String name(String path) {
        return path.substring(path.indexOf('/') + 1).replaceFirst("\\.drl(\\.xlsx)?$", "");
    }
}
