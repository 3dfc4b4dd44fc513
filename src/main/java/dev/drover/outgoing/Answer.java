package dev.drover.outgoing;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came back.
 *
 * @param url       that answered: where the last redirect led
 * @param redirects where redirects led, in order; empty for none
 * @param headers   names in lower case; of a repeated one the first
 * @param body      as text; a NUL, which no database takes, is shown as U+FFFD
 * @param cut       there was more than we read
 */
public record Answer(int status, URI url, List<URI> redirects, Map<String, String> headers, String body, boolean cut) {

    public boolean ok() {
        return status >= 200 && status < 300;
    }

    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }
}
