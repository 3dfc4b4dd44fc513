package dev.drover.delivery.hooks;

import dev.drover.kernel.Sha256;
import java.util.HexFormat;

/** An id for what comes without one, or with one that is too long. */
final class Digest {

    private Digest() {}

    static String of(String text) {
        return "sha256:" + HexFormat.of().formatHex(Sha256.of(text));
    }
}
