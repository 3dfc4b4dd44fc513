package dev.drover.delivery.throughput;

import dev.drover.kernel.Channel;
import java.net.IDN;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A message that is due.
 *
 * @param boundTo the only provider it may be handed to, since that may have it already
 */
public record Candidate(Channel channel, @Nullable String address, boolean urgent, @Nullable String boundTo) {

    /** As limits name it; empty where there is none. */
    String domain() {
        return channel == Channel.EMAIL && address != null ? domain(address.substring(address.lastIndexOf('@') + 1)) : "";
    }

    static String domain(String written) {
        String plain = written.strip().toLowerCase(Locale.ROOT);
        try {
            return IDN.toASCII(plain);
        } catch (IllegalArgumentException no) {
            return plain;
        }
    }
}
