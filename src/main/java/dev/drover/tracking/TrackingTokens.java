package dev.drover.tracking;

import dev.drover.kernel.BaseUrl;
import dev.drover.kernel.SignedTokens;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The addresses in mails. They name a message and a stored link, never where the link leads. */
@Component
class TrackingTokens {

    /** Stands for the link that people don't see. */
    static final long TRAP = 0;

    private static final String OPEN = "open";
    private static final String CLICK = "click";
    private static final int RADIX = 36;

    record Clicked(long messageId, long linkId) {}

    private final SignedTokens tokens;
    private final BaseUrl base;

    TrackingTokens(SignedTokens tokens, BaseUrl base) {
        this.tokens = tokens;
        this.base = base;
    }

    String pixel(long messageId) {
        return base.of("/t/o/" + tokens.sign(OPEN, Long.toString(messageId, RADIX)) + ".gif");
    }

    String link(long messageId, long linkId) {
        return base.of("/t/c/" + tokens.sign(CLICK, Long.toString(messageId, RADIX) + ":" + Long.toString(linkId, RADIX)));
    }

    /** @return the message's number */
    Optional<Long> opened(String token) {
        return tokens.verify(OPEN, token).map(payload -> Long.parseLong(payload, RADIX));
    }

    Optional<Clicked> clicked(String token) {
        return tokens.verify(CLICK, token).map(payload -> payload.split(":"))
                .map(parts -> new Clicked(Long.parseLong(parts[0], RADIX), Long.parseLong(parts[1], RADIX)));
    }
}
