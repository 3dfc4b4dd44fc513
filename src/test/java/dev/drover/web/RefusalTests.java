package dev.drover.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.kernel.Problem;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;

class RefusalTests {

    @ParameterizedTest
    @CsvSource({"NOT_FOUND, 404", "CONFLICT, 409", "REJECTED, 422", "GONE, 410", "UNAVAILABLE, 503"})
    void saysAProblemInHttp(Problem.Kind kind, int status) {
        var refusal = Refusal.of(new RuntimeException(new Problem(kind, "what to do", java.util.List.of(new Problem.FieldError("name", "why")))));
        assertThat(refusal.status().value()).isEqualTo(status);
        assertThat(refusal.detail()).isEqualTo("what to do");
        assertThat(refusal.errors()).hasSize(1);
    }

    @Test
    void keepsToItselfWhatNobodyForesaw() {
        var refusal = Refusal.of(new IllegalStateException("jdbc:postgresql://secret-host"));
        assertThat(refusal.status().value()).isEqualTo(500);
        assertThat(refusal.detail()).doesNotContain("secret-host");
    }

    @Test
    void asksToTryAgainWhenTheDatabaseIsAway() {
        assertThat(Refusal.of(new DataAccessResourceFailureException("down")).status().value()).isEqualTo(503);
    }

    @Test
    void takesANulForTheCallersMistake() {
        assertThat(Refusal.of(new DataIntegrityViolationException("x", new SQLException("invalid byte sequence", "22021"))).status().value()).isEqualTo(400);
    }

    @Test
    void endsWithCausesThatGoInCircles() {
        var one = new RuntimeException("one");
        var two = new RuntimeException("two", one);
        one.initCause(two);
        assertThat(Refusal.of(one).status().value()).isEqualTo(500);
    }
}
