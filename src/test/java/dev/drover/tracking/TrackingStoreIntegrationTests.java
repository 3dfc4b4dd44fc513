package dev.drover.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.kernel.PlatformClock;
import dev.drover.testing.IntegrationTest;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@IntegrationTest
class TrackingStoreIntegrationTests {

    @Autowired
    Links links;

    @Autowired
    HitStore store;

    @Autowired
    Judgement judgement;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    JdbcTemplate template;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    PlatformClock clock;

    @Test
    void anAddressIsStoredOnceHoweverManyStoreItAtOnce() throws Exception {
        var urls = IntStream.range(0, 20).mapToObj(n -> url()).toList();
        try (var threads = Executors.newFixedThreadPool(8)) {
            // Each as a process of its own: none has in memory what the others stored.
            var found = threads.invokeAll(IntStream.range(0, 16).<Callable<List<Long>>>mapToObj(n -> () -> {
                var mine = new Links(template);
                var order = n % 2 == 0 ? urls : urls.reversed();
                var ids = mine.idsOf(order);
                return urls.stream().map(ids::get).toList();
            }).toList());
            var first = found.getFirst().get();
            assertThat(first).doesNotContainNull().doesNotHaveDuplicates();
            for (var each : found) {
                assertThat(each.get()).isEqualTo(first);
            }
            assertThat(first.stream().map(id -> links.url(id).orElseThrow())).isEqualTo(urls);
        }
        assertThat(jdbc.sql("SELECT count(*) FROM tracked_link WHERE url = ?").param(urls.getFirst()).query(Long.class).single()).isOne();
    }

    @Test
    void aLinkOutlivesTheTransactionOfWhoAskedForIt() {
        String url = url();
        Long id = transaction.execute(status -> {
            status.setRollbackOnly();
            return links.idsOf(List.of(url)).get(url);
        });
        assertThat(new Links(template).url(id)).contains(url);
    }

    @Test
    void aLinkThatWasNeverStoredLeadsNowhere() {
        assertThat(links.url(Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void nothingIsLostWhenItStops() {
        long message = message();
        var buffer = new HitBuffer(store::write, 10);
        var loop = new TrackingLoop(buffer, judgement);
        Stream.of("a", "b", "c").forEach(client -> buffer.add(hit(message, client)));
        loop.stop();
        assertThat(rows(message)).isEqualTo(3);
    }

    @Test
    void aSetThatIsWrittenAgainChangesNothing() {
        long message = message();
        var set = List.of(hit(message, "a"));
        store.write(set);
        store.write(set);
        assertThat(rows(message)).isOne();
    }

    private long rows(long message) {
        return jdbc.sql("SELECT count(*) FROM engagement WHERE message_id = ?").param(message).query(Long.class).single();
    }

    private Hit hit(long message, String client) {
        return new Hit(message, Hit.Kind.OPEN, null, clock.instant().plusNanos(client.charAt(0) * 1_000L), new UserAgent("desktop", client, Machine.SCANNER));
    }

    /** One that no ledger knows. */
    private static long message() {
        return Long.MAX_VALUE - ThreadLocalRandom.current().nextLong(1L << 40);
    }

    private static String url() {
        return "https://links.example/" + UUID.randomUUID();
    }
}
