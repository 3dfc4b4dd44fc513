package dev.drover.ruleset;

import dev.drover.ruleset.fact.Budget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the rules that take too long, switches them off and lets the others decide. One at a time: it is rare, and costs. */
class Culprits {

    private record Suspect(RuleVersion file, String rule, long nanos) {}

    private static final Logger log = LoggerFactory.getLogger(Culprits.class);

    private final GroupCompiler compiler;
    private final SwitchedOffRules switchedOff;
    private final RuleSettings settings;

    Culprits(GroupCompiler compiler, SwitchedOffRules switchedOff, RuleSettings settings) {
        this.compiler = compiler;
        this.switchedOff = switchedOff;
        this.settings = settings;
    }

    /**
     * Decides upon facts whose decision took too long. On a thread of the machine's, by the processor's time: a machine that stood still is no
     * rule's fault; and outside of the caller's transaction, which may come to nothing.
     *
     * @param refresh puts in force that a rule was switched off
     */
    List<Verdict> decide(Supplier<RuleGroup> running, Collection<?> facts, Runnable refresh) {
        var decided = new CompletableFuture<List<Verdict>>();
        Thread.ofPlatform().name("slow-rules").daemon().start(() -> {
            try {
                decided.complete(decideAlone(running, facts, refresh));
            } catch (Throwable failed) {
                decided.completeExceptionally(failed);
            }
        });
        try {
            return decided.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private synchronized List<Verdict> decideAlone(Supplier<RuleGroup> running, Collection<?> facts, Runnable refresh) {
        Duration most = settings.budget(facts.size());
        while (true) {
            var group = running.get();
            try {
                return group.decide(facts, Budget.processor(most));
            } catch (Budget.Overrun overrun) {
                var suspects = suspects(group, facts, most);
                if (suspects.isEmpty()) {
                    throw overrun;
                }
                suspects.forEach(suspect -> switchOff(suspect, facts.size(), most));
                refresh.run();
            }
        }
    }

    /** Those that take too long on their own; where they do so only together, the slowest. */
    private List<Suspect> suspects(RuleGroup group, Collection<?> facts, Duration most) {
        var suspects = new ArrayList<Suspect>();
        group.rules().forEach((path, rules) -> rules.forEach(rule -> {
            var file = group.files().get(path);
            var alone = Objects.requireNonNull(compiler.compile(group.name(), List.of(file), Map.of(path, List.of(rule)), List.of()).group());
            suspects.add(new Suspect(file, rule.name(), nanos(alone, facts, most)));
        }));
        var guilty = suspects.stream().filter(suspect -> suspect.nanos() > most.toNanos()).toList();
        return guilty.isEmpty() ? suspects.stream().max(Comparator.comparingLong(Suspect::nanos)).stream().toList() : guilty;
    }

    private static long nanos(RuleGroup alone, Collection<?> facts, Duration most) {
        var budget = Budget.processor(most);
        try {
            alone.decide(facts, budget);
        } catch (Budget.Overrun overrun) {
            return budget.spent();
        } catch (RuntimeException failing) {
            log.debug("A rule that fails is another matter", failing);
        }
        return budget.spent();
    }

    private void switchOff(Suspect suspect, int facts, Duration most) {
        String reason = "it took %d ms on %d facts, the rules together may take %d ms".formatted(suspect.nanos() / 1_000_000, facts, most.toMillis());
        switchedOff.add(suspect.file().path(), suspect.rule(), suspect.file().number(), reason);
        log.error("rules/{}: the rule \"{}\" is switched off: {}", suspect.file().path(), suspect.rule(), reason);
    }
}
