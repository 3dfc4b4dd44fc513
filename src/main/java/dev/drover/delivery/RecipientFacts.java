package dev.drover.delivery;

import dev.drover.audience.Customer;
import dev.drover.consent.Consents;
import dev.drover.consent.Consents.Standing;
import dev.drover.consent.Consents.Subject;
import dev.drover.consent.Suppressions;
import dev.drover.consent.Suppressions.Address;
import dev.drover.experiment.Holdouts;
import dev.drover.experiment.Holdouts.Wanted;
import dev.drover.kernel.Channel;
import dev.drover.ruleset.Rulesets;
import dev.drover.ruleset.fact.Message;
import dev.drover.ruleset.fact.Recipient;
import dev.drover.segment.Segments;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** What rules are told of messages and of whom they are for: of many at once, in as many questions as of one. */
@Component
class RecipientFacts {

    private static final Duration CAP_WINDOW = Duration.ofDays(Recipient.MOST_DAYS);
    /** No cap is as high; keeps the answer small for whoever has no caps at all. */
    private static final int MOST_COUNTED = 1_000;
    private static final ZoneId SHOP_ZONE = ZoneId.of("UTC");

    /**
     * A message that wants to leave.
     *
     * @param address  {@code null}: the customer has none for this channel
     * @param originId the journey's or campaign's; empty where none is meant
     * @param before   messages from this id on aren't counted for the cap: the message itself and later ones
     */
    record Asked(Customer customer, Channel channel, @Nullable String address, String type, String category, String origin, String originId, long before) {}

    private record Counted(long id, Recipient.Sent sent) {}

    private final Consents consents;
    private final Suppressions suppressions;
    private final Segments segments;
    private final Holdouts holdouts;
    private final Rulesets rulesets;
    private final JdbcTemplate jdbc;

    RecipientFacts(Consents consents, Suppressions suppressions, Segments segments, Holdouts holdouts, Rulesets rulesets, JdbcTemplate jdbc) {
        this.consents = consents;
        this.suppressions = suppressions;
        this.segments = segments;
        this.holdouts = holdouts;
        this.rulesets = rulesets;
        this.jdbc = jdbc;
    }

    /** @param now the moment they would leave @return the facts of each, in the order asked */
    List<List<Object>> of(List<Asked> asked, Instant now) {
        var standings = consents.standings(asked.stream().map(RecipientFacts::subject).toList());
        var suppressed = suppressions.reasons(asked.stream().filter(one -> one.address() != null).map(RecipientFacts::address).toList());
        var people = asked.stream().map(one -> one.customer().id()).distinct().toList();
        var lately = marketingLately(people, now);
        Map<Long, Set<String>> members = rulesets.needs("eligibility").reads("inSegment") ? segments.of(people) : Map.of();
        var keptOutOf = holdouts.keptOutOf(asked.stream().map(RecipientFacts::wanted).toList(), now);
        var facts = new ArrayList<List<Object>>(asked.size());
        for (int n = 0; n < asked.size(); n++) {
            Asked one = asked.get(n);
            var message = new Message(one.channel().key(), one.type(), one.category(), one.origin(), one.address());
            var standing = standings.get(subject(one));
            var sent = lately.getOrDefault(one.customer().id(), List.of()).stream().filter(counted -> counted.id() < one.before()).map(Counted::sent).toList();
            facts.add(List.of(message, new Recipient(message, standing.granted(), choices(standing, one, now),
                    one.address() == null || one.origin().equals(ConfirmationMails.OWN_REQUEST) ? null : suppressed.get(address(one)), sent,
                    members.getOrDefault(one.customer().id(), Set.of()), keptOutOf.get(n).orElse(null), now, zone(one.customer()))));
        }
        return facts;
    }

    static ZoneId zone(Customer customer) {
        return customer.timeZone() == null ? SHOP_ZONE : customer.timeZone();
    }

    static Wanted wanted(Asked asked) {
        return new Wanted(asked.customer().id(), asked.customer().externalId(), asked.origin(), asked.originId());
    }

    private static Subject subject(Asked asked) {
        return new Subject(asked.customer().id(), asked.channel());
    }

    private static Address address(Asked asked) {
        return new Address(asked.channel(), Objects.requireNonNull(asked.address()));
    }

    private static Recipient.Choices choices(Standing standing, Asked asked, Instant now) {
        var since = standing.basisAt();
        // By the calendar: two years after a day is that day, whatever leap years and clock changes lie between.
        var where = zone(asked.customer());
        int months = since == null ? 0 : (int) Math.max(0, ChronoUnit.MONTHS.between(since.atZone(where), now.atZone(where)));
        return new Recipient.Choices(standing.frequency(), standing.declined().contains(asked.category()), standing.basis(), months);
    }

    private Map<Long, List<Counted>> marketingLately(List<Long> customers, Instant now) {
        var found = new HashMap<Long, List<Counted>>();
        jdbc.query("""
                SELECT lately.* FROM unnest(?) AS asked (id) CROSS JOIN LATERAL
                       (SELECT customer_id, id, category, channel, queued_at FROM message
                         WHERE customer_id = asked.id AND queued_at > ? AND type = 'marketing'
                           AND status IN ('queued', 'deferred', 'sending', 'sent', 'delivered', 'unknown')
                         ORDER BY queued_at DESC LIMIT ?) AS lately""", row -> {
            found.computeIfAbsent(row.getLong(1), none -> new ArrayList<>())
                    .add(new Counted(row.getLong(2), new Recipient.Sent(row.getString(3), row.getString(4), row.getTimestamp(5).toInstant())));
        }, customers.toArray(Long[]::new), Timestamp.from(now.minus(CAP_WINDOW)), MOST_COUNTED);
        return found;
    }
}
