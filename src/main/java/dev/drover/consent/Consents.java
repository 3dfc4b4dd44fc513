package dev.drover.consent;

import dev.drover.kernel.Channel;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who may be written to, by which channel, since when, and how we know. */
@Component
public class Consents {

    /**
     * @param granted   whether marketing may be sent now
     * @param source    where it was given or withdrawn; {@code null}: never said
     * @param changedAt {@code null}: never said
     */
    public record State(boolean granted, @Nullable String source, @Nullable Instant changedAt) {
        public static final State UNSAID = new State(false, null, null);
    }

    /** Every channel is a key. */
    public Map<Channel, State> of(long customerId) {
        throw new UnsupportedOperationException();
    }

    public Map<Long, Map<Channel, State>> of(Collection<Long> customerIds) {
        throw new UnsupportedOperationException();
    }

    /** Records a change with its proof and appends {@code consent.granted} or {@code consent.withdrawn} to the event log; no change, no record. */
    public void record(long customerId, Channel channel, boolean granted, String source, @Nullable String wording) {
        throw new UnsupportedOperationException();
    }

    /** The links of one customer that need no log-in: {@code GET/POST /p/{token}} and {@code POST /u/{token}} (RFC 8058). */
    public String preferencesUrl(long customerId) {
        throw new UnsupportedOperationException();
    }

    public String unsubscribeUrl(long customerId, Channel channel) {
        throw new UnsupportedOperationException();
    }
}
