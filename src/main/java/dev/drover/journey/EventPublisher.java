package dev.drover.journey;

import dev.drover.audience.Customer;
import dev.drover.audience.Customers;
import dev.drover.engine.Engine;
import dev.drover.eventlog.Event;
import dev.drover.eventlog.EventConsumer;
import dev.drover.kernel.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Tells the engine of live events that a journey starts on or waits for, and of no others. The event's id is the message's id, so that a
 * repeat after a crash is absorbed. A journey that admits nobody isn't told.
 */
@Component
class EventPublisher implements EventConsumer {

    /** Longer than a restart takes. */
    private static final Duration START_KEPT = Duration.ofHours(1);
    /** Long enough for a customer who reacts before the journey has come to wait; see {@link JourneyModel} for why not longer. */
    private static final Duration NEWS_KEPT = Duration.ofSeconds(10);
    private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();

    private final Engine engine;
    private final Customers customers;
    private final Journeys journeys;
    private final JourneyControls controls;
    private volatile Journeys.Wanted wanted = new Journeys.Wanted(Map.of(), Set.of());
    private volatile long readAt;

    EventPublisher(Engine engine, Customers customers, Journeys journeys, JourneyControls controls) {
        this.engine = engine;
        this.customers = customers;
        this.journeys = journeys;
        this.controls = controls;
        refresh();
    }

    /** Another process may have deployed a journey, so this is read again every few seconds. */
    void refresh() {
        wanted = journeys.wanted();
        readAt = System.nanoTime();
    }

    @Override
    public String name() {
        return "journeys";
    }

    @Override
    public Set<String> wanted() {
        if (System.nanoTime() - readAt > FRESH_NANOS) {
            refresh();
        }
        var names = Stream.concat(wanted.starts().keySet().stream(), wanted.waits().stream()).map(EventPublisher::plain).collect(Collectors.toSet());
        // An empty set would mean: everything.
        names.add("journeys.want.nothing");
        return names;
    }

    @Override
    public boolean wantsHistory() {
        return false;
    }

    @Override
    public void consume(List<Event> events) {
        var people = customers.byIds(events.stream().map(Event::customerId).filter(Objects::nonNull).distinct().toList()).stream()
                .collect(Collectors.toMap(Customer::id, Function.identity()));
        var sending = new ArrayList<CompletableFuture<Void>>();
        for (Event event : events) {
            var customer = event.customerId() == null ? null : people.get(event.customerId());
            if (customer != null) {
                sending.addAll(publish(event, customer));
            }
        }
        try {
            CompletableFuture.allOf(sending.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Problem problem ? problem : e;
        }
    }

    private List<CompletableFuture<Void>> publish(Event event, Customer customer) {
        var sending = new ArrayList<CompletableFuture<Void>>();
        for (String name : names(event)) {
            for (String journey : wanted.starts().getOrDefault(name, List.of())) {
                if (controls.admits(journey)) {
                    sending.add(engine.publish(JourneyModel.startMessage(name, journey), customer.externalId(), event.id(), START_KEPT,
                            Map.of("customerId", customer.externalId(), "journeyId", journey, "event", event.properties())));
                }
            }
            if (wanted.waits().contains(name)) {
                // A journey that reacts keeps the event that started it: what came in between is in the log.
                sending.add(engine.publish(name, customer.externalId(), event.id(), NEWS_KEPT, Map.of()));
            }
        }
        return sending;
    }

    /** {@code segment.entered} is also told as {@code segment.entered:lapsed}, so that a journey can name the segment; likewise {@code consent.withdrawn:email}. */
    private static Set<String> names(Event event) {
        var names = new LinkedHashSet<String>();
        names.add(event.name());
        String which = event.name().startsWith("segment.") ? event.text("segment") : event.name().startsWith("consent.") ? event.text("channel") : null;
        if (which != null) {
            names.add(event.name() + ":" + which);
        }
        return names;
    }

    private static String plain(String name) {
        int colon = name.indexOf(':');
        return colon < 0 ? name : name.substring(0, colon);
    }
}
