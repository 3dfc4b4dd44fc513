package dev.drover.engine;

import dev.drover.engine.Commands.Repeat;
import dev.drover.kernel.Json;
import dev.drover.kernel.Problem;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.FinalCommandStep;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobHandler;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.util.function.SingletonSupplier;

/** Runs one job and tells the engine what became of it, as {@link JobWorker} promises. */
@Component
class JobHandling {

    private static final Logger log = LoggerFactory.getLogger(JobHandling.class);
    private static final int LONGEST_MESSAGE = 2_000;
    private static final int MOST_DOUBLINGS = 6;
    private static final int TOGETHER = 32;

    private final CamundaClient client;
    private final Commands commands;
    /** Looked up when first asked for: they use what uses this. */
    private final SingletonSupplier<List<JobGate>> gates;
    /** Failures in a row by job, for the pause before the next try; a job that another process finishes leaves its number behind. */
    private final Map<Long, Integer> failures = new ConcurrentHashMap<>();
    private final Phaser busy = new Phaser(1);

    JobHandling(CamundaClient client, Commands commands, ObjectProvider<JobGate> gates) {
        this.client = client;
        this.commands = commands;
        this.gates = SingletonSupplier.of(() -> gates.orderedStream().toList());
    }

    /** How jobs of one type are done as they come. */
    JobHandler of(JobWorker worker) {
        if (worker instanceof JobWorker.OfMany many) {
            var gathering = new Gathering<ActivatedJob>(TOGETHER, jobs -> handle(many, jobs));
            return (jobs, job) -> busy(() -> gathering.add(job));
        }
        return (jobs, job) -> busy(() -> {
            var taken = take(worker, job);
            if (taken != null) {
                finish(job, () -> worker.handle(taken.told()));
            }
        });
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private void busy(Work work) throws InterruptedException {
        busy.register();
        try {
            work.run();
        } finally {
            busy.arriveAndDeregister();
        }
    }

    private void handle(JobWorker.OfMany worker, List<ActivatedJob> gathered) {
        var jobs = gathered.stream().map(job -> take(worker, job)).filter(Objects::nonNull).toList();
        if (jobs.isEmpty()) {
            return;
        }
        List<Supplier<Map<String, Object>>> done;
        try {
            done = worker.handle(jobs.stream().map(Taken::told).toList());
        } catch (RuntimeException error) {
            // Each by itself shows whose fault it is; when it is nobody's, all wait.
            done = jobs.stream().<Supplier<Map<String, Object>>>map(one -> passing(error) ? () -> {
                throw error;
            } : () -> worker.handle(one.told())).toList();
        }
        for (int n = 0; n < jobs.size(); n++) {
            finish(jobs.get(n).job(), done.get(n));
        }
    }

    /** A job to be done, read once. */
    private record Taken(ActivatedJob job, JobWorker.Job told) {}

    /** @return {@code null}: nobody is to do it now */
    private @Nullable Taken take(JobWorker worker, ActivatedJob job) {
        try {
            var told = job(job);
            return gates.obtain().stream().anyMatch(gate -> gate.keepsBack(worker.type(), told)) ? null : new Taken(job, told);
        } catch (RuntimeException error) {
            failed(job, error);
            return null;
        }
    }

    private void finish(ActivatedJob job, Supplier<Map<String, Object>> work) {
        try {
            String result = Json.write(work.get());
            failures.remove(job.getKey());
            tell(job, () -> client.newCompleteCommand(job.getKey()).variables(result));
        } catch (JobWorker.BpmnError error) {
            tell(job, () -> client.newThrowErrorCommand(job.getKey()).errorCode(error.code()).errorMessage(cut(error)));
        } catch (RuntimeException error) {
            failed(job, error);
        }
    }

    private void failed(ActivatedJob job, RuntimeException error) {
        if (passing(error)) {
            tryLater(job, error);
        } else {
            log.warn("Job {} at '{}' of {} instance {} can't be done: an incident", job.getType(), job.getElementId(), job.getBpmnProcessId(), job.getProcessInstanceKey(), error);
            tell(job, () -> client.newFailCommand(job.getKey()).retries(0).errorMessage(cut(error)));
        }
    }

    private static JobWorker.Job job(ActivatedJob job) {
        return new JobWorker.Job(job.getKey(), job.getElementInstanceKey(), job.getProcessInstanceKey(), job.getBpmnProcessId(),
                job.getProcessDefinitionVersion(), job.getElementId(), Json.map(job.getVariables()), job.getCustomHeaders());
    }

    /** The retries are kept: an outage, however long, never turns into an incident. */
    private void tryLater(ActivatedJob job, RuntimeException error) {
        int failed = failures.merge(job.getKey(), 1, Integer::sum);
        Duration pause = Duration.ofSeconds(1L << Math.min(failed - 1, MOST_DOUBLINGS));
        log.info("Job {} of instance {} can't be done just now, again in {} s: {}", job.getType(), job.getProcessInstanceKey(), pause.toSeconds(),
                error.getMessage());
        tell(job, () -> client.newFailCommand(job.getKey()).retries(job.getRetries()).retryBackoff(pause).errorMessage(cut(error)));
    }

    private <T> void tell(ActivatedJob job, Supplier<? extends FinalCommandStep<T>> command) {
        commands.send(command, Repeat.SAFE).whenComplete((done, error) -> {
            // Not found: the journey went on without it, or a repeat of this command already arrived.
            if (error != null && Commands.code(Commands.unwrap(error)) != Status.Code.NOT_FOUND) {
                log.warn("Job {} of instance {} was handled but the engine doesn't know; it will come again: {}", job.getType(),
                        job.getProcessInstanceKey(), Commands.unwrap(error).toString());
            }
        });
    }

    private static boolean passing(RuntimeException error) {
        return error instanceof Problem problem && problem.kind() == Problem.Kind.UNAVAILABLE
                || error instanceof TransientDataAccessException
                || error instanceof RecoverableDataAccessException
                || error instanceof NonTransientDataAccessResourceException
                || error instanceof CannotCreateTransactionException;
    }

    private static String cut(RuntimeException error) {
        String message = error.getMessage() == null ? error.toString() : error.getMessage();
        return message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message;
    }

    /** Waits for the jobs at hand, so that they don't find the database closed. */
    void drain() {
        try {
            busy.awaitAdvanceInterruptibly(busy.arrive(), 10, TimeUnit.SECONDS);
        } catch (TimeoutException slow) {
            log.warn("Some jobs are still running; they will come again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
