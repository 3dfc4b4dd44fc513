package dev.drover.facts;

import dev.drover.eventlog.Event;
import dev.drover.eventlog.EventConsumer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Keeps the sums as things happen, and tells whose changed in a way that matters to the rules. Reads the log from its beginning, so that no count misses what came before it. */
@Component
class FactsConsumer implements EventConsumer {

    private static final Set<String> ORDERS = Set.of("order.placed", "order.cancelled");

    private final Summaries summaries;
    private final RuleNeeds needs;
    private final ApplicationEventPublisher news;

    FactsConsumer(Summaries summaries, RuleNeeds needs, ApplicationEventPublisher news) {
        this.summaries = summaries;
        this.needs = needs;
        this.news = news;
    }

    @Override
    public String name() {
        return FactsChanged.CONSUMER;
    }

    @Override
    public boolean takesPartitionsTogether() {
        return true;
    }

    @Override
    public String lane() {
        return CUSTOMERS;
    }

    @Override
    public void consume(List<Event> batch) {
        // What rules decided is no fact of its own: counting it would let memberships move themselves.
        var events = batch.stream().filter(event -> event.customerId() != null && !event.name().startsWith("segment.")).toList();
        if (events.isEmpty()) {
            return;
        }
        Map<Long, Set<String>> names = new LinkedHashMap<>();
        events.forEach(event -> names.computeIfAbsent(event.customerId(), customer -> new LinkedHashSet<>()).add(event.name()));
        // Only who is decided upon or summed up is locked, and before anything is written: whoever holds a lock may wait for our rows, never we for theirs.
        names.values().removeIf(happened -> !needs.matter(happened));
        if (!names.isEmpty()) {
            summaries.lock(Whom.these(names.keySet()));
        }
        summaries.count(events);
        summaries.sumOrders(events.stream().filter(event -> ORDERS.contains(event.name())).map(Event::customerId).distinct().sorted().toList());
        if (!names.isEmpty()) {
            news.publishEvent(new FactsChanged(List.copyOf(names.keySet())));
        }
    }
}
