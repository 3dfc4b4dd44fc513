package dev.drover.audience;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a higher floor adds to a customer's timeline: messages, consent, journey steps. Declare a bean; events of the log are there already. */
public interface TimelineSource {

    /**
     * @param kind   {@code event}, {@code message}, {@code consent}, {@code journey}, {@code cart}, {@code segment}
     * @param title  one line a marketer understands
     * @param detail the reason or the content, one line; {@code null}: nothing to add
     * @param link   a page with more; {@code null}: none
     */
    record Entry(Instant at, String kind, String title, @Nullable String detail, @Nullable String link, Map<String, Object> data) {}

    /** At most {@code limit} entries before the instant, newest first. */
    List<Entry> of(Customer customer, Instant before, int limit);
}
