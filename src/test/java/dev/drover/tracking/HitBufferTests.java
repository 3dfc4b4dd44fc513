package dev.drover.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HitBufferTests {

    private final List<List<Hit>> written = new ArrayList<>();
    private boolean broken;
    private final HitBuffer buffer = new HitBuffer(this::write, 3);

    @Test
    void hitsAreWrittenInSets() {
        add(1, 2, 3);
        assertThat(written).isEmpty();
        assertThat(buffer.flush()).isTrue();
        assertThat(messages()).containsExactly(List.of(1L, 2L, 3L));
        assertThat(buffer.flush()).isFalse();
    }

    @Test
    void whatHasNoRoomIsWrittenAtOnce() {
        add(1, 2, 3, 4);
        assertThat(messages()).containsExactly(List.of(4L));
        buffer.flush();
        assertThat(messages()).containsExactly(List.of(4L), List.of(1L, 2L, 3L));
    }

    @Test
    void aSetThatCantBeWrittenIsKept() {
        add(1, 2);
        broken = true;
        assertThatThrownBy(buffer::flush).hasMessage("away");
        add(3);
        broken = false;
        buffer.flush();
        assertThat(messages()).containsExactly(List.of(1L, 2L), List.of(3L));
    }

    @Test
    void whoBringsAHitNeverHearsOfTrouble() {
        add(1, 2, 3);
        broken = true;
        add(4);
        assertThat(written).isEmpty();
    }

    @Test
    void closingWritesWhatIsThereAndWhatComesAfter() {
        add(1, 2);
        buffer.close();
        add(3);
        assertThat(messages()).containsExactly(List.of(1L, 2L), List.of(3L));
    }

    private void add(long... messages) {
        LongStream.of(messages).forEach(id -> buffer.add(new Hit(id, Hit.Kind.OPEN, null, Instant.EPOCH, new UserAgent("desktop", "Test", null))));
    }

    private void write(List<Hit> hits) {
        if (broken) {
            throw new IllegalStateException("away");
        }
        written.add(hits);
    }

    private List<List<Long>> messages() {
        return written.stream().map(set -> set.stream().map(Hit::messageId).toList()).toList();
    }
}
