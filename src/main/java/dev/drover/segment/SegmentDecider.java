package dev.drover.segment;

import dev.drover.eventlog.Event;
import dev.drover.eventlog.EventLog;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.ruleset.Rulesets;
import dev.drover.ruleset.Verdict;
import dev.drover.ruleset.fact.Customer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lets the rules decide upon customers and makes it so. */
@Component
class SegmentDecider {

    record Decided(int customers, int entered, int left) {}

    /** Customers of one block are decided upon one at a time: two who decide upon the same never overtake each other. */
    static final int BLOCK = 1_000;
    /** Blocks share this many locks, for PostgreSQL has room for some thousands; taken in order, so that nobody waits in a circle. */
    private static final int LOCKS = 256;

    private static final Logger log = LoggerFactory.getLogger(SegmentDecider.class);
    private static final String NO_LONGER = "The rule no longer holds";

    private final JdbcClient jdbc;
    private final CustomerFacts facts;
    private final Rulesets rulesets;
    private final SegmentCatalogue catalogue;
    private final Memberships memberships;
    private final SegmentNews news;
    private final EventLog events;
    private final PlatformClock clock;

    SegmentDecider(JdbcClient jdbc, CustomerFacts facts, Rulesets rulesets, SegmentCatalogue catalogue, Memberships memberships, SegmentNews news,
            EventLog events, PlatformClock clock) {
        this.jdbc = jdbc;
        this.facts = facts;
        this.rulesets = rulesets;
        this.catalogue = catalogue;
        this.memberships = memberships;
        this.news = news;
        this.events = events;
        this.clock = clock;
    }

    /** @throws dev.drover.kernel.Problem unavailable when the rules aren't in force */
    @Transactional
    public Decided decide(Collection<Long> customers) {
        lock(customers);
        // Read behind the lock, so that this decision sees at least what earlier ones saw.
        var segments = catalogue.decided();
        var known = facts.of(customers);
        var undecided = new HashSet<Long>();
        var verdicts = verdicts(known, undecided);
        return apply(known.stream().map(Customer::getId).filter(id -> !undecided.contains(id)).toList(), verdicts, segments);
    }

    private void lock(Collection<Long> customers) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('segments'), block) FROM (SELECT DISTINCT (id / ? % ?)::int AS block FROM unnest(?) AS id ORDER BY 1) AS blocks")
                .param(BLOCK).param(LOCKS).param(customers.toArray(Long[]::new)).query((row, n) -> true).list();
    }

    /** A rule that fails on one customer must not keep the others from being decided upon: the memberships of that one stay as they are. */
    private List<Verdict> verdicts(List<Customer> customers, Set<Long> undecided) {
        try {
            return rulesets.decide("segments", customers);
        } catch (Problem notInForce) {
            throw notInForce;
        } catch (RuntimeException e) {
            var verdicts = new ArrayList<Verdict>();
            for (Customer customer : customers) {
                try {
                    verdicts.addAll(rulesets.decide("segments", List.of(customer)));
                } catch (RuntimeException failed) {
                    undecided.add(customer.getId());
                    log.error("A segment rule fails on customer number {}: {}", customer.getId(), String.valueOf(failed.getCause() == null ? failed : failed.getCause()));
                }
            }
            return verdicts;
        }
    }

    private Decided apply(List<Long> customers, List<Verdict> verdicts, Map<String, SegmentCatalogue.Decided> segments) {
        var wanted = new HashMap<Memberships.Member, Verdict>();
        for (Verdict verdict : verdicts) {
            var segment = segments.get(verdict.key());
            if (segment != null) {
                wanted.putIfAbsent(new Memberships.Member(segment.id(), verdict.customerId()), verdict);
            }
        }
        var over = new ArrayList<Long>();
        for (var present : memberships.now(segments.values().stream().map(SegmentCatalogue.Decided::id).toList(), customers)) {
            if (wanted.remove(present.member()) == null) {
                over.add(present.id());
            }
        }
        var now = clock.instant();
        var left = memberships.end(over, NO_LONGER, now);
        var entered = memberships.begin(wanted.entrySet().stream().map(entry -> new Memberships.Entry(entry.getKey(), "rule",
                entry.getValue().rule(), entry.getValue().reason())).toList(), now);
        tell(entered, left, segments);
        return new Decided(customers.size(), entered.size(), left.size());
    }

    private void tell(List<Memberships.Change> entered, List<Memberships.Change> left, Map<String, SegmentCatalogue.Decided> segments) {
        if (entered.isEmpty() && left.isEmpty()) {
            return;
        }
        var keys = segments.values().stream().collect(Collectors.toMap(SegmentCatalogue.Decided::id, SegmentCatalogue.Decided::key));
        var calculated = segments.values().stream().filter(SegmentCatalogue.Decided::calculated).map(SegmentCatalogue.Decided::id).collect(Collectors.toSet());
        var changed = new HashSet<Long>();
        entered.forEach(change -> changed.add(change.member().customerId()));
        left.forEach(change -> changed.add(change.member().customerId()));
        var byHistory = calculated.isEmpty() ? Set.<Long>of() : events.withUnreadHistory(SegmentConsumer.NAME, changed);
        Function<Memberships.Change, Event.Origin> origin = change -> calculated.contains(change.member().segmentId())
                && !byHistory.contains(change.member().customerId()) ? Event.Origin.LIVE : Event.Origin.IMPORT;
        news.tell("segment.left", left, keys, origin);
        news.tell("segment.entered", entered, keys, origin);
    }
}
