package dev.drover.delivery.throughput;

import dev.drover.kernel.Channel;
import java.time.Instant;
import java.util.List;

/**
 * What may be claimed now. A channel that is in neither list is paused: its messages stay as they are.
 *
 * @param closed channels none of whose providers has room before a known moment
 */
public record Rooms(List<Lane> lanes, List<Closed> closed) {

    /** @param urgent what isn't advertising; it goes first */
    public record Lane(Channel channel, boolean urgent, int most) {}

    public record Closed(Channel channel, Placement.Wait until) {}
}
