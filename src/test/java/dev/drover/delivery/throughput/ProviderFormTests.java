package dev.drover.delivery.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.delivery.throughput.Wanted.WantedDomain;
import dev.drover.delivery.throughput.Wanted.WantedWarmUp;
import dev.drover.kernel.Channel;
import dev.drover.kernel.Checks;
import dev.drover.kernel.Problem.FieldError;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** What people and programs may ask for, and what becomes of rubbish. */
class ProviderFormTests {

    private static final Line SMTP = new Line("smtp", Set.of(Channel.EMAIL), 10);
    private static final Line TWILIO = new Line("twilio", Set.of(Channel.SMS), 10);

    @Test
    void whatIsTypedIsWhatIsKeptAndShownAgain() {
        var typed = typed("enabled", "true", "weight", " 70 ", "perSecond", "2.5", "perDay", "100,000", "warmUpStart", "2026-11-24", "warmUpLimits", "50, 100;250\n500", "warmUpGrowth", "1.5",
                "domain", "Gmail.com", "domainPerSecond", "", "domainPerDay", "5,000", "domain", "", "domainPerSecond", "", "domainPerDay", "");
        var checks = new Checks();
        var settings = ProviderForm.of(typed).wanted(checks).checked(SMTP, checks);
        assertThat(checks.errors()).isEmpty();
        assertThat(settings).isEqualTo(new Settings(true, 70, new BigDecimal("2.5"), 100_000,
                new WarmUp(LocalDate.of(2026, 11, 24), List.of(50, 100, 250, 500), new BigDecimal("1.5")),
                java.util.Map.of("gmail.com", new DomainLimit("gmail.com", null, 5_000))));
        var again = ProviderForm.of(settings);
        assertThat(again.wanted(checks).checked(SMTP, checks)).isEqualTo(settings);
    }

    @Test
    void emptyMeansNoLimit() {
        var checks = new Checks();
        assertThat(ProviderForm.of(typed("weight", "0")).wanted(checks).checked(SMTP, checks)).isEqualTo(new Settings(false, 0, null, null, null, java.util.Map.of()));
    }

    @Test
    void eachFieldSaysWhatIsWrongWithIt() {
        assertThat(wrong(typed("weight", "many", "perSecond", "fast", "perDay", "0", "warmUpStart", "tomorrow", "warmUpLimits", "50, x", "warmUpGrowth", "0.9",
                "domain", "gmail", "domainPerSecond", "", "domainPerDay", "5")))
                .contains("weight", "perSecond", "perDay", "warmUp.start", "warmUp.limits", "warmUp.growth", "domains[0].domain");
        assertThat(wrong(typed("weight", "1001"))).containsExactly("weight");
        assertThat(wrong(typed("weight", "-1"))).containsExactly("weight");
        assertThat(wrong(typed("weight", "99999999999999999999"))).contains("weight");
        assertThat(wrong(typed("weight", "1", "perSecond", "1e-999999999"))).containsExactly("perSecond");
        assertThat(wrong(typed("weight", "1", "perSecond", "0"))).containsExactly("perSecond");
        assertThat(wrong(typed("weight", "1", "perSecond", "NaN"))).containsExactly("perSecond");
        assertThat(wrong(typed("weight", "1", "warmUpLimits", "50"))).containsExactly("warmUp.start");
        assertThat(wrong(typed("weight", "1", "warmUpStart", "2026-11-24"))).containsExactly("warmUp.limits");
        assertThat(wrong(typed("weight", "1", "warmUpStart", "+999999999-01-01", "warmUpLimits", "1"))).containsExactly("warmUp.start");
        assertThat(wrong(typed("weight", "1", "domain", "<script>.com", "domainPerDay", "5"))).containsExactly("domains[0].domain");
        assertThat(wrong(typed("weight", "1", "domain", "gmail.com", "domainPerDay", ""))).containsExactly("domains[0].perDay");
        assertThat(wrong(typed("weight", "1", "domain", "gmail.com", "domainPerDay", "5", "domain", "GMAIL.com", "domainPerDay", "5"))).containsExactly("domains[1].domain");
    }

    @Test
    void programsSendRubbishToo() {
        assertThat(wrong(new Wanted(null, null, null, null, null, null), SMTP)).containsExactlyInAnyOrder("enabled", "weight");
        assertThat(wrong(new Wanted(true, 1, null, null, new WantedWarmUp(null, null, null), Collections.singletonList(null)), SMTP))
                .contains("warmUp.start", "warmUp.limits", "domains[0].domain");
        assertThat(wrong(new Wanted(true, 1, null, null, new WantedWarmUp(LocalDate.of(2026, 1, 1), Collections.singletonList(null), new BigDecimal("1e9")), null), SMTP))
                .contains("warmUp.limits", "warmUp.growth");
        assertThat(wrong(new Wanted(true, 1, null, null, new WantedWarmUp(LocalDate.of(2026, 1, 1), List.of(1), new BigDecimal("1e999999999")), null), SMTP)).containsExactly("warmUp.growth");
        assertThat(wrong(new Wanted(true, 1, null, null, null, Collections.nCopies(201, new WantedDomain("a.example", null, 1))), SMTP)).contains("domains");
        assertThat(wrong(new Wanted(true, 1, null, null, null, List.of(new WantedDomain("a.example", null, 1))), TWILIO)).containsExactly("domains");
    }

    private static List<String> wrong(MultiValueMap<String, String> typed) {
        var checks = new Checks();
        var settings = ProviderForm.of(typed).wanted(checks).checked(SMTP, checks);
        assertThat(settings).isNull();
        return checks.errors().stream().map(FieldError::field).distinct().collect(Collectors.toList());
    }

    private static List<String> wrong(Wanted wanted, Line line) {
        var checks = new Checks();
        @Nullable Settings settings = wanted.checked(line, checks);
        assertThat(settings).isNull();
        return checks.errors().stream().map(FieldError::field).distinct().collect(Collectors.toList());
    }

    private static MultiValueMap<String, String> typed(String... fields) {
        var typed = new LinkedMultiValueMap<String, String>();
        for (int n = 0; n < fields.length; n += 2) {
            typed.add(fields[n], fields[n + 1]);
        }
        return typed;
    }
}
