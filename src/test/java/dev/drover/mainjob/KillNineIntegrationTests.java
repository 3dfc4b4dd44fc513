package dev.drover.mainjob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testing.KillNine;
import org.junit.jupiter.api.Test;

/** The packaged application as a process of its own; {@code bench/} has the same with 500 journeys and ten kills. */
class KillNineIntegrationTests {

    @Test
    void losesNoMessageAndSendsNoneTwice() throws Exception {
        assertThat(new KillNine(60, 2, 1).run()).isEqualTo(new KillNine.Result(120, 0, 120));
    }
}
