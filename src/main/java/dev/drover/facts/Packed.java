package dev.drover.facts;

import dev.drover.ruleset.fact.Moments;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Values as PostgreSQL's {@code timestamptz_send} and {@code array_send} give them. Read by the million, they become primitive arrays without
 * passing through text, {@code Timestamp} or boxes.
 */
final class Packed {

    private static final long EPOCH_2000_MILLIS = 946_684_800_000L;
    private static final long[] NO_LONGS = {};
    private static final int[] NO_INTS = {};
    private static final boolean[] NO_BOOLEANS = {};
    private static final String[] NO_TEXTS = {};

    private Packed() {}

    /** A moment as {@link Moments} keep it. */
    static long moment(byte @Nullable [] sent) {
        return sent == null ? Moments.NEVER : Math.floorDiv(ByteBuffer.wrap(sent).getLong(), 1_000L) + EPOCH_2000_MILLIS;
    }

    static long[] longs(byte @Nullable [] sent) {
        int length = length(sent);
        if (length == 0) {
            return NO_LONGS;
        }
        var elements = elements(sent);
        long[] values = new long[length];
        for (int n = 0; n < length; n++) {
            elements.getInt();
            values[n] = elements.getLong();
        }
        return values;
    }

    static int[] ints(byte @Nullable [] sent) {
        int length = length(sent);
        if (length == 0) {
            return NO_INTS;
        }
        var elements = elements(sent);
        int[] values = new int[length];
        for (int n = 0; n < length; n++) {
            elements.getInt();
            values[n] = elements.getInt();
        }
        return values;
    }

    static boolean[] booleans(byte @Nullable [] sent) {
        int length = length(sent);
        if (length == 0) {
            return NO_BOOLEANS;
        }
        var elements = elements(sent);
        boolean[] values = new boolean[length];
        for (int n = 0; n < length; n++) {
            elements.getInt();
            values[n] = elements.get() != 0;
        }
        return values;
    }

    static String[] texts(byte @Nullable [] sent) {
        int length = length(sent);
        if (length == 0) {
            return NO_TEXTS;
        }
        var elements = elements(sent);
        var values = new String[length];
        for (int n = 0; n < length; n++) {
            int bytes = elements.getInt();
            values[n] = new String(elements.array(), elements.position(), bytes, StandardCharsets.UTF_8);
            elements.position(elements.position() + bytes);
        }
        return values;
    }

    /** Dimensions, flags, type, then length and lower bound of the only dimension; an empty array has none. */
    private static int length(byte @Nullable [] sent) {
        return sent == null || sent.length < 20 ? 0 : ByteBuffer.wrap(sent).getInt(12);
    }

    private static ByteBuffer elements(byte[] sent) {
        return ByteBuffer.wrap(sent).position(20);
    }
}
