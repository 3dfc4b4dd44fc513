package dev.drover.delivery.throughput;

import dev.drover.kernel.Channel;
import java.util.List;
import java.util.Set;

/**
 * A provider that is configured.
 *
 * @param preference of those that serve a channel the most preferred one sends, unless weights say otherwise
 */
public record Line(String name, Set<Channel> channels, int preference) {

    /** Keeps messages here and sends none: no stand-in for a provider that does. */
    public static final String CAPTURE = "capture";

    boolean real() {
        return !name.equals(CAPTURE);
    }

    /** All that are configured. */
    public interface All {

        List<Line> lines();

        /** Where mail would vanish in the inbox because a real provider is away, it waits: capture serves only where there is no other. */
        default List<Line> of(Channel channel) {
            var serving = lines().stream().filter(line -> line.channels().contains(channel)).toList();
            var real = serving.stream().filter(Line::real).toList();
            return real.isEmpty() ? serving : real;
        }
    }
}
