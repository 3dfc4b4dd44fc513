package dev.drover.delivery;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.template.Templates.Template;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * One message to many: queued in sets, each decided upon, rendered and kept when its turn comes, so that late withdrawals count. Its text is the
 * template's as it was when the mailing was opened.
 */
@Component
public class Mailings {

    private static final int IN_MEMORY = 100;

    private final JdbcClient jdbc;
    private final Composer composer;
    private final DispatchAlarm alarm;
    private final PlatformClock clock;
    private final LoadingCache<Long, Template> texts;

    Mailings(JdbcClient jdbc, Composer composer, DispatchAlarm alarm, PlatformClock clock) {
        this.jdbc = jdbc;
        this.composer = composer;
        this.alarm = alarm;
        this.clock = clock;
        // A mailing's text is never changed.
        this.texts = Caffeine.newBuilder().maximumSize(IN_MEMORY).build(this::read);
    }

    /**
     * @param key of whoever sends: the same again is the same mailing, whatever else is given
     * @return its number
     * @throws Problem rejected for advertising by mail that doesn't show the sender's postal address
     */
    @Transactional
    public long open(String key, Template template, MessageOrigin origin) {
        var sample = composer.madeUp(template, Map.of());
        String missing = PostalAddress.missing(template, new Composer.Composed(composer.rehearse(template, Map.of()), sample));
        if (missing != null) {
            throw Problem.invalid("template", "This can't be sent: " + missing + ".");
        }
        jdbc.sql("""
                INSERT INTO mailing (key, channel, template, type, category, subject, preheader, html, text, origin_type, origin_id, opened_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING""")
                .params(key, template.channel().key(), template.key(), template.type(), template.category(), template.subject(), template.preheader(), template.html(),
                        template.text(), origin.type(), origin.id(), Timestamp.from(clock.instant())).update();
        return jdbc.sql("SELECT id FROM mailing WHERE key = ?").param(key).query(Long.class).single();
    }

    /**
     * Queues it for these customers, each once however often they are named.
     *
     * @return for how many it is new; who has no address for the channel is among them, and skipped
     */
    @Transactional
    public int queue(long mailing, Collection<Long> customerIds) {
        int queued = jdbc.sql("""
                INSERT INTO message (key, customer_id, channel, address, origin_type, origin_id, template, category, type, status, rule, reason, not_before, queued_at, mailing_id)
                SELECT 'mailing:' || g.id || ':' || c.id, c.id, g.channel, a.address, g.origin_type, g.origin_id, g.template, g.category, g.type,
                       CASE WHEN a.address IS NULL THEN 'skipped' ELSE 'queued' END, CASE WHEN a.address IS NULL THEN 'no-address' END,
                       CASE WHEN a.address IS NULL THEN 'the customer has no address for ' || g.channel END, :now, :now, g.id
                  FROM mailing g CROSS JOIN customer c
                 CROSS JOIN LATERAL (SELECT CASE g.channel WHEN 'email' THEN c.email WHEN 'sms' THEN c.phone ELSE c.push_token END AS address) a
                 WHERE g.id = :mailing AND c.id = ANY(:customers) ORDER BY c.id
                ON CONFLICT (key) DO NOTHING""")
                .param("mailing", mailing).param("customers", customerIds.toArray(Long[]::new)).param("now", Timestamp.from(clock.instant())).update();
        alarm.ringAfterCommit();
        return queued;
    }

    /** What it says, before anybody's name is in it. */
    Template text(long mailing) {
        return texts.get(mailing);
    }

    private Template read(long mailing) {
        return jdbc.sql("SELECT * FROM mailing WHERE id = ?").param(mailing).query((row, n) -> new Template(row.getString("template"), row.getString("template"),
                Channel.of(row.getString("channel")), row.getString("type"), row.getString("category"), row.getString("subject"), row.getString("preheader"),
                row.getString("html"), row.getString("text"), true, false, 1)).single();
    }
}
