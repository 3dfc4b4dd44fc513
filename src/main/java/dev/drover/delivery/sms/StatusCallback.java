package dev.drover.delivery.sms;

import dev.drover.delivery.ChannelProvider.Outbound;
import java.net.URI;
import java.util.Optional;

/** Where Twilio tells what became of a message: here, if it can reach us. */
record StatusCallback(String baseUrl) {

    /** Our address with the message in it, as Twilio signs the whole of it; empty where nobody outside could follow it. */
    Optional<URI> of(Outbound outbound) {
        if (!reachable()) {
            return Optional.empty();
        }
        String id = outbound.messageId();
        return Optional.of(URI.create(baseUrl.strip().replaceFirst("/+$", "") + "/hooks/twilio?message=" + id.substring(1, id.indexOf('@'))));
    }

    /** Twilio refuses a message whose callback it takes for nonsense. */
    private boolean reachable() {
        try {
            var url = URI.create(baseUrl.strip());
            String host = url.getHost();
            return "https".equals(url.getScheme()) && host != null && host.contains(".") && !host.matches("[0-9.]+") && !host.endsWith(".local") && !host.endsWith(".localhost");
        } catch (IllegalArgumentException none) {
            return false;
        }
    }
}
