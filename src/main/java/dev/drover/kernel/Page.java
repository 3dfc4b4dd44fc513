package dev.drover.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list as the API answers it.
 *
 * @param next what to pass as {@code after} for the following page, opaque to the caller; {@code null}: there is none
 */
public record Page<T>(List<T> items, @Nullable String next) {

    public static final int MOST = 1_000;

    /**
     * @param found one item more than the limit where there are more
     * @param key   the sort key of an item, from which the next page starts
     */
    public static <T> Page<T> of(List<T> found, int limit, Function<T, String> key) {
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        List<T> items = List.copyOf(found.subList(0, limit));
        String next = key.apply(items.getLast());
        return new Page<>(items, Base64.getUrlEncoder().withoutPadding().encodeToString(next.getBytes(StandardCharsets.UTF_8)));
    }

    /** @throws Problem rejected outside 1 to 1000 */
    public static int limit(@Nullable Integer asked, int usual) {
        if (asked == null) {
            return usual;
        }
        if (asked < 1 || asked > MOST) {
            throw Problem.invalid("limit", "limit is 1 to " + MOST + ".");
        }
        return asked;
    }

    /** @return the sort key hidden in {@code after}, or {@code null} for the first page */
    public static @Nullable String key(@Nullable String after) {
        if (after == null || after.isEmpty()) {
            return null;
        }
        try {
            return new String(Base64.getUrlDecoder().decode(after), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw notOurs();
        }
    }

    /** The same where it is a number. @throws Problem rejected for what no answer of ours said */
    public static @Nullable Long number(@Nullable String after) {
        String key = key(after);
        try {
            return key == null ? null : Long.valueOf(key);
        } catch (NumberFormatException e) {
            throw notOurs();
        }
    }

    /** For an {@code after} that no answer of ours said. */
    public static Problem notOurs() {
        return Problem.invalid("after", "after must be the 'next' of an earlier answer.");
    }
}
