package dev.drover.delivery;

import dev.drover.kernel.Channel;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

@Component
class Providers {

    private final List<ChannelProvider> all;

    Providers(List<ChannelProvider> all) {
        this.all = all;
    }

    ChannelProvider of(Channel channel) {
        return all.stream().filter(provider -> provider.channels().contains(channel))
                .max(Comparator.comparingInt(ChannelProvider::preference)).orElseThrow();
    }

    Optional<ChannelProvider> named(String name) {
        return all.stream().filter(provider -> provider.name().equals(name)).findFirst();
    }
}
