package dev.drover.delivery;

import dev.drover.delivery.throughput.Throughput;
import dev.drover.kernel.Page;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the ledger, and says of what could leave and is held at the providers why it doesn't: that isn't in its rows, since it holds for all of them and may end at any moment. */
@Component
public class MessageLedger {

    /** What to show; {@code null}: whatever. @param since queued at or after */
    public record Filter(@Nullable String customer, @Nullable String campaign, @Nullable String journey, @Nullable String channel, @Nullable String status,
            @Nullable Instant since, @Nullable String template) {
        public static final Filter ALL = new Filter(null, null, null, null, null, null, null);
    }

    /** What happened to a message on its way for a reason. @param rule {@code null}: no rule decided it */
    public record Step(Instant at, String status, @Nullable String rule, @Nullable String reason, int attempts, @Nullable String provider) {}

    private final JdbcClient jdbc;
    private final Contents contents;
    private final Throughput throughput;
    private final PlatformClock clock;

    MessageLedger(JdbcClient jdbc, Contents contents, Throughput throughput, PlatformClock clock) {
        this.jdbc = jdbc;
        this.contents = contents;
        this.throughput = throughput;
        this.clock = clock;
    }

    /** Newest first. */
    public Page<Message> list(Filter filter, @Nullable String after, int limit) {
        // PostgreSQL has no NUL in text: nothing can match.
        if (Stream.of(filter.customer(), filter.campaign(), filter.journey(), filter.template()).anyMatch(value -> value != null && value.indexOf('\0') >= 0)) {
            return new Page<>(List.of(), null);
        }
        var where = new ArrayList<String>();
        var values = new ArrayList<Object>();
        add(where, values, "m.id < ?", Page.number(after));
        if (filter.customer() != null) {
            add(where, values, "m.customer_id = (SELECT id FROM customer WHERE external_id = ?)", filter.customer());
        }
        add(where, values, "m.origin_type = 'campaign' AND m.origin_id = ?", filter.campaign());
        add(where, values, "m.origin_type = 'journey' AND m.origin_id = ?", filter.journey());
        add(where, values, "m.channel = ?", filter.channel());
        add(where, values, "m.template = ?", filter.template());
        add(where, values, "m.status = ?", filter.status());
        add(where, values, "m.queued_at >= ?", filter.since() == null ? null : Timestamp.from(filter.since()));
        String condition = where.isEmpty() ? "" : " WHERE " + String.join(" AND ", where);
        var found = jdbc.sql(MessageRow.FROM + condition + " ORDER BY m.id DESC LIMIT " + (limit + 1)).params(values).query(new MessageRow()).list().stream().map(this::held).toList();
        return Page.of(found, limit, message -> Long.toString(message.id()));
    }

    public Optional<Message> find(long id) {
        return jdbc.sql(MessageRow.FROM + " WHERE m.id = ?").param(id).query(new MessageRow()).optional().map(this::held);
    }

    /** In the order named; one that isn't there is left out. */
    public List<Message> of(List<Long> ids) {
        var found = jdbc.sql(MessageRow.FROM + " WHERE m.id = ANY(?)").param(ids.toArray(Long[]::new)).query(new MessageRow()).list().stream().map(this::held)
                .collect(Collectors.toMap(Message::id, Function.identity()));
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    /** @throws Problem not found */
    public Message require(long id) {
        return find(id).orElseThrow(() -> Problem.notFound("There is no message " + id + "."));
    }

    /** Empty for a message that was never rendered: it was skipped when it was asked for, or waits for its turn in a mailing. */
    Optional<Contents.Kept> content(long id) {
        return contents.find(id);
    }

    /** Oldest first; what went smoothly is none. */
    public List<Step> steps(long id) {
        return jdbc.sql("SELECT * FROM message_step WHERE message_id = ? ORDER BY id").param(id).query((row, n) -> new Step(row.getTimestamp("at").toInstant(),
                row.getString("status"), row.getString("rule"), row.getString("reason"), row.getInt("attempts"), row.getString("provider"))).list();
    }

    /** How many messages were queued since then, by status; tests aren't counted. */
    public Map<String, Long> countSince(Instant since) {
        var counts = new LinkedHashMap<String, Long>();
        jdbc.sql("SELECT status, count(*) FROM message WHERE queued_at >= ? AND origin_type <> 'test' GROUP BY status ORDER BY status").param(Timestamp.from(since)).query(row -> {
            counts.put(row.getString(1), row.getLong(2));
        });
        return counts;
    }

    List<Message> ofCustomer(long customerId, Instant before, int limit) {
        return jdbc.sql(MessageRow.FROM + " WHERE m.customer_id = ? AND m.queued_at < ? ORDER BY m.queued_at DESC LIMIT ?")
                .param(customerId).param(Timestamp.from(before)).param(limit).query(new MessageRow()).list().stream().map(this::held).toList();
    }

    private Message held(Message message) {
        if (message.isAside()) {
            return message.waitingForResumption();
        }
        String why = message.due(clock.instant()) ? throughput.held(message.channel()) : null;
        return why == null ? message : message.because(Throughput.HELD, why);
    }

    private static void add(List<String> where, List<Object> values, String condition, @Nullable Object value) {
        if (value != null) {
            where.add(condition);
            values.add(value);
        }
    }
}
