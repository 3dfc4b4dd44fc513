package dev.drover.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** bpmnlint, with its recommended rules and Camunda's for 8.5, as their Modeler runs them: it finds nothing in what comes along. */
class BpmnLintTests {

    /** Where the build has put it. */
    private static final Path LINTER = Path.of("target/lint/lint-bpmn.mjs").toAbsolutePath();

    @TempDir
    Path folder;

    @Test
    void findsNothingInShippedDiagrams() throws Exception {
        var said = lint(Path.of("workflows"));
        assertThat(said.text()).endsWith(", 0 findings\n").doesNotStartWith("0 diagrams");
        assertThat(said.status()).isZero();
    }

    /** That it reads Camunda's elements, and asks for what 8.5 can do. */
    @Test
    void findsWhatIsWrong() throws Exception {
        String good = Files.readString(Path.of("workflows/journeys/birthday.bpmn"));
        Files.writeString(folder.resolve("bad.bpmn"), good.replace("P7D", "=now(").replace("<zeebe:taskDefinition type=\"create-discount\"/>", "")
                .replace("name=\"Send congratulations\"", ""));
        var said = lint(folder);
        assertThat(said.status()).isOne();
        assertThat(said.text()).contains("bad.bpmn: congratulate: error label-required").contains("bad.bpmn: present: error camunda-compat/implementation").contains("camunda-compat/feel");
    }

    private record Said(int status, String text) {}

    private static Said lint(Path folder) throws IOException, InterruptedException {
        var process = new ProcessBuilder("node", LINTER.toString(), folder.toString()).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Said(process.exitValue(), text);
    }
}
