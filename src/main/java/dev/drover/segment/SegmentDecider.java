package dev.drover.segment;

import dev.drover.eventlog.Event;
import dev.drover.eventlog.EventLog;
import dev.drover.facts.FactsChanged;
import dev.drover.facts.RuleNeeds;
import dev.drover.facts.Summaries;
import dev.drover.facts.Whom;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.ruleset.Needs;
import dev.drover.ruleset.Rulesets;
import dev.drover.ruleset.Verdict;
import dev.drover.ruleset.fact.Customer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lets the rules decide upon customers and makes it so. */
@Component
class SegmentDecider {

    record Decided(int customers, int entered, int left) {}

    /** @param undecided whom a rule failed upon @param present their memberships before */
    private record Outcome(List<Customer> customers, Set<Long> undecided, List<Memberships.Member> present, List<Verdict> verdicts) {}

    private static final Logger log = LoggerFactory.getLogger(SegmentDecider.class);
    /** From so many on, rows are streamed in. */
    private static final int MANY = 100;
    /** Whom a rule failed upon is looked at again after this, unless something happens before. */
    private static final Duration AFTER_FAILURE = Duration.ofHours(1);

    private final Summaries summaries;
    private final CustomerFacts facts;
    private final RuleNeeds needs;
    private final Rulesets rulesets;
    private final SegmentCatalogue catalogue;
    private final Memberships memberships;
    private final Departures departures;
    private final Looks looks;
    private final SegmentNews news;
    private final EventLog events;
    private final PlatformClock clock;

    SegmentDecider(Summaries summaries, CustomerFacts facts, RuleNeeds needs, Rulesets rulesets, SegmentCatalogue catalogue, Memberships memberships,
            Departures departures, Looks looks, SegmentNews news, EventLog events, PlatformClock clock) {
        this.summaries = summaries;
        this.facts = facts;
        this.needs = needs;
        this.rulesets = rulesets;
        this.catalogue = catalogue;
        this.memberships = memberships;
        this.departures = departures;
        this.looks = looks;
        this.news = news;
        this.events = events;
        this.clock = clock;
    }

    /** @throws dev.drover.kernel.Problem unavailable when the rules aren't in force */
    @Transactional
    public Decided decide(Collection<Long> customers) {
        return decide(Whom.these(customers));
    }

    @Transactional
    public Decided decide(Whom whom) {
        summaries.lock(whom);
        // Read behind the lock, so that this decision sees at least what earlier ones saw.
        var segments = catalogue.decided();
        var present = memberships.present(whom);
        while (true) {
            var needed = needs.now();
            var known = facts.of(whom, needed, present);
            var undecided = new HashSet<Long>();
            var verdicts = verdicts(known, undecided);
            // Rules that came into force meanwhile may have asked for more than was read.
            if (needs.now() == needed) {
                lookAgain(known, undecided, needed);
                return apply(new Outcome(known, undecided, present, verdicts), segments);
            }
        }
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

    private void lookAgain(List<Customer> customers, Set<Long> undecided, Needs needed) {
        var next = new TreeMap<Long, Long>();
        for (Customer customer : customers) {
            next.put(customer.getId(), undecided.contains(customer.getId()) ? clock.instant().plus(AFTER_FAILURE).toEpochMilli() : needed.nextLook(customer));
        }
        looks.set(next);
    }

    private Decided apply(Outcome outcome, Map<String, SegmentCatalogue.Decided> segments) {
        var wanted = new HashMap<Memberships.Member, Verdict>(outcome.verdicts().size() * 2);
        for (Verdict verdict : outcome.verdicts()) {
            var segment = segments.get(verdict.key());
            if (segment != null) {
                wanted.putIfAbsent(new Memberships.Member(segment.id(), verdict.customerId()), verdict);
            }
        }
        var byId = segments.values().stream().collect(Collectors.toMap(SegmentCatalogue.Decided::id, Function.identity()));
        var over = new ArrayList<Memberships.Member>();
        for (var member : outcome.present()) {
            if (wanted.remove(member) == null && byId.containsKey(member.segmentId()) && !outcome.undecided().contains(member.customerId())) {
                over.add(member);
            }
        }
        var entries = wanted.entrySet().stream().map(entry -> new Memberships.Entry(entry.getKey(), "rule", entry.getValue().rule(), entry.getValue().version(),
                        entry.getValue().reason()))
                .collect(Collectors.partitioningBy(entry -> byId.get(entry.member().segmentId()).calculated()));
        var now = clock.instant();
        var keys = segments.values().stream().collect(Collectors.toMap(SegmentCatalogue.Decided::id, SegmentCatalogue.Decided::key));
        var left = memberships.end(departures.of(over, keys, outcome.customers()), now);
        var entered = memberships.begin(entries.get(true), now);
        beginFirst(entries.get(false), now);
        tell(entered, left, byId, keys);
        return new Decided(outcome.customers().size(), entered.size() + entries.get(false).size(), left.size());
    }

    /** The members a new segment begins with are no news. */
    private void beginFirst(List<Memberships.Entry> entries, Instant now) {
        if (entries.size() < MANY) {
            memberships.begin(entries, now);
        } else {
            memberships.beginMany(entries, now);
        }
    }

    private void tell(List<Memberships.Change> entered, List<Memberships.Change> left, Map<Long, SegmentCatalogue.Decided> segments,
            Map<Long, String> keys) {
        left = left.stream().filter(change -> segments.get(change.member().segmentId()).calculated()).toList();
        if (entered.isEmpty() && left.isEmpty()) {
            return;
        }
        var changed = new HashSet<Long>();
        entered.forEach(change -> changed.add(change.member().customerId()));
        left.forEach(change -> changed.add(change.member().customerId()));
        var byHistory = events.withUnreadHistory(FactsChanged.CONSUMER, changed);
        Function<Memberships.Change, Event.Origin> origin = change -> byHistory.contains(change.member().customerId()) ? Event.Origin.IMPORT : Event.Origin.LIVE;
        news.tell("segment.left", left, keys, origin);
        news.tell("segment.entered", entered, keys, origin);
    }
}
