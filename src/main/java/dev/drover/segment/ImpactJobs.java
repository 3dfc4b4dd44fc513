package dev.drover.segment;

import dev.drover.kernel.Problem;
import dev.drover.ruleset.RuleTrial;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Drafts that are being tried upon everybody in the background, one for each person at a time. Kept in memory only, the last of each person;
 * a new one ends the one before.
 */
@Component
class ImpactJobs implements DisposableBean {

    record Job(String id, String user, Impact impact, long startedNanos) {}

    private static final Logger log = LoggerFactory.getLogger(ImpactJobs.class);
    private static final int THREADS = 2;
    private static final long FORGOTTEN_AFTER_NANOS = 30 * 60 * 1_000_000_000L;

    private final ImpactTrial trials;
    private final SecureRandom random;
    private final Map<String, Job> byUser = new ConcurrentHashMap<>();
    /** All jobs share them: several people who look at once wait for each other rather than take the database for themselves. */
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, Thread.ofPlatform().name("impact-", 0).daemon().factory());

    ImpactJobs(ImpactTrial trials, SecureRandom random) {
        this.trials = trials;
        this.random = random;
    }

    Job start(String user, RuleTrial trial) {
        long all = trials.about();
        var job = new Job(Long.toUnsignedString(random.nextLong(), 36), user, new Impact(trial, all), System.nanoTime());
        var before = byUser.put(user, job);
        if (before != null) {
            before.impact().end(Impact.State.CANCELLED, null);
        }
        byUser.values().removeIf(one -> System.nanoTime() - one.startedNanos() > FORGOTTEN_AFTER_NANOS && !one.impact().running());
        var blocks = trials.blocks(all);
        var next = new AtomicLong();
        var working = new CountDownLatch(THREADS);
        for (int n = 0; n < THREADS; n++) {
            threads.execute(() -> work(job.impact(), blocks, next, working));
        }
        return job;
    }

    private void work(Impact impact, ImpactTrial.Blocks blocks, AtomicLong next, CountDownLatch working) {
        try {
            var needs = impact.trial().needs();
            for (long n = next.getAndIncrement(); n < blocks.number() && impact.running(); n = next.getAndIncrement()) {
                impact.add(trials.look(impact.trial(), needs, blocks.block(n)));
            }
            working.countDown();
            if (working.getCount() == 0) {
                impact.end(Impact.State.DONE, null);
            }
        } catch (RuntimeException e) {
            log.warn("A draft of {} can't be tried", impact.trial().path(), e);
            impact.end(Impact.State.FAILED, e instanceof Problem ? e.getMessage() : "It could not be tried upon everybody; the log tells why.");
        }
    }

    /** @throws Problem not found when it was forgotten, or is somebody else's */
    Job require(String user, String id) {
        return Optional.ofNullable(byUser.get(user)).filter(job -> job.id().equals(id))
                .orElseThrow(() -> Problem.notFound("This trial is over: a newer one took its place, or the server started anew."));
    }

    void cancel(String user, String id) {
        require(user, id).impact().end(Impact.State.CANCELLED, null);
    }

    @Override
    public void destroy() {
        byUser.values().forEach(job -> job.impact().end(Impact.State.CANCELLED, null));
        threads.shutdownNow();
    }
}
