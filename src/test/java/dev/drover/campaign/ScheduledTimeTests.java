package dev.drover.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.kernel.Problem;
import dev.drover.kernel.Problem.FieldError;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduledTimeTests {

    @ParameterizedTest
    @ValueSource(strings = {"+999999999-12-31T23:59:59Z", "-0044-03-15T12:00:00Z", "2201-01-01T00:00", "+12026-12-01T09:00"})
    void aYearThatCanOnlyBeASlipIsRefused(String time) {
        assertThat(errors(() -> ScheduledTime.of("scheduledAt", time, null))).singleElement().satisfies(error -> {
            assertThat(error.field()).isEqualTo("scheduledAt");
            assertThat(error.message()).contains("can only be a slip");
        });
        assertThat(errors(() -> ScheduledTime.earliest("scheduledAt", time))).hasSize(1);
    }

    @Test
    void aZoneThatIsNoneIsToldAtItsOwnField() {
        assertThat(errors(() -> ScheduledTime.of("scheduledAt", "2027-06-01T09:00", "Mars"))).extracting(FieldError::field).containsExactly("timeZone");
    }

    private static List<FieldError> errors(org.assertj.core.api.ThrowableAssert.ThrowingCallable read) {
        return Assertions.catchThrowableOfType(Problem.class, read).errors();
    }
}
