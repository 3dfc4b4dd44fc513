package dev.drover.audience;

import dev.drover.kernel.Page;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Everything that happened to one customer, from every source, newest first. */
@Component
class Timeline {

    private static final Instant END_OF_TIME = Instant.parse("9999-01-01T00:00:00Z");

    private final ObjectProvider<TimelineSource> sources;

    Timeline(ObjectProvider<TimelineSource> sources) {
        this.sources = sources;
    }

    Page<TimelineSource.Entry> of(Customer customer, @Nullable String after, int limit) {
        Instant before = before(after);
        List<TimelineSource.Entry> entries = sources.stream()
                .flatMap(source -> source.of(customer, before, limit + 1).stream())
                .sorted(Comparator.comparing(TimelineSource.Entry::at).reversed())
                .toList();
        if (entries.size() <= limit) {
            return new Page<>(entries, null);
        }
        // The next page begins below an instant, so entries of one instant stay together.
        int end = limit;
        while (end < entries.size() && entries.get(end).at().equals(entries.get(limit - 1).at())) {
            end++;
        }
        var shown = new ArrayList<>(entries.subList(0, end));
        // One more than the page has says that there may be more, even when all that was found is of one instant.
        shown.add(shown.getLast());
        return Page.of(shown, end, entry -> entry.at().toString());
    }

    private static Instant before(@Nullable String after) {
        String key = Page.key(after);
        try {
            return key == null ? END_OF_TIME : Instant.parse(key);
        } catch (DateTimeParseException e) {
            throw Page.notOurs();
        }
    }
}
