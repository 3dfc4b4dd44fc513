package dev.drover.consent;

import dev.drover.eventlog.EventLog;
import dev.drover.eventlog.NewEvent;
import dev.drover.kernel.PlatformClock;
import dev.drover.template.Templates;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How often and about what somebody wants to hear; by which channels is {@link Consents}' matter. */
@Component
class Preferences {

    static final List<String> FREQUENCIES = List.of("low", "normal", "high");

    /** @param declined categories that are left out */
    record Chosen(String frequency, Set<String> declined) {
        static final Chosen NOTHING = new Chosen("normal", Set.of());
    }

    private final JdbcClient jdbc;
    private final Templates templates;
    private final EventLog log;
    private final PlatformClock clock;

    Preferences(JdbcClient jdbc, Templates templates, EventLog log, PlatformClock clock) {
        this.jdbc = jdbc;
        this.templates = templates;
        this.log = log;
        this.clock = clock;
    }

    Chosen of(long customerId) {
        return jdbc.sql("SELECT frequency, declined FROM contact_preference WHERE customer_id = ?").param(customerId)
                .query((row, n) -> new Chosen(row.getString(1), Set.of((String[]) row.getArray(2).getArray()))).optional().orElse(Chosen.NOTHING);
    }

    /** What there is to choose from: what marketing is about now. */
    List<String> categories() {
        return templates.marketingCategories();
    }

    /**
     * @param frequency {@code null}, or no word we know: stays as it is
     * @param wanted    of {@link #categories()}; the others are left out. What is no category any more stays as it was chosen
     */
    @Transactional
    void choose(long customerId, @Nullable String frequency, Collection<String> wanted, Proof proof) {
        jdbc.sql("SELECT 1 FROM customer WHERE id = ? FOR KEY SHARE").param(customerId).query(row -> { });
        var before = of(customerId);
        String often = frequency != null && FREQUENCIES.contains(frequency) ? frequency : before.frequency();
        var offered = categories();
        var declined = new TreeSet<>(before.declined());
        offered.forEach(category -> {
            if (wanted.contains(category)) {
                declined.remove(category);
            } else {
                declined.add(category);
            }
        });
        if (often.equals(before.frequency()) && declined.equals(before.declined())) {
            return;
        }
        jdbc.sql("""
                INSERT INTO contact_preference (customer_id, frequency, declined, changed_at) VALUES (?, ?, ?, ?)
                ON CONFLICT (customer_id) DO UPDATE SET frequency = excluded.frequency, declined = excluded.declined, changed_at = excluded.changed_at""")
                .param(customerId).param(often).param(declined.toArray(String[]::new)).param(Timestamp.from(clock.instant())).update();
        if (!often.equals(before.frequency())) {
            prove(customerId, null, often, true, proof);
        }
        offered.stream().filter(category -> declined.contains(category) != before.declined().contains(category))
                .forEach(category -> prove(customerId, category, null, !declined.contains(category), proof));
        log.append(NewEvent.live("consent.preferences_changed:%d:%d".formatted(customerId, clock.instant().toEpochMilli()), "consent.preferences_changed", customerId,
                clock.instant(), Map.of("frequency", often, "declined", List.copyOf(declined))));
    }

    private void prove(long customerId, @Nullable String category, @Nullable String frequency, boolean granted, Proof proof) {
        var now = Timestamp.from(clock.instant());
        jdbc.sql("""
                INSERT INTO consent_change (customer_id, category, frequency, granted, source, wording, wording_version, page, ip, user_agent, given_at, recorded_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(customerId).param(category).param(frequency).param(granted).param(proof.source()).param(proof.wording()).param(proof.version())
                .param(proof.page()).param(proof.ip()).param(proof.userAgent()).param(now).param(now).update();
    }
}
