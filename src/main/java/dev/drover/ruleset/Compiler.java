package dev.drover.ruleset;

import dev.drover.ruleset.language.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.drools.model.codegen.ExecutableModelProject;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;
import org.kie.internal.conf.AlphaRangeIndexThresholdOption;

/**
 * Compiles rules of one group to a knowledge base, entirely in memory. It takes rules that were read and writes them down for Drools itself; of
 * a file that isn't understood nothing gets here.
 */
class Compiler {

    /** @param line 0: unknown */
    record Complaint(int line, String text) {}

    /** @param base {@code null} where there are complaints */
    record Outcome(@Nullable KieBase base, List<Complaint> complaints) {}

    private static final AtomicLong BUILDS = new AtomicLong();
    private static final ClassLoader FACTS = Compiler.class.getClassLoader();

    private final KieServices services = KieServices.get();

    /** Compiles all rules of these files and makes them ready to run. */
    Outcome compile(Collection<RuleSource> sources) {
        var complaints = new ArrayList<Complaint>();
        var rules = new LinkedHashMap<RuleSource, List<Rule>>();
        for (RuleSource source : sources) {
            var script = source.script();
            script.problems().forEach(problem -> complaints.add(new Complaint(problem.line(), problem.message())));
            rules.put(source, script.rules());
        }
        return complaints.isEmpty() ? compile(rules) : new Outcome(null, complaints);
    }

    /** Compiles these rules of these files. */
    Outcome compile(Map<RuleSource, List<Rule>> rules) {
        return build(rules, true);
    }

    /** Compiles only, and runs nothing of it: making rules ready evaluates what is constant in them. */
    List<Complaint> complaints(RuleSource source) {
        return build(Map.of(source, source.script().rules()), false).complaints();
    }

    /** One at a time: compiling takes a processor and much memory, and whoever checks drafts mustn't take all of them. */
    private synchronized Outcome build(Map<RuleSource, List<Rule>> rules, boolean ready) {
        ReleaseId release = services.newReleaseId("dev.drover.rules", "group", Long.toString(BUILDS.incrementAndGet()));
        var files = services.newKieFileSystem();
        files.generateAndWritePomXML(release);
        rules.forEach((source, some) -> files.write("src/main/resources/" + source.file(), source.prepared(some)));
        try {
            var builder = services.newKieBuilder(files, FACTS).buildAll(ExecutableModelProject.class);
            var complaints = builder.getResults().getMessages(Message.Level.ERROR).stream()
                    .map(message -> new Complaint(message.getPath() != null && message.getPath().endsWith(".java") ? 0 : (int) message.getLine(), message.getText())).toList();
            return new Outcome(complaints.isEmpty() && ready ? base(release) : null, complaints);
        } catch (RuntimeException | LinkageError | StackOverflowError broken) {
            return new Outcome(null, List.of(new Complaint(0, String.valueOf(broken.getMessage()))));
        } finally {
            // The repository would keep every version ever compiled.
            services.getRepository().removeKieModule(release);
        }
    }

    /** Without the index over ranges: it takes over where many rules compare one field, and treats what is infinite or unknown its own way. */
    private KieBase base(ReleaseId release) {
        var configuration = services.newKieBaseConfiguration();
        configuration.setOption(AlphaRangeIndexThresholdOption.get(0));
        return services.newKieContainer(release, FACTS).newKieBase(configuration);
    }
}
