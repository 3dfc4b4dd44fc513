package dev.drover.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.engine.Commands.Repeat;
import dev.drover.kernel.Problem;
import io.camunda.client.api.CamundaFuture;
import io.camunda.client.api.command.FinalCommandStep;
import io.camunda.client.impl.CamundaClientFutureImpl;
import io.grpc.Status;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommandsTests {

    private final Commands commands = new Commands(2, Duration.ofSeconds(1));
    private final AtomicInteger sent = new AtomicInteger();

    @AfterEach
    void close() {
        commands.close();
    }

    @Test
    void triesAgainWhatTheEngineHasNoRoomFor() {
        assertThat(send(Repeat.ONLY_IF_REFUSED, Status.RESOURCE_EXHAUSTED, Status.RESOURCE_EXHAUSTED)).succeedsWithin(Duration.ofSeconds(1)).isEqualTo("done");
        assertThat(sent).hasValue(3);
    }

    @Test
    void triesAgainWhatNeverReachedTheEngine() {
        assertThat(send(Repeat.ONLY_IF_REFUSED, Status.UNAVAILABLE.withCause(new ConnectException("refused")))).succeedsWithin(Duration.ofSeconds(1));
        assertThat(sent).hasValue(2);
    }

    @Test
    void doesNotRepeatWhatMayHaveBeenDone() {
        assertUnavailable(send(Repeat.ONLY_IF_REFUSED, Status.DEADLINE_EXCEEDED));
        assertThat(sent).hasValue(1);
    }

    @Test
    void repeatsWhatIsHarmless() {
        assertThat(send(Repeat.SAFE, Status.DEADLINE_EXCEEDED, Status.UNAVAILABLE, Status.ABORTED)).succeedsWithin(Duration.ofSeconds(2));
        assertThat(sent).hasValue(4);
    }

    @Test
    void repeatsWhatTheGatewayLostWithItsBroker() {
        var lost = Status.INTERNAL.withDescription("Unexpected error occurred during the request processing: Connection RemoteClientConnection{channel=[id: 1]} was closed");
        assertThat(send(Repeat.SAFE, lost)).succeedsWithin(Duration.ofSeconds(1));
        assertThat(send(Repeat.SAFE, Status.INTERNAL.withDescription("a bug"))).failsWithin(Duration.ofSeconds(1));
    }

    @Test
    void givesUpAfterItsPatience() {
        assertUnavailable(send(Repeat.SAFE, java.util.Collections.nCopies(100, Status.UNAVAILABLE).toArray(Status[]::new)));
    }

    @Test
    void passesOnWhatTheEngineRejects() {
        assertThat(send(Repeat.SAFE, Status.INVALID_ARGUMENT)).failsWithin(Duration.ofSeconds(1)).withThrowableThat()
                .havingRootCause().withMessageContaining("INVALID_ARGUMENT");
        assertThat(sent).hasValue(1);
    }

    @Test
    void holdsTheCallerBeyondTheBound() {
        var first = new CamundaClientFutureImpl<String, Object>();
        var second = new CamundaClientFutureImpl<String, Object>();
        commands.send(() -> step(first), Repeat.SAFE);
        commands.send(() -> step(second), Repeat.SAFE);

        var third = CompletableFuture.supplyAsync(() -> commands.send(() -> step(answer(null)), Repeat.SAFE).join());
        await().during(Duration.ofMillis(100)).until(() -> !third.isDone());
        first.complete("done");

        assertThat(third).succeedsWithin(Duration.ofSeconds(1)).isEqualTo("done");
    }

    private static void assertUnavailable(CompletableFuture<String> answer) {
        assertThat(answer).failsWithin(Duration.ofSeconds(5)).withThrowableThat().havingCause()
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.UNAVAILABLE));
    }

    /** Fails with each status in turn, then succeeds. */
    private CompletableFuture<String> send(Repeat repeat, Status... failures) {
        Queue<Status> left = new ArrayDeque<>(List.of(failures));
        return commands.send(() -> {
            sent.incrementAndGet();
            return step(answer(left.poll()));
        }, repeat);
    }

    private static CamundaFuture<String> answer(Status failure) {
        var future = new CamundaClientFutureImpl<String, Object>();
        if (failure == null) {
            future.complete("done");
        } else {
            future.completeExceptionally(failure.asRuntimeException());
        }
        return future;
    }

    private static FinalCommandStep<String> step(CamundaFuture<String> answer) {
        return new FinalCommandStep<>() {
            @Override
            public FinalCommandStep<String> requestTimeout(Duration timeout) {
                return this;
            }

            @Override
            public CamundaFuture<String> send() {
                return answer;
            }
        };
    }
}
