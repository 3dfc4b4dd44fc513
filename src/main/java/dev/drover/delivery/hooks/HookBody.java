package dev.drover.delivery.hooks;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;

/** A request's body as it came, because signatures cover every byte of it, and no more of it than is sensible. */
final class HookBody {

    private HookBody() {}

    /** @return empty where it is larger */
    static Optional<byte[]> of(HttpServletRequest request, int most) throws IOException {
        if (request.getContentLengthLong() > most) {
            return Optional.empty();
        }
        byte[] body = request.getInputStream().readNBytes(most + 1);
        return body.length > most ? Optional.empty() : Optional.of(body);
    }
}
