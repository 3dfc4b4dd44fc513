package dev.drover.ruleset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.drools.model.codegen.ExecutableModelProject;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;

/** Compiles rule files of one group to a knowledge base, entirely in memory. */
class Compiler {


    static class Failed extends Exception {
        private final transient List<Message> messages;

        Failed(List<Message> messages) {
            this.messages = messages;
        }

        List<Message> messages() {
            return messages;
        }
    }

    private static final AtomicLong BUILDS = new AtomicLong();
    private static final ClassLoader FACTS = Compiler.class.getClassLoader();

    private final KieServices services = KieServices.get();

    /**
     * @param sources by path
     * @throws Failed with the compiler's words when any of them has an error
     */
    KieBase compile(Map<String, String> sources) throws Failed {
        var files = services.newKieFileSystem();
        ReleaseId release = services.newReleaseId("dev.drover.rules", "group", Long.toString(BUILDS.incrementAndGet()));
        files.generateAndWritePomXML(release);
        sources.forEach((path, source) -> files.write("src/main/resources/" + path, source));
        var builder = services.newKieBuilder(files, FACTS).buildAll(ExecutableModelProject.class);
        try {
            var errors = builder.getResults().getMessages(Message.Level.ERROR);
            if (!errors.isEmpty()) {
                throw new Failed(new ArrayList<>(errors));
            }
            return services.newKieContainer(release, FACTS).getKieBase();
        } finally {
            // The repository would keep every version ever compiled.
            services.getRepository().removeKieModule(release);
        }
    }
}
