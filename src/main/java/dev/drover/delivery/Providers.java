package dev.drover.delivery;

import dev.drover.delivery.throughput.Line;
import dev.drover.kernel.Channel;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

@Component
class Providers implements Line.All {

    private final List<ChannelProvider> all;
    private final List<Line> lines;

    Providers(List<ChannelProvider> all) {
        this.all = all;
        this.lines = all.stream().map(provider -> new Line(provider.name(), provider.channels(), provider.preference())).toList();
    }

    @Override
    public List<Line> lines() {
        return lines;
    }

    /** Whether messages of this channel leave the machine. */
    boolean leaves(Channel channel) {
        return of(channel).stream().noneMatch(line -> line.name().equals(Line.CAPTURE));
    }

    Optional<ChannelProvider> named(String name) {
        return all.stream().filter(provider -> provider.name().equals(name)).findFirst();
    }
}
