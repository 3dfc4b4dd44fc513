package dev.drover.ruleset;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.drools.model.codegen.ExecutableModelProject;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;
import org.kie.internal.conf.AlphaRangeIndexThresholdOption;

/** Compiles rule files of one group to a knowledge base, entirely in memory. Complains in its own words; {@link RuleChecker} finds the place. */
class Compiler {

    /**
     * @param line      of the generated class where there is one, else of the rule file; 0 or less: unknown
     * @param generated the class the complaint is about; {@code null}: the rule file itself
     */
    record Complaint(int line, String text, @Nullable String generated) {}

    /** @param base {@code null} where there are complaints */
    record Outcome(@Nullable KieBase base, List<Complaint> complaints) {}

    private static final AtomicLong BUILDS = new AtomicLong();
    private static final ClassLoader FACTS = Compiler.class.getClassLoader();
    private static final String GENERATED = "Java source of ";

    private final KieServices services = KieServices.get();

    /** Compiles and makes ready to run. */
    Outcome compile(Collection<RuleSource> sources) {
        return build(sources, true);
    }

    /** Compiles only, and runs nothing of it: making rules ready evaluates what is constant in them. */
    List<Complaint> complaints(RuleSource source) {
        return build(List.of(source), false).complaints();
    }

    /** One at a time: compiling takes a processor and much memory, and whoever checks drafts mustn't take all of them. */
    private synchronized Outcome build(Collection<RuleSource> sources, boolean ready) {
        ReleaseId release = services.newReleaseId("dev.drover.rules", "group", Long.toString(BUILDS.incrementAndGet()));
        var files = services.newKieFileSystem();
        files.generateAndWritePomXML(release);
        sources.forEach(source -> files.write("src/main/resources/" + source.file(), source.prepared()));
        try {
            var builder = services.newKieBuilder(files, FACTS).buildAll(ExecutableModelProject.class);
            var complaints = complaints(builder.getResults().getMessages(Message.Level.ERROR));
            return new Outcome(complaints.isEmpty() && ready ? base(release) : null, complaints);
        } catch (RuntimeException | LinkageError | StackOverflowError broken) {
            // Some mistakes end in an exception of the compiler's: a word where a number belongs.
            return new Outcome(null, List.of(new Complaint(0, broken instanceof StackOverflowError ? "Nested too deeply." : String.valueOf(broken.getMessage()), null)));
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

    private static List<Complaint> complaints(List<Message> messages) {
        var complaints = new ArrayList<Complaint>();
        for (Message message : messages) {
            boolean generated = message.getPath() != null && message.getPath().endsWith(".java");
            if (!generated || !message.getText().startsWith(GENERATED)) {
                complaints.add(new Complaint(message.getLine(), message.getText(), generated ? source(message.getPath(), messages) : null));
            }
        }
        return complaints;
    }

    /** The compiler hands over the generated class as a message of its own. */
    private static String source(String path, List<Message> messages) {
        return messages.stream().filter(message -> path.equals(message.getPath()) && message.getText().startsWith(GENERATED))
                .map(message -> message.getText().substring(message.getText().indexOf('\n') + 1)).findFirst().orElse("");
    }
}
