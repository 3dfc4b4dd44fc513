package dev.drover.consent;

import dev.drover.kernel.Channel;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Addresses that nothing is sent to, transactional messages neither: dead, complained, erased. */
@Component
public class Suppressions {

    public record Suppression(Channel channel, String address, String reason, String source, Instant since) {}

    public Optional<Suppression> find(Channel channel, String address) {
        throw new UnsupportedOperationException();
    }

    /** Adds the address; the first reason stands. */
    public void add(Channel channel, String address, String reason, String source) {
        throw new UnsupportedOperationException();
    }
}
