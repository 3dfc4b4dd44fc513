package dev.drover.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.kernel.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HoldoutTests {

    private static final Instant MARCH = Instant.parse("2026-03-31T23:59:59Z");
    private static final Instant APRIL = Instant.parse("2026-04-01T00:00:00Z");

    @Test
    void ofEverybodyOthersAreKeptWithoutEachQuarter() {
        var holdout = new Holdout(Holdout.EVERYBODY, 0.1, MARCH, "test");
        long march = count(holdout, MARCH);
        assertThat(march).isBetween(900L, 1_100L);
        assertThat(count(holdout, APRIL)).isBetween(900L, 1_100L);
        assertThat(IntStream.range(0, 10_000).filter(n -> holdout.keeps("c" + n, MARCH) && holdout.keeps("c" + n, APRIL)).count()).as("a tenth of a tenth").isBetween(60L, 140L);
        assertThat(holdout.keeps("c7", MARCH)).isEqualTo(holdout.keeps("c7", Instant.parse("2026-01-01T00:00:00Z")));
    }

    @Test
    void ofAJourneyTheyStayTheSame() {
        var holdout = new Holdout("journey:welcome", 0.2, MARCH, "test");
        assertThat(IntStream.range(0, 1_000).allMatch(n -> holdout.keeps("c" + n, MARCH) == holdout.keeps("c" + n, APRIL))).isTrue();
        var other = new Holdout("journey:win-back", 0.2, MARCH, "test");
        assertThat(IntStream.range(0, 10_000).filter(n -> holdout.keeps("c" + n, MARCH) && other.keeps("c" + n, MARCH)).count()).as("journeys know nothing of one another").isBetween(330L, 470L);
    }

    @Test
    void aLargerShareKeepsWhomTheSmallerDid() {
        var small = new Holdout("campaign:7", 0.05, MARCH, "test");
        var large = new Holdout("campaign:7", 0.2, MARCH, "test");
        assertThat(IntStream.range(0, 5_000).filter(n -> small.keeps("c" + n, MARCH))).allMatch(n -> large.keeps("c" + n, MARCH)).hasSizeGreaterThan(150);
    }

    @Test
    void quartersAreThoseOfTheCalendar() {
        assertThat(Holdout.quarter(MARCH)).isEqualTo("2026-Q1");
        assertThat(Holdout.quarter(APRIL)).isEqualTo("2026-Q2");
        assertThat(Holdout.quarter(Instant.parse("2026-12-31T23:00:00Z"))).isEqualTo("2026-Q4");
        assertThat(Holdout.quarterBegan(Instant.parse("2026-12-31T23:00:00Z"))).isEqualTo(LocalDate.of(2026, 10, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nobody", "journey:", "journey: ", "segment:vip", "everybody else"})
    void whatIsNoScopeIsRefused(String scope) {
        assertThatThrownBy(() -> Holdout.checkScope(scope)).isInstanceOf(Problem.class).hasMessageContaining("everybody");
    }

    private static long count(Holdout holdout, Instant at) {
        return IntStream.range(0, 10_000).filter(n -> holdout.keeps("c" + n, at)).count();
    }
}
