package dev.drover.segment;

import dev.drover.ruleset.RuleTrial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a draft would do to everybody, as far as it was tried. Filled by several threads, read by another. */
class Impact {

    enum State { RUNNING, DONE, CANCELLED, FAILED }

    /** Of one segment. */
    record Count(String segment, long before, long after, long entering, long leaving) {
        Count plus(boolean in, boolean stays) {
            return new Count(segment, before + (in ? 1 : 0), after + (stays ? 1 : 0), entering + (!in && stays ? 1 : 0), leaving + (in && !stays ? 1 : 0));
        }
    }

    /** One who would enter or leave. */
    record Touched(long customerId, String segment, String why) {}

    /** @param tried customers so far, of about {@code all} */
    record Figures(State state, long tried, long all, List<Count> counts, List<Touched> entering, List<Touched> leaving) {
        public int percent() {
            return state == State.DONE ? 100 : all == 0 ? 0 : (int) Math.min(99, 100 * tried / all);
        }
    }

    private static final int SAMPLE = 20;

    private final RuleTrial trial;
    private final long all;
    private final Map<String, Count> counts = new TreeMap<>();
    private final List<Touched> entering = new ArrayList<>();
    private final List<Touched> leaving = new ArrayList<>();
    private State state = State.RUNNING;
    private @Nullable String failure;
    private long tried;

    Impact(RuleTrial trial, long all) {
        this.trial = trial;
        this.all = all;
        trial.segments().forEach(segment -> counts.put(segment, new Count(segment, 0, 0, 0, 0)));
    }

    RuleTrial trial() {
        return trial;
    }

    synchronized void add(Block block) {
        tried += block.tried;
        block.counts.forEach((segment, count) -> counts.merge(segment, count, Impact::sum));
        block.entering.stream().limit(SAMPLE - entering.size()).forEach(entering::add);
        block.leaving.stream().limit(SAMPLE - leaving.size()).forEach(leaving::add);
    }

    synchronized void end(State how, @Nullable String why) {
        if (state == State.RUNNING) {
            state = how;
            failure = why;
            notifyAll();
        }
    }

    synchronized boolean running() {
        return state == State.RUNNING;
    }

    synchronized @Nullable String failure() {
        return failure;
    }

    /** Waits until it has ended, or so long. */
    synchronized Figures await(long millis) throws InterruptedException {
        long until = System.nanoTime() + millis * 1_000_000;
        for (long left = millis; state == State.RUNNING && left > 0; left = (until - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        return figures();
    }

    synchronized Figures figures() {
        return new Figures(state, tried, all, List.copyOf(counts.values()), List.copyOf(entering), List.copyOf(leaving));
    }

    private static Count sum(Count one, Count other) {
        return new Count(one.segment(), one.before() + other.before(), one.after() + other.after(), one.entering() + other.entering(), one.leaving() + other.leaving());
    }

    /** The customers of one block; of one thread. */
    static final class Block {

        private final Map<String, Count> counts = new TreeMap<>();
        private final List<Touched> entering = new ArrayList<>();
        private final List<Touched> leaving = new ArrayList<>();
        private long tried;

        void tried() {
            tried++;
        }

        void count(String segment, boolean in, boolean stays) {
            counts.put(segment, counts.getOrDefault(segment, new Count(segment, 0, 0, 0, 0)).plus(in, stays));
        }

        /** Whether reasons are still wanted: they cost more than the figures. */
        boolean wantsSample(boolean enters) {
            return (enters ? entering : leaving).size() < SAMPLE;
        }

        void sample(boolean enters, Touched touched) {
            (enters ? entering : leaving).add(touched);
        }
    }
}
