package dev.drover.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class IcsTextTests {

    @Test
    void foldsAtSeventyFiveOctetsAndNeverWithinACharacter() {
        String name = "Käse 🧀 für alle, ".repeat(20);
        String written = new IcsText().text("SUMMARY", name).toString();
        assertThat(written).endsWith("\r\n");
        assertThat(Arrays.asList(written.split("\r\n"))).hasSizeGreaterThan(4).allSatisfy(line -> {
            assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(75);
            assertThat(new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)).as("whole characters").isEqualTo(line);
        });
        assertThat(written.replace("\r\n ", "")).isEqualTo("SUMMARY:" + name.replace(",", "\\,") + "\r\n");
    }

    @Test
    void nothingInATextBeginsALineOfItsOwn() {
        assertThat(IcsText.escaped("a\r\nEND:VEVENT\rb\nc;d,e\\f\0g\u2028h\uD83D")).isEqualTo("a\\nEND:VEVENT\\nb\\nc\\;d\\,e\\\\fg\\nh");
        assertThat(new IcsText().moment("DTSTART", Instant.parse("2026-12-01T09:00:30Z")).toString()).isEqualTo("DTSTART:20261201T090030Z\r\n");
    }
}
