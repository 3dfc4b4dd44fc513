package dev.drover.segment;

import dev.drover.facts.Whom;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Decides upon every customer, block by block, each block in a transaction of its own: nobody waits for the whole. */
@Component
class SegmentRebuild {

    /** @param millis how long it took */
    record Run(String cause, Instant startedAt, Instant endedAt, long customers, long entered, long departed, long millis) {}

    /** @param done customers decided upon so far */
    record Progress(long done, long total) {
        /** Public for the page, whose expressions reach nothing else. */
        public int percent() {
            return total == 0 ? 100 : (int) Math.min(100, 100 * done / total);
        }
    }

    private static final Logger log = LoggerFactory.getLogger(SegmentRebuild.class);
    private static final int THREADS = 2;
    /** Customers' numbers of one block. Short enough that nobody who waits for its transaction notices. */
    private static final int BLOCK = 2_000;

    private final JdbcClient jdbc;
    private final DataSource database;
    private final SegmentDecider decider;
    private final SegmentCatalogue catalogue;
    private final PlatformClock clock;
    private final AtomicLong done = new AtomicLong();
    private volatile long total;
    private volatile boolean running;
    private volatile boolean stopped;

    SegmentRebuild(JdbcClient jdbc, DataSource database, SegmentDecider decider, SegmentCatalogue catalogue, PlatformClock clock) {
        this.jdbc = jdbc;
        this.database = database;
        this.decider = decider;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    boolean running() {
        return running;
    }

    /** Of the calculation that runs here now. */
    Optional<Progress> progress() {
        return running ? Optional.of(new Progress(done.get(), total)) : Optional.empty();
    }

    Optional<Run> lastEnded() {
        return jdbc.sql("SELECT * FROM segment_rebuild WHERE ended_at IS NOT NULL ORDER BY id DESC LIMIT 1").query((row, n) -> new Run(row.getString("cause"),
                row.getTimestamp("started_at").toInstant(), row.getTimestamp("ended_at").toInstant(), row.getLong("customers"),
                row.getLong("entered"), row.getLong("departed"), row.getLong("millis"))).optional();
    }

    /** Whether some segment waits for its first calculation. */
    boolean firstIsDue() {
        return catalogue.decided().values().stream().anyMatch(segment -> !segment.calculated());
    }

    /** Runs to the end in the caller's thread; does nothing where another instance is at it. */
    void run(String cause) {
        try (var connection = database.getConnection(); var statement = connection.createStatement()) {
            try (var locked = statement.executeQuery("SELECT pg_try_advisory_lock(hashtext('segment-rebuild'))")) {
                if (!locked.next() || !locked.getBoolean(1)) {
                    return;
                }
            }
            done.set(0);
            total = jdbc.sql("SELECT count(*) FROM customer").query(Long.class).single();
            running = true;
            try {
                rebuild(cause);
            } finally {
                running = false;
                statement.execute("SELECT pg_advisory_unlock(hashtext('segment-rebuild'))");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The segments can't be calculated", e);
        }
    }

    private void rebuild(String cause) {
        catalogue.followRules();
        var segments = catalogue.decided().values().stream().map(SegmentCatalogue.Decided::id).toList();
        long run = jdbc.sql("INSERT INTO segment_rebuild (cause, started_at) VALUES (?, ?) RETURNING id").param(cause)
                .param(Timestamp.from(clock.instant())).query(Long.class).single();
        long from = System.nanoTime();
        var sum = decideAll();
        long millis = (System.nanoTime() - from) / 1_000_000;
        if (stopped) {
            return;
        }
        catalogue.calculated(segments, clock.instant());
        jdbc.sql("UPDATE segment_rebuild SET ended_at = ?, customers = ?, entered = ?, departed = ?, millis = ? WHERE id = ?")
                .param(Timestamp.from(clock.instant())).param(sum[0]).param(sum[1]).param(sum[2]).param(millis).param(run).update();
        log.info("Segments calculated ({}): {} customers in {} ms, {} entries, {} exits", cause, sum[0], millis, sum[1], sum[2]);
    }

    /** @return customers, entries, exits */
    private long[] decideAll() {
        var next = new AtomicLong(0);
        try (var threads = Executors.newFixedThreadPool(THREADS, Thread.ofPlatform().name("segments-", 0).daemon().factory())) {
            var parts = IntStream.range(0, THREADS).mapToObj(n -> threads.submit(() -> decideBlocks(next))).toList();
            long[] sum = new long[3];
            for (var part : parts) {
                long[] one = part.get();
                IntStream.range(0, 3).forEach(n -> sum[n] += one[n]);
            }
            return sum;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("The calculation was interrupted.");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    private long[] decideBlocks(AtomicLong next) {
        long[] sum = new long[3];
        for (long from = nextBlock(next); from >= 0 && !stopped; from = nextBlock(next)) {
            var decided = decider.decide(Whom.range(from, from + BLOCK));
            sum[0] += decided.customers();
            sum[1] += decided.entered();
            sum[2] += decided.left();
            done.addAndGet(decided.customers());
        }
        return sum;
    }

    /** @return the block's first number, -1: there are no more. Numbers may have gaps of any width */
    private long nextBlock(AtomicLong next) {
        synchronized (next) {
            var first = jdbc.sql("SELECT id FROM customer WHERE id >= ? ORDER BY id LIMIT 1").param(next.get()).query(Long.class).optional();
            if (first.isEmpty()) {
                return -1;
            }
            long from = first.get() / BLOCK * BLOCK;
            next.set(from + BLOCK);
            return from;
        }
    }

    void stop() {
        stopped = true;
    }
}
