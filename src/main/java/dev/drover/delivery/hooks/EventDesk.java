package dev.drover.delivery.hooks;

import dev.drover.kernel.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes events that wait, finds their messages and has them applied, each with what it changes in one transaction. */
@Component
class EventDesk {

    private static final Logger log = LoggerFactory.getLogger(EventDesk.class);
    /** The event may have overtaken the answer in which the provider gave the message its id. */
    private static final int TRIES = 4;
    private static final int SECONDS_BETWEEN_TRIES = 5;

    private record Waiting(long id, Told told, int tries) {}

    private final JdbcClient jdbc;
    private final KnownMessages messages;
    private final Fates fates;
    private final SmsConsent consent;

    EventDesk(JdbcClient jdbc, KnownMessages messages, Fates fates, SmsConsent consent) {
        this.jdbc = jdbc;
        this.messages = messages;
        this.fates = fates;
        this.consent = consent;
    }

    /** @return how many there were */
    @Transactional
    public int apply(int most) {
        var waiting = take("SELECT id, told, tries FROM provider_event WHERE state = 'waiting' AND next_try <= clock_timestamp() ORDER BY next_try, id LIMIT ? FOR UPDATE SKIP LOCKED", most);
        // Always in the same order, so that two processes don't wait for each other; of one message, in the order it was told.
        waiting.stream().sorted(Comparator.comparing((Waiting one) -> one.told().message() == null ? 0 : one.told().message()).thenComparing(Waiting::id)).forEach(this::apply);
        return waiting.size();
    }

    List<Long> due(int most) {
        return jdbc.sql("SELECT id FROM provider_event WHERE state = 'waiting' AND next_try <= clock_timestamp() ORDER BY next_try, id LIMIT ?").param(most).query(Long.class).list();
    }

    @Transactional
    public void applyOne(long id) {
        take("SELECT id, told, tries FROM provider_event WHERE state = 'waiting' AND id = ? FOR UPDATE SKIP LOCKED", id).forEach(this::apply);
    }

    void failed(long id, String why) {
        jdbc.sql("""
                UPDATE provider_event SET tries = tries + 1, next_try = clock_timestamp() + make_interval(secs => ?), reason = ?,
                       state = CASE WHEN tries + 1 >= ? THEN 'aside' ELSE state END WHERE id = ? AND state = 'waiting'""")
                .param(SECONDS_BETWEEN_TRIES).param(("it can't be applied: " + why).replace("\0", "")).param(TRIES).param(id).update();
        log.warn("The provider's event {} can't be applied: {}", id, why);
    }

    private List<Waiting> take(String sql, Object value) {
        return jdbc.sql(sql).param(value).query((row, n) -> new Waiting(row.getLong("id"), Json.read(row.getString("told"), Told.class), row.getInt("tries"))).list();
    }

    private void apply(Waiting event) {
        var told = event.told();
        switch (told.kind()) {
            case STOP, START, SAID -> settle(event, consent.take(told), null);
            default -> {
                Optional<Known> message = messages.find(told);
                if (message.isPresent()) {
                    fates.apply(message.get(), told);
                    settle(event, null, message.get().id());
                } else if (event.tries() + 1 < TRIES) {
                    jdbc.sql("UPDATE provider_event SET tries = tries + 1, next_try = clock_timestamp() + make_interval(secs => ?) WHERE id = ?")
                            .param(SECONDS_BETWEEN_TRIES).param(event.id()).update();
                } else {
                    settle(event, messages.why(told), null);
                }
            }
        }
    }

    /** @param why it is kept aside; {@code null}: it was applied, and nothing of the person stays here */
    private void settle(Waiting event, @Nullable String why, @Nullable Long message) {
        jdbc.sql(why == null ? "UPDATE provider_event SET state = 'applied', message_id = ?, reason = ?, told = NULL, raw = NULL WHERE id = ?"
                : "UPDATE provider_event SET state = 'aside', message_id = ?, reason = ? WHERE id = ?").param(message).param(why).param(event.id()).update();
    }
}
