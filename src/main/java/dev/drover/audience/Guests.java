package dev.drover.audience;

import dev.drover.eventlog.Event;
import dev.drover.eventlog.EventLog;
import dev.drover.kernel.Channel;
import dev.drover.kernel.EmailAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * People of whom only carts tell. Who agrees there to be written to becomes a customer, under an id made up here, unless somebody has the address already: then
 * it is that customer who agreed. Where several share the address nobody can say who did, and nothing is taken.
 */
@Component
class Guests {

    /** As an attribute, so that segments can ask. */
    static final String MARK = "guest";

    /** @param address by which the person is known @param customerId of whom the shop said that it is theirs */
    private record Agreed(EventInput event, CustomerInput.Consent consent, @Nullable Long customerId, @Nullable String email, @Nullable String phone) {
        String address() {
            return email != null ? email : Objects.requireNonNullElse(phone, "");
        }
    }

    private final JdbcClient jdbc;
    private final Customers customers;
    private final CustomerIntake intake;
    private final EventLog log;
    private final ApplicationEventPublisher events;
    private final SecureRandom random;

    Guests(JdbcClient jdbc, Customers customers, CustomerIntake intake, EventLog log, ApplicationEventPublisher events, SecureRandom random) {
        this.jdbc = jdbc;
        this.customers = customers;
        this.intake = intake;
        this.log = log;
        this.events = events;
        this.random = random;
    }

    /**
     * Takes the consent that carts bring, in the caller's transaction. An event that was there before brings nothing.
     *
     * @param known internal numbers by external id
     * @return whose the guests' carts are, by event id
     */
    Map<String, Long> take(Collection<EventInput> told, Map<String, Long> known, Event.Origin origin) {
        var agreed = told.stream().flatMap(event -> agreed(event, known).stream()).toList();
        if (agreed.isEmpty()) {
            return Map.of();
        }
        var repeated = log.known(agreed.stream().map(one -> one.event().eventId()).toList());
        var fresh = agreed.stream().filter(one -> !repeated.contains(one.event().eventId())).toList();
        var owners = owners(fresh.stream().filter(one -> one.customerId() == null && !one.address().isEmpty()).toList(), origin);
        var whose = new LinkedHashMap<Agreed, Long>();
        fresh.forEach(one -> {
            Long owner = one.customerId() != null ? one.customerId() : owners.get(one.address());
            if (owner != null) {
                whose.put(one, owner);
            }
        });
        tell(whose, origin);
        return whose.entrySet().stream().filter(one -> one.getKey().customerId() == null).collect(Collectors.toMap(one -> one.getKey().event().eventId(), Map.Entry::getValue));
    }

    private static List<Agreed> agreed(EventInput event, Map<String, Long> known) {
        var consent = CartConsent.of(event);
        if (consent == null) {
            return List.of();
        }
        String email = KnownEvents.text(event.propertiesOrNone(), "email");
        return List.of(new Agreed(event, consent, event.customerId() == null ? null : known.get(event.customerId()), email == null ? null : EmailAddress.normal(email),
                KnownEvents.text(event.propertiesOrNone(), "phone")));
    }

    /** Customers by address, made where nobody has it. */
    private Map<String, Long> owners(List<Agreed> guests, Event.Origin origin) {
        // One at a time for an address, else two carts at once would make two of one person.
        // By a few locks for all addresses, in order: a batch of thousands must not ask for thousands, nor wait for another that waits for it.
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('guest'), part) FROM (SELECT DISTINCT hashtext(address) & 63 AS part FROM unnest(?) AS told (address) ORDER BY 1) AS parts")
                .param(guests.stream().map(Agreed::address).toArray(String[]::new)).query(row -> { });
        var found = found(guests.stream().flatMap(one -> Stream.of(one.email(), one.phone())).filter(Objects::nonNull).distinct().toList());
        var owners = new HashMap<String, Long>();
        var newcomers = new LinkedHashMap<String, CustomerInput>();
        for (Agreed guest : guests) {
            var owning = found.getOrDefault(guest.address(), List.of());
            if (owning.size() == 1) {
                owners.put(guest.address(), owning.getFirst());
            } else if (owning.isEmpty()) {
                // A phone that somebody has already would then be two people's, and find neither.
                String phone = guest.phone() != null && found.containsKey(guest.phone()) ? null : guest.phone();
                newcomers.putIfAbsent(guest.address(), new CustomerInput(id(), guest.email(), phone, null, null, null, null, null, null, Map.of(MARK, true), null));
            }
        }
        if (newcomers.isEmpty()) {
            return owners;
        }
        var made = intake.takeAll(List.copyOf(newcomers.values()), origin).stream().collect(Collectors.toMap(CustomerIntake.Taken::externalId, CustomerIntake.Taken::id));
        jdbc.sql("UPDATE customer SET guest_id = external_id WHERE id = ANY(?)").param(made.values().toArray(Long[]::new)).update();
        newcomers.forEach((address, customer) -> owners.put(address, made.get(customer.externalId())));
        return owners;
    }

    private String id() {
        var bytes = new byte[12];
        random.nextBytes(bytes);
        return "guest-" + HexFormat.of().formatHex(bytes);
    }

    private Map<String, List<Long>> found(List<String> addresses) {
        var found = new HashMap<String, List<Long>>();
        jdbc.sql("SELECT email, id FROM customer WHERE email = ANY(:all) UNION SELECT phone, id FROM customer WHERE phone = ANY(:all)").param("all", addresses.toArray(String[]::new))
                .query(row -> {
                    found.computeIfAbsent(row.getString(1), address -> new ArrayList<>()).add(row.getLong(2));
                });
        return found;
    }

    /** A yes counts for the address it was said beside: one that isn't the customer's own is no consent of theirs. */
    private void tell(Map<Agreed, Long> whose, Event.Origin origin) {
        var people = customers.byIds(whose.values()).stream().collect(Collectors.toMap(Customer::id, Function.identity()));
        var statements = new ArrayList<ConsentGiven.Statement>();
        whose.forEach((one, id) -> {
            var person = people.get(id);
            for (Channel channel : Channel.values()) {
                if (Boolean.TRUE.equals(one.consent().of(channel)) && person != null && own(channel, one, person)) {
                    statements.add(ConsentGiven.Statement.of(id, channel, true, one.consent()));
                }
            }
        });
        if (!statements.isEmpty()) {
            events.publishEvent(new ConsentGiven(List.copyOf(statements), origin == Event.Origin.IMPORT));
        }
    }

    private static boolean own(Channel channel, Agreed one, Customer person) {
        return switch (channel) {
            case EMAIL -> one.email() == null || one.email().equals(person.email());
            case SMS -> one.phone() == null || one.phone().equals(person.phone());
            case PUSH -> true;
        };
    }
}
