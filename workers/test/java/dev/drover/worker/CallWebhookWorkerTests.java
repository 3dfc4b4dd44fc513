package dev.drover.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.drover.engine.Engine;
import dev.drover.engine.JobWorker.Job;
import dev.drover.kernel.Json;
import dev.drover.kernel.Problem;
import dev.drover.outgoing.Answer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallWebhookWorkerTests {

    private final Engine engine = mock();
    private final Map<String, Object> sent = new HashMap<>();
    private Answer answer = answered(200, "{\"ok\": true}");

    private final CallWebhookWorker worker = new CallWebhookWorker((url, body, headers) -> {
        sent.putAll(Map.of("url", url, "body", Json.map(new String(body, StandardCharsets.UTF_8)), "key", headers.get("Idempotency-Key")));
        return answer;
    }, engine);

    @Test
    void sendsWhatTheStepSaysAndKeepsTheAnswer() {
        assertThat(worker.handle(job(Map.of("url", "https://shop.example/hook", "customerId", "c-1", "body", Map.of("points", 5))))).containsEntry("status", 200)
                .containsEntry("response", Map.of("ok", true));
        assertThat(sent).containsEntry("body", Map.of("points", 5)).containsEntry("key", "engine-1:11");
    }

    @Test
    void withoutABodyTellsWhoAndWhere() {
        worker.handle(job(Map.of("url", "https://shop.example/hook", "customerId", "c-1", "event", Map.of("cartId", "k"))));
        assertThat(sent.get("body")).isEqualTo(Map.of("customerId", "c-1", "journeyId", "thanks", "step", "tell", "event", Map.of("cartId", "k")));
    }

    @Test
    void anErrorsStatusIsAnAnswer() {
        answer = answered(404, "no such thing");
        assertThat(worker.handle(job(Map.of("url", "https://shop.example/hook", "customerId", "c-1")))).containsEntry("status", 404).containsEntry("response", "no such thing");
    }

    @Test
    void keepsNoDocuments() {
        answer = answered(200, "x".repeat(20_000));
        assertThat(worker.handle(job(Map.of("url", "https://shop.example/hook", "customerId", "c-1")))).containsEntry("response", null);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void whoAsksForPatienceIsCalledAgain(int status) {
        answer = answered(status, "");
        assertThatThrownBy(() -> worker.handle(job(Map.of("url", "https://shop.example/hook", "customerId", "c-1")))).isInstanceOf(Problem.class)
                .extracting(problem -> ((Problem) problem).kind()).isEqualTo(Problem.Kind.UNAVAILABLE);
    }

    private Job job(Map<String, Object> variables) {
        when(engine.identity()).thenReturn("engine-1");
        return new Job(1, 11, 111, "thanks", 1, "tell", variables, Map.of());
    }

    private static Answer answered(int status, String body) {
        return new Answer(status, URI.create("https://shop.example/hook"), List.of(), Map.of(), body, false);
    }
}
