package dev.drover.facts;

import dev.drover.kernel.PlatformClock;
import dev.drover.ruleset.Needs;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Reads what a calculation of everybody reads, by the same statements on as many threads, and does nothing with it. */
public final class FactStream {

    private static final int THREADS = 2;
    private static final int BLOCK = 2_000;

    private FactStream() {}

    /** @param built whether facts are made of the rows, too @return seconds */
    public static double seconds(Callable<Connection> connect, Needs needs, boolean built) throws Exception {
        long begun = System.nanoTime();
        var next = new AtomicLong();
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var parts = IntStream.range(0, THREADS).mapToObj(n -> threads.submit(() -> {
                try (var connection = connect.call()) {
                    return read(connection, needs, built, next);
                }
            })).toList();
            for (var part : parts) {
                part.get();
            }
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    private static long read(Connection connection, Needs needs, boolean built, AtomicLong next) throws SQLException {
        var jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
        var facts = new Facts(jdbc, new EventCounts(jdbc), new PlatformClock(Clock.systemUTC(), false, Duration.ZERO));
        long last = jdbc.queryForObject("SELECT max(id) FROM customer", Long.class);
        long rows = 0;
        for (long from = next.getAndAdd(BLOCK); from <= last; from = next.getAndAdd(BLOCK)) {
            var whom = Whom.range(from, from + BLOCK);
            rows += built ? facts.of(whom, needs, java.util.Map.of()).size() : bare(jdbc, whom, needs);
        }
        return rows;
    }

    private static long bare(JdbcTemplate jdbc, Whom whom, Needs needs) {
        var rows = new FactRows(needs);
        long[] read = new long[1];
        jdbc.query(connection -> {
            var statement = connection.prepareStatement(rows.sql(whom));
            int parameter = 1;
            for (int n = 0; n < rows.bindings(); n++) {
                parameter = whom.bind(statement, parameter);
            }
            return statement;
        }, row -> {
            read[0]++;
        });
        jdbc.query(connection -> {
            var statement = connection.prepareStatement(EventCounts.sql(whom));
            statement.setArray(whom.bind(statement, 1), connection.createArrayOf("text", needs.events().toArray()));
            return statement;
        }, row -> {
            read[0]++;
        });
        return read[0];
    }
}
