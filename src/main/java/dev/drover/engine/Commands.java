package dev.drover.engine;

import dev.drover.kernel.Problem;
import io.camunda.client.api.command.ClientStatusException;
import io.camunda.client.api.command.FinalCommandStep;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends commands, a bounded number at once: a caller beyond that waits, which is the back-pressure that reaches whoever makes the work.
 * What the engine refuses for lack of room, or can't answer for being away, is tried again with growing pauses. Thread-safe.
 */
class Commands implements AutoCloseable {

    /** Whether sending a second time is harmless when nobody knows what became of the first. */
    enum Repeat {
        SAFE, ONLY_IF_REFUSED
    }

    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    private final Semaphore room;
    private final Duration patience;
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("engine-retry").daemon().factory());

    Commands(int inFlight, Duration patience) {
        this.room = new Semaphore(inFlight);
        this.patience = patience;
    }

    <T> CompletableFuture<T> send(Supplier<? extends FinalCommandStep<T>> command, Repeat repeat) {
        long giveUpAt = System.nanoTime() + patience.toNanos();
        try {
            if (!room.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return CompletableFuture.failedFuture(away(null));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CompletableFuture.failedFuture(away(e));
        }
        var answer = new CompletableFuture<T>();
        answer.whenComplete((done, failed) -> room.release());
        attempt(command, repeat, answer, giveUpAt, FIRST_PAUSE_MILLIS);
        return answer;
    }

    private <T> void attempt(Supplier<? extends FinalCommandStep<T>> command, Repeat repeat, CompletableFuture<T> answer, long giveUpAt, long pause) {
        try {
            command.get().send().whenComplete((result, error) -> {
                if (error == null) {
                    answer.complete(result);
                } else {
                    failed(command, repeat, answer, giveUpAt, pause, unwrap(error));
                }
            });
        } catch (RuntimeException e) {
            failed(command, repeat, answer, giveUpAt, pause, e);
        }
    }

    private <T> void failed(Supplier<? extends FinalCommandStep<T>> command, Repeat repeat, CompletableFuture<T> answer, long giveUpAt, long pause,
            Throwable error) {
        boolean again = passing(error) && (repeat == Repeat.SAFE || refused(error));
        if (!again) {
            answer.completeExceptionally(passing(error) ? away(error) : error);
        } else if (System.nanoTime() > giveUpAt || later.isShutdown()) {
            answer.completeExceptionally(away(error));
        } else {
            long jittered = pause / 2 + ThreadLocalRandom.current().nextLong(pause);
            later.schedule(() -> attempt(command, repeat, answer, giveUpAt, Math.min(pause * 2, LONGEST_PAUSE_MILLIS)), jittered, TimeUnit.MILLISECONDS);
        }
    }

    static Throwable unwrap(Throwable error) {
        Throwable cause = error;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** The client fails its futures with gRPC's exception, and wraps it only for those who join. */
    static Status.@Nullable Code code(@Nullable Throwable error) {
        return switch (error) {
            case ClientStatusException status -> status.getStatusCode();
            case StatusRuntimeException status -> status.getStatus().getCode();
            case null, default -> null;
        };
    }

    /** Whether the trouble may be over a moment later. */
    private static boolean passing(Throwable error) {
        var code = code(error);
        return code == Status.Code.RESOURCE_EXHAUSTED || code == Status.Code.UNAVAILABLE || code == Status.Code.DEADLINE_EXCEEDED
                || code == Status.Code.ABORTED || code == Status.Code.INTERNAL && brokerLost(error);
    }

    /** The gateway, a moment before it dies too, tells of its broker's end as of an error of its own. */
    private static boolean brokerLost(Throwable error) {
        return error.getMessage() != null && error.getMessage().contains("Connection") && error.getMessage().contains("was closed");
    }

    /** Whether the engine certainly didn't take the command. */
    private static boolean refused(Throwable error) {
        if (code(error) == Status.Code.RESOURCE_EXHAUSTED) {
            return true;
        }
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return true;
            }
        }
        return false;
    }

    private static Problem away(@Nullable Throwable cause) {
        Problem problem = Problem.unavailable("The journey engine doesn't answer just now. Try again in a moment.");
        if (cause != null) {
            problem.initCause(cause);
        }
        return problem;
    }

    @Override
    public void close() {
        later.shutdownNow();
    }
}
