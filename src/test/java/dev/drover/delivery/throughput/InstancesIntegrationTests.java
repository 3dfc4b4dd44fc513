package dev.drover.delivery.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.delivery.throughput.Placement.Go;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import dev.drover.testing.IntegrationTest;
import dev.drover.web.AuditLog;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Several instances on one database, with a provider that nothing else knows of. */
@IntegrationTest
class InstancesIntegrationTests {

    private final Line line = new Line("test-" + UUID.randomUUID(), Set.of(Channel.EMAIL), 10);

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    SettingRows rows;

    @Autowired
    DayCounts counts;

    @Autowired
    AuditLog audit;

    @Autowired
    PlatformClock clock;

    private record Instance(Controls controls, Throughput throughput, Tally tally, ThroughputLoop loop) {}

    @Test
    void togetherTheySendNoMoreThanTheQuotaHoweverManyAskAtOnce() throws Exception {
        var instances = Stream.generate(this::instance).limit(4).toList();
        instances.getFirst().controls().save(line.name(), new Settings(true, 100, null, 100, null, Map.of("example.org", new DomainLimit("example.org", null, 60))));
        instances.forEach(instance -> instance.controls().refresh());
        try (var threads = Executors.newFixedThreadPool(4)) {
            var claims = threads.invokeAll(IntStream.range(0, 40).<Callable<List<Placement>>>mapToObj(n -> () -> claim(instances.get(n % 4), 5, n % 2 == 0 ? "example.org" : "else.example")).toList());
            int org = 0;
            int all = 0;
            for (int n = 0; n < claims.size(); n++) {
                int went = (int) claims.get(n).get().stream().filter(Go.class::isInstance).count();
                all += went;
                org += n % 2 == 0 ? went : 0;
            }
            assertThat(all).isEqualTo(100);
            assertThat(org).isLessThanOrEqualTo(60);
        }
        // One that starts later knows.
        var late = instance();
        assertThat(claim(late, 3, "else.example")).noneMatch(Go.class::isInstance);
        assertThat(late.throughput().rooms(10).lanes()).isEmpty();
        assertThat(late.throughput().rooms(10).closed()).hasSize(1);
    }

    @Test
    void whatIsClaimedAndNotSentIsGivenBack() {
        var instance = instance();
        instance.controls().save(line.name(), new Settings(true, 100, null, 10, null, Map.of()));
        var placements = claim(instance, 10, "example.org");
        placements.stream().limit(4).forEach(placement -> instance.throughput().unused(((Go) placement).ticket()));
        instance.throughput().done(((Go) placements.get(4)).ticket(), Outcome.REFUSED, false, "no such user", null);
        instance.throughput().done(((Go) placements.get(5)).ticket(), Outcome.TAKEN, true, "", null);
        instance.loop().round(false);
        assertThat(counts.of(today()).get(DayKey.all(line.name()))).isEqualTo(5);
        assertThat(instance.tally().lastHour().get(line.name())).extracting(Tally.Hour::taken, Tally.Hour::refused).containsExactly(1, 1);
        assertThat(claim(instance, 10, "example.org").stream().filter(Go.class::isInstance)).hasSize(5);
    }

    @Test
    void aClaimThatFailsCountsNothing() {
        var instance = instance();
        transaction.executeWithoutResult(status -> {
            instance.throughput().place(List.of(new Candidate(Channel.EMAIL, "a@example.org", false, null)));
            status.setRollbackOnly();
        });
        assertThat(counts.of(today())).doesNotContainKey(DayKey.all(line.name()));
    }

    @Test
    void aPauseIsKnownEverywhereWithinTwoSeconds() {
        var here = instance();
        var there = instance();
        var ticket = new Ticket(line.name(), Channel.EMAIL, "", today(), false);
        there.loop().start();
        try {
            assertThat(there.throughput().rooms(10).lanes()).isNotEmpty();
            here.controls().pause(line.name());
            Awaitility.await().pollInterval(Duration.ofMillis(50)).until(() -> there.throughput().withdrawn(ticket));
            assertThat(there.throughput().rooms(10)).isEqualTo(new Rooms(List.of(), List.of()));
            here.controls().resume(line.name());
            Awaitility.await().pollInterval(Duration.ofMillis(50)).until(() -> !there.throughput().withdrawn(ticket));
        } finally {
            there.loop().stop();
        }
    }

    @Test
    void aBreakerThatOpensHereIsOpenThereAndOnlyOnce() {
        var here = instance();
        var there = instance();
        var ticket = new Ticket(line.name(), Channel.EMAIL, "", today(), false);
        for (int n = 0; n < 5; n++) {
            here.throughput().done(ticket, Outcome.TROUBLE, false, "it is away", null);
            there.throughput().done(ticket, Outcome.TROUBLE, false, "it is away", null);
        }
        there.controls().refresh();
        var opening = there.controls().snapshot().of(line.name()).opening();
        assertThat(opening).isEqualTo(here.controls().snapshot().of(line.name()).opening());
        assertThat(opening.times()).isOne();
        assertThat(there.throughput().rooms(10).closed()).singleElement().satisfies(closed -> assertThat(closed.until().reason()).contains("it is away"));
        here.controls().tryNow(line.name());
        there.controls().refresh();
        assertThat(there.throughput().rooms(10).lanes()).allSatisfy(lane -> assertThat(lane.most()).isEqualTo(3));
        there.throughput().done(ticket, Outcome.TAKEN, true, "", null);
        here.controls().refresh();
        assertThat(here.controls().snapshot().of(line.name()).opening()).isNull();
    }

    private Instance instance() {
        Line.All lines = () -> List.of(line);
        var waiting = new Waiting(jdbc, clock);
        var controls = new Controls(jdbc, transaction, rows, counts, lines, waiting, audit, clock);
        controls.refresh();
        var tally = new Tally(jdbc, counts, clock);
        return new Instance(controls, new Throughput(controls, counts, tally, lines, clock), tally, new ThroughputLoop(controls, tally, waiting, lines, clock));
    }

    private List<Placement> claim(Instance instance, int many, String domain) {
        var candidates = IntStream.range(0, many).mapToObj(n -> new Candidate(Channel.EMAIL, "a" + n + "@" + domain, false, null)).toList();
        return transaction.execute(status -> instance.throughput().place(candidates));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
