package dev.drover.delivery.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BreakerTests {

    private final Breaker breaker = new Breaker();
    private Instant now = Instant.parse("2026-03-02T10:00:00Z");
    private @Nullable Opening opening;

    @Test
    void opensAfterFiveFailuresOneAfterTheOther() {
        for (int n = 0; n < 4; n++) {
            tell(Outcome.TROUBLE);
        }
        tell(Outcome.TAKEN);
        for (int n = 0; n < 4; n++) {
            tell(Outcome.TROUBLE);
        }
        assertThat(opening).isNull();
        tell(Outcome.TROUBLE);
        assertThat(opening).isEqualTo(new Opening(now, now.plusSeconds(30), "down", 1));
    }

    @Test
    void opensWhenHalfOfTheLastTwentyFailed() {
        for (int n = 0; n < 19; n++) {
            tell(n % 2 == 0 ? Outcome.TAKEN : Outcome.TROUBLE);
        }
        assertThat(opening).isNull();
        tell(Outcome.TROUBLE);
        assertThat(opening).isNotNull();
    }

    @Test
    void anAddressThatIsRefusedSaysNothingAgainstTheProvider() {
        for (int n = 0; n < 100; n++) {
            tell(Outcome.REFUSED);
        }
        assertThat(opening).isNull();
    }

    @Test
    void isLeftAloneLongerEachTimeTheTryFails() {
        fail();
        for (int seconds : new int[] {30, 60, 120, 240, 480, 900, 900}) {
            assertThat(opening.until()).isEqualTo(now.plusSeconds(seconds));
            tell(Outcome.TROUBLE);
            assertThat(opening.until()).as("one that was under way").isEqualTo(now.plusSeconds(seconds));
            now = opening.until();
            tell(Outcome.TROUBLE);
        }
    }

    @Test
    void closesWithTheFirstThatIsTakenAndForgetsWhatWas() {
        fail();
        tell(Outcome.TAKEN);
        assertThat(opening).as("one that was under way").isNotNull();
        now = opening.until();
        tell(Outcome.TAKEN);
        assertThat(opening).isNull();
        tell(Outcome.TROUBLE);
        assertThat(opening).isNull();
    }

    @Test
    void onlyAFewTryAndWhoeverDidntGetThereMakesRoom() {
        assertThat(breaker.probes(now)).isEqualTo(3);
        breaker.probe(now);
        breaker.probe(now);
        breaker.probe(now);
        assertThat(breaker.probes(now)).isZero();
        breaker.unprobe();
        assertThat(breaker.probes(now)).isOne();
        assertThat(breaker.probes(now.plusSeconds(121))).as("their results never came").isEqualTo(3);
    }

    @Test
    void whoeverAsksUsToSlowDownIsLeftAloneAtOnceAndAsLongAsItSays() {
        limit(Duration.ofSeconds(17));
        assertThat(opening.until()).isEqualTo(now.plusSeconds(17));
        limit(Duration.ofSeconds(17));
        assertThat(opening.times()).as("many say so at the same moment").isOne();
        limit(Duration.ofSeconds(90));
        assertThat(opening.until()).as("a longer time is news").isEqualTo(now.plusSeconds(90));
    }

    @Test
    void withoutAWordItIsHalfAMinuteThenLonger() {
        limit(null);
        assertThat(opening.until()).isEqualTo(now.plusSeconds(30));
        now = opening.until();
        limit(null);
        assertThat(opening.until()).isEqualTo(now.plusSeconds(60));
    }

    @Test
    void aShortWordSaidAgainAndAgainIsntBelievedForEver() {
        limit(Duration.ofSeconds(1));
        for (int times = 2; times <= 3; times++) {
            now = opening.until();
            limit(Duration.ofSeconds(1));
            assertThat(opening.until()).isEqualTo(now.plusSeconds(1));
        }
        now = opening.until();
        limit(Duration.ofSeconds(1));
        assertThat(opening.until()).isEqualTo(now.plusSeconds(240));
    }

    @Test
    void noWordIsKeptLongerThanADay() {
        limit(Duration.ofDays(400));
        assertThat(opening.until()).isEqualTo(now.plus(Duration.ofDays(1)));
    }

    private void fail() {
        for (int n = 0; n < 5; n++) {
            tell(Outcome.TROUBLE);
        }
    }

    private void tell(Outcome outcome) {
        keep(breaker.on(outcome, "down", null, opening, now));
    }

    private void limit(@Nullable Duration asked) {
        keep(breaker.on(Outcome.LIMIT, "slow down", asked, opening, now));
    }

    private void keep(Breaker.@Nullable Change change) {
        opening = change == null ? opening : change.opening();
    }
}
