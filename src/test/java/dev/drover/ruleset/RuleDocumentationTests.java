package dev.drover.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.ruleset.language.Script;
import dev.drover.ruleset.language.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the analyst's guide says is so. */
class RuleDocumentationTests {

    private static final Pattern EXAMPLE = Pattern.compile("```\n(.*?)```", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(strings = {"segments", "eligibility", "content"})
    void namesEverythingThatRulesMayReadAndSay(String group) throws IOException {
        String guide = guide();
        assertThat(Vocabulary.of(group).words()).filteredOn(word -> !word.kind().equals("fact")).allSatisfy(word -> assertThat(guide).contains("`" + word.name()).contains(word.example()).contains(word.description()));
    }

    @Test
    void itsExamplesAreGood() throws IOException {
        var examples = EXAMPLE.matcher(guide()).results().map(found -> found.group(1)).toList();
        assertThat(examples).hasSizeGreaterThanOrEqualTo(4).allSatisfy(example -> {
            assertThat(Script.read("segments", example).problems()).as(example).isEmpty();
            assertThat(Script.read("segments", example).rules()).as(example).isNotEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"segments", "eligibility", "content"})
    void aNewFileBeginsWithAGoodRule(String group) {
        assertThat(Script.read(group, RuleStarts.of(group)).problems()).isEmpty();
    }

    private static String guide() throws IOException {
        return Files.readString(Path.of("docs/rules.md"));
    }
}
