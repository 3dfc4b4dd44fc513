package dev.drover.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TextDiffTests {

    @Test
    void tellsWhichLinesCameAndWent() {
        assertThat(shown("a\nb\nc\nd\n", "a\nx\nc\nd\ne\n")).isEqualTo("""
                SAME 1 1 a
                REMOVED 2 0 b
                ADDED 0 2 x
                SAME 3 3 c
                SAME 4 4 d
                ADDED 0 5 e""");
        assertThat(shown("", "a")).isEqualTo("ADDED 0 1 a");
        assertThat(shown("a\nb", "")).isEqualTo("REMOVED 1 0 a\nREMOVED 2 0 b");
    }

    @Test
    void sameTextsDifferInNothing() {
        assertThat(TextDiff.between("a\nb", "a\nb\n").isEmpty()).isTrue();
        assertThat(TextDiff.between("a", "b").isEmpty()).isFalse();
    }

    private static String shown(String earlier, String later) {
        return TextDiff.between(earlier, later).lines().stream().map(line -> "%s %d %d %s".formatted(line.kind(), line.before(), line.after(), line.text())).collect(Collectors.joining("\n"));
    }
}
