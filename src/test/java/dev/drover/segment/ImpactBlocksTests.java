package dev.drover.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.facts.Whom;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order in which a draft is tried upon everybody. */
class ImpactBlocksTests {

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 1999, 1999", "1, 2001, 2001", "5, 1000004, 1000000", "1, 4000000000, 1000000", "17, 17, 0", "0, 0, 0"})
    void coversEveryNumberOnce(long least, long greatest, long customers) {
        var blocks = ImpactTrial.Blocks.of(least, greatest, customers);
        var ranges = all(blocks).stream().sorted(java.util.Comparator.comparingLong(Whom::from)).toList();
        assertThat(ranges.getFirst().from()).isEqualTo(least);
        assertThat(ranges.getLast().to()).isGreaterThan(greatest);
        for (int n = 1; n < ranges.size(); n++) {
            assertThat(ranges.get(n).from()).isEqualTo(ranges.get(n - 1).to());
        }
    }

    @Test
    void theFirstTenAreFromAllOver() {
        var blocks = ImpactTrial.Blocks.of(1, 1_000_000, 1_000_000);
        var tenths = all(blocks).subList(0, 10).stream().map(whom -> whom.from() / 100_000).distinct().toList();
        assertThat(tenths).hasSizeGreaterThanOrEqualTo(8);
    }

    private static List<Whom> all(ImpactTrial.Blocks blocks) {
        return LongStream.range(0, blocks.number()).mapToObj(blocks::block).toList();
    }
}
