package dev.drover.rfm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class RfmSegmentTests {

    @Test
    void everyNameHasACellAndEveryCellAName() {
        var named = EnumSet.noneOf(RfmSegment.class);
        for (int recency = 1; recency <= 5; recency++) {
            for (int value = 1; value <= 5; value++) {
                named.add(RfmSegment.of(recency, value));
            }
        }
        assertThat(named).containsExactly(RfmSegment.values());
    }

    @Test
    void knowsTheCorners() {
        assertThat(RfmSegment.of(5, 5, 5)).isEqualTo(RfmSegment.CHAMPIONS);
        assertThat(RfmSegment.of(1, 5, 5)).isEqualTo(RfmSegment.CANNOT_LOSE);
        assertThat(RfmSegment.of(5, 1, 1)).isEqualTo(RfmSegment.NEW);
        assertThat(RfmSegment.of(1, 1, 1)).isEqualTo(RfmSegment.LOST);
        assertThat(RfmSegment.of(4, 4, 5)).as("the mean is rounded up").isEqualTo(RfmSegment.CHAMPIONS);
    }

    @Test
    void isFoundByItsKey() {
        assertThat(RfmSegment.CANNOT_LOSE.key()).isEqualTo("cant-lose-them");
        for (RfmSegment segment : RfmSegment.values()) {
            assertThat(RfmSegment.byKey(segment.key())).contains(segment);
        }
        assertThat(RfmSegment.byKey("nobody")).isEmpty();
    }
}
