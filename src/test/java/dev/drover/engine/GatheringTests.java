package dev.drover.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GatheringTests {

    private static final int MOST = 8;

    private final List<List<Integer>> done = Collections.synchronizedList(new ArrayList<>());

    @Test
    void whatComesAloneIsDoneAtOnce() throws Exception {
        var gathering = new Gathering<Integer>(MOST, done::add);
        gathering.add(1);
        gathering.add(2);
        assertThat(done).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void whatComesMeanwhileIsDoneTogether() throws Exception {
        var held = new CountDownLatch(1);
        var begun = new CountDownLatch(1);
        var gathering = new Gathering<Integer>(MOST, some -> {
            done.add(some);
            begun.countDown();
            await(held);
        });
        try (var threads = Executors.newCachedThreadPool()) {
            var first = threads.submit(() -> add(gathering, 0));
            await(begun);
            for (int n = 1; n <= 10; n++) {
                gathering.add(n);
            }
            assertThat(done).containsExactly(List.of(0));
            held.countDown();
            first.get();
        }
        assertThat(done).containsExactly(List.of(0), List.of(1, 2, 3, 4, 5, 6, 7, 8), List.of(9, 10));
    }

    @Test
    void ofACrowdEachIsDoneOnceAndNeverTwoAtATime() throws Exception {
        var working = new AtomicInteger();
        var gathering = new Gathering<Integer>(MOST, some -> {
            assertThat(working.incrementAndGet()).isOne();
            done.add(some);
            working.decrementAndGet();
        });
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var one : threads.invokeAll(IntStream.range(0, 10_000).<Callable<Void>>mapToObj(n -> () -> add(gathering, n)).toList())) {
                one.get();
            }
        }
        assertThat(done).allSatisfy(some -> assertThat(some).hasSizeBetween(1, MOST));
        assertThat(done.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 10_000).boxed().toList());
    }

    private static Void add(Gathering<Integer> gathering, int n) throws InterruptedException {
        gathering.add(n);
        return null;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
