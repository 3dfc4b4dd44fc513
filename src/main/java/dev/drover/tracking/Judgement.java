package dev.drover.tracking;

import dev.drover.eventlog.EventLog;
import dev.drover.eventlog.NewEvent;
import dev.drover.kernel.PlatformClock;
import dev.drover.tracking.SentMessages.Sent;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Decides whether an open or a click was a person's, and tells the event log. It waits a little: that a scanner follows all links of a mail shows
 * only when the second one is followed. Several processes share the work; an event's id keeps it single.
 */
@Component
class Judgement {

    /** Clicks on different links of one mail within so long are a machine's. */
    static final Duration BURST = Duration.ofSeconds(2);
    /** Whatever happens so long before and after the trap was sprung is the same machine's. */
    static final Duration TRAPPED = Duration.ofSeconds(10);
    /** A burst, and the time until another process has written its part of it. */
    static final Duration HOLD = BURST.plusSeconds(1);
    static final Duration PLAUSIBLE = Duration.ofSeconds(1);
    private static final int BATCH = 500;

    /** @param machine what showed at once, or follows from what is around it */
    record Row(long id, long messageId, String kind, @Nullable Long linkId, @Nullable String url, Instant at, String device, String client, @Nullable String machine) {}

    private static final RowMapper<Row> ROW = (row, n) -> new Row(row.getLong("id"), row.getLong("message_id"), row.getString("kind"),
            row.getObject("link_id", Long.class), row.getString("url"), row.getTimestamp("at").toInstant(), row.getString("device"), row.getString("client"),
            row.getString("verdict"));

    private final JdbcTemplate jdbc;
    private final EventLog log;
    private final SentMessages messages;
    private final PlatformClock clock;

    Judgement(JdbcTemplate jdbc, EventLog log, SentMessages messages, PlatformClock clock) {
        this.jdbc = jdbc;
        this.log = log;
        this.messages = messages;
        this.clock = clock;
    }

    /** @return whether there is more to decide, now or in a moment */
    @Transactional
    boolean decide() {
        var due = due();
        if (!due.isEmpty()) {
            var sent = messages.of(due.stream().map(Row::messageId).collect(Collectors.toSet()));
            var verdicts = new HashMap<Long, String>();
            var told = new ArrayList<NewEvent>();
            for (Row row : due) {
                var message = Optional.ofNullable(sent.get(row.messageId()));
                String machine = row.machine() != null ? row.machine() : message.filter(known -> tooSoon(row.at(), known)).map(known -> Machine.TOO_SOON.key()).orElse(null);
                verdicts.put(row.id(), machine);
                if (machine == null) {
                    message.filter(known -> known.customerId() != null).ifPresent(known -> told.addAll(events(row, known)));
                }
            }
            write(due, verdicts);
            correct(due);
            log.append(told);
        }
        return due.size() == BATCH || jdbc.queryForObject("SELECT EXISTS (SELECT 1 FROM engagement WHERE NOT decided)", Boolean.class);
    }

    private List<Row> due() {
        return jdbc.query("""
                SELECT e.*, l.url,
                       CASE WHEN e.machine IS NOT NULL THEN e.machine
                            WHEN e.kind = 'trap' OR EXISTS (SELECT 1 FROM engagement t WHERE t.message_id = e.message_id AND t.kind = 'trap'
                                                              AND t.at BETWEEN e.at - make_interval(secs => ?) AND e.at + make_interval(secs => ?)) THEN ?
                            WHEN e.kind = 'click' AND EXISTS (SELECT 1 FROM engagement o WHERE o.message_id = e.message_id AND o.kind = 'click' AND o.link_id <> e.link_id
                                                                 AND o.at BETWEEN e.at - make_interval(secs => ?) AND e.at + make_interval(secs => ?)) THEN ?
                       END AS verdict
                  FROM engagement e LEFT JOIN tracked_link l ON l.id = e.link_id
                 WHERE NOT e.decided AND e.at <= ?
                 ORDER BY e.at LIMIT %d
                   FOR UPDATE OF e SKIP LOCKED""".formatted(BATCH), ROW, TRAPPED.toSeconds(), TRAPPED.toSeconds(), Machine.TRAP.key(),
                BURST.toSeconds(), BURST.toSeconds(), Machine.BURST.key(), Timestamp.from(clock.instant().minus(HOLD)));
    }

    private static boolean tooSoon(Instant at, Sent message) {
        return message.leftAt() == null || at.isBefore(message.leftAt().plus(PLAUSIBLE));
    }

    /** Who clicks has opened, whether or not the pixel was let through. */
    private static List<NewEvent> events(Row row, Sent message) {
        var facts = new HashMap<>(message.facts());
        facts.put("messageId", row.messageId());
        facts.put("device", row.device());
        facts.put("client", row.client());
        var opened = NewEvent.live("email.opened:" + row.messageId(), "email.opened", message.customerId(), row.at(), Map.copyOf(facts));
        if (row.kind().equals("open")) {
            return List.of(opened);
        }
        facts.put("linkId", row.linkId());
        facts.put("url", row.url());
        return List.of(opened, NewEvent.live("email.clicked:%d:%d".formatted(row.messageId(), row.linkId()), "email.clicked", message.customerId(), row.at(), facts));
    }

    private void write(List<Row> rows, Map<Long, String> verdicts) {
        jdbc.update(connection -> {
            var statement = connection.prepareStatement("""
                    UPDATE engagement e SET decided = true, machine = v.machine FROM unnest(?::bigint[], ?::text[]) AS v (id, machine) WHERE e.id = v.id""");
            statement.setArray(1, connection.createArrayOf("bigint", rows.stream().map(Row::id).toArray()));
            statement.setArray(2, connection.createArrayOf("text", rows.stream().map(row -> verdicts.get(row.id())).toArray()));
            return statement;
        });
    }

    /** A trap that is sprung late puts right what was taken for a person's before. An event that was told stays told: the log forgets nothing. */
    private void correct(List<Row> rows) {
        var trapped = rows.stream().filter(row -> row.kind().equals("trap")).map(Row::messageId).distinct().toArray(Long[]::new);
        if (trapped.length > 0) {
            jdbc.update("""
                    UPDATE engagement e SET machine = ?
                     WHERE e.message_id = ANY(?) AND e.decided AND e.machine IS NULL
                       AND EXISTS (SELECT 1 FROM engagement t WHERE t.message_id = e.message_id AND t.kind = 'trap'
                                      AND t.at BETWEEN e.at - make_interval(secs => ?) AND e.at + make_interval(secs => ?))""",
                    Machine.TRAP.key(), trapped, TRAPPED.toSeconds(), TRAPPED.toSeconds());
        }
    }
}
