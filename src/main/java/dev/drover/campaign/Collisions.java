package dev.drover.campaign;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Campaigns that get into each other's way: on one day to the same people; or, to nobody in common, within one hour by the same channel, so that they share what a
 * provider takes. One meaning for the check before sending and for the calendar.
 */
@Component
public class Collisions {

    /** Counting those in two audiences of half a million takes a good part of a second. */
    private static final Duration KNOWN_FOR = Duration.ofMinutes(2);
    private static final Duration TOGETHER = Duration.ofHours(1);

    /** @param shared how many are in both audiences now; 0: nobody is, but they begin within an hour by one channel */
    public record Collision(PlannedSend one, PlannedSend other, long shared) {

        /** Conditions aren't asked for this: where there are some, it is at most so many. */
        public boolean exact() {
            return one.campaign().audience().conditions() == null && other.campaign().audience().conditions() == null;
        }
    }

    private record Pair(AudienceKey one, AudienceKey other) {}

    private final Recipients recipients;
    private final ExpectedRecipients expected;
    private final Cache<Pair, Long> known = Caffeine.newBuilder().expireAfterWrite(KNOWN_FOR).maximumSize(5_000).build();

    Collisions(Recipients recipients, ExpectedRecipients expected) {
        this.recipients = recipients;
        this.expected = expected;
    }

    /** Among what is still to leave, by the day of this clock; audiences as they were within the last two minutes. Each day's in the order they begin. */
    public Map<LocalDate, List<Collision>> among(List<PlannedSend> sends, ZoneId zone) {
        return sends.stream().filter(Collisions::sendsThen).collect(Collectors.groupingBy(send -> send.day(zone), Collectors.collectingAndThen(Collectors.toList(), day -> pairs(day))));
    }

    private List<Collision> pairs(List<PlannedSend> day) {
        var found = new ArrayList<Collision>();
        for (int n = 0; n < day.size(); n++) {
            var one = day.get(n);
            for (var other : day.subList(n + 1, day.size())) {
                if (one.campaign().id() != other.campaign().id()) {
                    of(one, other, shared(one.campaign(), other.campaign())).ifPresent(found::add);
                }
            }
        }
        return found;
    }

    private long shared(Campaign one, Campaign other) {
        var first = AudienceKey.of(one);
        var second = AudienceKey.of(other);
        // Everybody meets each, and one meets itself. Counts with conditions are projected, and those of collisions leave conditions out.
        if (first.unconditional() && (second.all() || first.equals(second))) {
            return Objects.requireNonNull(expected.next(one));
        }
        return second.unconditional() && first.all() ? Objects.requireNonNull(expected.next(other)) : known.get(new Pair(first, second), pair -> recipients.shared(one, other));
    }

    /** Of one with others of its day, as their audiences are now. */
    List<Collision> with(PlannedSend one, List<PlannedSend> others) {
        return others.stream().filter(other -> sendsThen(other) && other.campaign().id() != one.campaign().id())
                .flatMap(other -> of(one, other, recipients.shared(one.campaign(), other.campaign())).stream()).toList();
    }

    /** One that goes by a journey or a trigger sends whenever these do. */
    private static boolean sendsThen(PlannedSend send) {
        return send.ahead() && !send.campaign().type().wraps();
    }

    private static Optional<Collision> of(PlannedSend one, PlannedSend other, long shared) {
        boolean together = one.channel() == other.channel() && Duration.between(one.at(), other.at()).abs().compareTo(TOGETHER) < 0;
        return shared > 0 || together ? Optional.of(new Collision(one, other, shared)) : Optional.empty();
    }
}
