package dev.drover.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.delivery.ChannelProvider.Outbound;
import dev.drover.delivery.ChannelProvider.Result;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What passes is a provider. Each implements it for itself. */
public interface ChannelContract {

    ChannelProvider provider();

    /** A message that may be handed over. Each call another one. */
    Outbound outbound(MessageContent content) throws Exception;

    /** How many of it the other side holds. */
    int received(Outbound message) throws Exception;

    default MessageContent content() {
        return new MessageContent("Grüße aus dem Polder", "Hallo", "<p>Käse</p>", "Käse", Map.of());
    }

    /** What becomes of a message that says this. Some channels can't carry everything. */
    default Class<? extends Result> expected(MessageContent content) {
        return Result.Taken.class;
    }

    @Test
    default void namesItself() {
        assertThat(provider().name()).matches("[a-z]{2,20}");
        assertThat(provider().channels()).isNotEmpty();
    }

    @Test
    default void takesAMessageOnce() throws Exception {
        var message = outbound(content());
        assertThat(provider().send(message)).isInstanceOfSatisfying(Result.Taken.class, taken -> assertThat(taken.reference()).isNotBlank());
        assertThat(received(message)).isEqualTo(1);
    }

    @Test
    default void saysWhetherItHasAMessageOrThatItCannotSay() throws Exception {
        var message = outbound(content());
        assertThat(provider().has(message.id()).orElse(false)).isFalse();
        provider().send(message);
        assertThat(provider().has(message.id()).orElse(true)).isTrue();
    }

    @Test
    default void nothingInAMessageMakesItThrow() throws Exception {
        for (String strange : new String[] {"", " ", "a\r\nBcc: everybody@example.org", "\uD83D\uDC04 cow", "x".repeat(5_000)}) {
            var message = outbound(new MessageContent(strange, strange, strange, strange, Map.of("X-Strange", strange, "Bad Name", "x")));
            assertThat(provider().send(message)).as(strange).isInstanceOf(expected(message.content()));
        }
        assertThat(provider().send(outbound(new MessageContent(null, null, null, "text", Map.of())))).isInstanceOf(Result.Taken.class);
    }

    @Test
    default void manyAtOnceAreEachTakenOnce() throws Exception {
        var messages = IntStream.range(0, 24).mapToObj(n -> unchecked(() -> outbound(content()))).toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var result : messages.stream().map(message -> threads.submit(() -> provider().send(message))).toList()) {
                assertThat((Object) result.get()).isInstanceOf(Result.Taken.class);
            }
        }
        for (Outbound message : messages) {
            assertThat(received(message)).isEqualTo(1);
        }
    }

    private static <T> T unchecked(Callable<T> call) {
        try {
            return call.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
