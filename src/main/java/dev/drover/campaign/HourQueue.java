package dev.drover.campaign;

import dev.drover.campaign.BestHours.Chosen;
import dev.drover.campaign.Runs.Run;
import dev.drover.delivery.Mailings;
import dev.drover.kernel.Channel;
import dev.drover.kernel.Json;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Queues a run's messages each for its customer's best hour, by what was known when the run began, and counts them by hour. */
@Component
class HourQueue {

    private final JdbcClient jdbc;
    private final BestHours hours;
    private final HourSpread spread;
    private final Mailings mailings;

    HourQueue(JdbcClient jdbc, BestHours hours, HourSpread spread, Mailings mailings) {
        this.jdbc = jdbc;
        this.hours = hours;
        this.spread = spread;
        this.mailings = mailings;
    }

    /** Keeps everybody's shares as they are now, in the transaction that begins the run. */
    void begin(long campaign, int run, Collection<Channel> channels, Instant now) {
        var shares = channels.stream().distinct().collect(Collectors.toMap(Channel::key, channel -> hours.shares(channel, now), (a, b) -> a, LinkedHashMap::new));
        jdbc.sql("UPDATE campaign_run SET hour_shares = ?::jsonb WHERE campaign_id = ? AND run = ?").params(Json.write(shares), campaign, run).update();
    }

    /** @return for how many it is new */
    int queue(Run run, long mailing, List<Long> customers) {
        var channel = mailings.text(mailing).channel();
        var begun = Objects.requireNonNull(run.begunAt());
        Map<Long, Chosen> chosen = hours.of(channel, shares(run, channel), begun, customers).stream().collect(Collectors.toMap(Chosen::customer, Function.identity()));
        int queued = mailings.queue(mailing, chosen.values().stream().map(one -> new Mailings.Due(one.customer(), one.hour(), words(one))).toList(), begun, "best-hour");
        spread.add(run, HourSpread.of(chosen.values()));
        return queued;
    }

    private List<Double> shares(Run run, Channel channel) {
        var kept = Json.map(jdbc.sql("SELECT hour_shares::text FROM campaign_run WHERE campaign_id = ? AND run = ?").params(run.campaign(), run.number()).query(String.class).single());
        return ((List<?>) Objects.requireNonNull(kept.get(channel.key()))).stream().map(share -> ((Number) share).doubleValue()).toList();
    }

    private static String words(Chosen chosen) {
        return "waits for %02d:00 by their own clock, the best hour as estimated from %s".formatted(chosen.hour(), chosen.reactions() == 0 ? "everybody's reactions"
                : chosen.reactions() == 1 ? "one reaction of theirs and everybody's" : chosen.reactions() + " reactions of theirs and everybody's");
    }
}
