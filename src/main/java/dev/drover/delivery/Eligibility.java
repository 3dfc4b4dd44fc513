package dev.drover.delivery;

import dev.drover.audience.Customer;
import dev.drover.consent.Consents;
import dev.drover.consent.Suppressions;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import dev.drover.ruleset.Rulesets;
import dev.drover.ruleset.Verdict;
import dev.drover.ruleset.fact.Recipient;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Asks the rules whether a message may go: now, later or never, and why. */
@Component
class Eligibility {

    private static final Duration CAP_WINDOW = Duration.ofDays(Recipient.MOST_DAYS);
    /** No cap is as high; keeps the answer small for whoever has no caps at all. */
    private static final int MOST_COUNTED = 1_000;
    private static final ZoneId SHOP_ZONE = ZoneId.of("UTC");

    /**
     * @param word  {@code send}, {@code skip} or {@code defer}
     * @param until of a defer
     */
    record Decision(String word, @Nullable String rule, @Nullable String reason, @Nullable Instant until) {
        static final Decision SEND = new Decision("send", null, null, null);
    }

    private final Rulesets rulesets;
    private final Consents consents;
    private final Suppressions suppressions;
    private final JdbcClient jdbc;
    private final PlatformClock clock;

    Eligibility(Rulesets rulesets, Consents consents, Suppressions suppressions, JdbcClient jdbc, PlatformClock clock) {
        this.rulesets = rulesets;
        this.consents = consents;
        this.suppressions = suppressions;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param before messages from this id on aren't counted for the cap: the message itself and later ones */
    Decision decide(Customer customer, Channel channel, @Nullable String address, String type, String category, String origin, long before) {
        var message = new dev.drover.ruleset.fact.Message(channel.key(), type, category, origin, address);
        return weightiest(rulesets.decide("eligibility", facts(customer, channel, message, before, clock.instant())));
    }

    /** What the rules are told of a message and whom it is for. @param now the moment it would leave */
    List<Object> facts(Customer customer, Channel channel, dev.drover.ruleset.fact.Message message, long before, Instant now) {
        String address = message.getAddress();
        var suppression = address == null ? null : suppressions.find(channel, address).map(Suppressions.Suppression::reason).orElse(null);
        return List.of(message, new Recipient(message, consents.of(customer.id()).get(channel).granted(), suppression, marketingLately(customer.id(), before, now),
                now, zone(customer)));
    }

    static ZoneId zone(Customer customer) {
        return customer.timeZone() == null ? SHOP_ZONE : customer.timeZone();
    }

    private List<Recipient.Sent> marketingLately(long customerId, long before, Instant now) {
        return jdbc.sql("""
                SELECT category, channel, queued_at FROM message
                 WHERE customer_id = ? AND id < ? AND queued_at > ? AND type = 'marketing'
                   AND status IN ('queued', 'deferred', 'sending', 'sent', 'delivered', 'unknown')
                 ORDER BY queued_at DESC LIMIT ?""")
                .params(customerId, before, Timestamp.from(now.minus(CAP_WINDOW)), MOST_COUNTED)
                .query((row, n) -> new Recipient.Sent(row.getString(1), row.getString(2), row.getTimestamp(3).toInstant())).list();
    }

    /** Any skip outweighs every defer; of several skips the one whose rule has the highest salience is told, of several defers the longest. */
    static Decision weightiest(List<Verdict> verdicts) {
        var skip = verdicts.stream().filter(verdict -> verdict.verb().equals("skip")).findFirst();
        if (skip.isPresent()) {
            return new Decision("skip", skip.get().rule(), skip.get().reason(), null);
        }
        return verdicts.stream().filter(verdict -> verdict.verb().equals("defer")).max(Comparator.comparing(Verdict::until))
                .map(verdict -> new Decision("defer", verdict.rule(), verdict.reason(), verdict.until())).orElse(Decision.SEND);
    }
}
