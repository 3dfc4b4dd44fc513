package dev.drover.delivery;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.template.Templates.Template;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

    /** Whose name it bears, where it isn't the installation's, and how it is tracked. @param utmCampaign {@code null}: the origin's id */
    public record Guise(@Nullable String fromName, @Nullable String fromAddress, @Nullable String replyTo, @Nullable String utmCampaign, boolean tracksOpens, boolean tracksClicks) {
        public static final Guise USUAL = new Guise(null, null, null, null, true, true);
    }

    /** @param campaign as the shop's statistics shall name it */
    record Tracking(String campaign, boolean opens, boolean clicks) {}

    private record Opened(Template template, Guise guise) {}

    private final JdbcClient jdbc;
    private final Composer composer;
    private final DispatchAlarm alarm;
    private final GivingWay way;
    private final PlatformClock clock;
    private final LoadingCache<Long, Opened> opened;

    Mailings(JdbcClient jdbc, Composer composer, DispatchAlarm alarm, GivingWay way, PlatformClock clock) {
        this.jdbc = jdbc;
        this.composer = composer;
        this.alarm = alarm;
        this.way = way;
        this.clock = clock;
        // Neither a mailing's text nor its sender is ever changed.
        this.opened = Caffeine.newBuilder().maximumSize(IN_MEMORY).build(this::read);
    }

    /**
     * @param key of whoever sends: the same again is the same mailing, whatever else is given
     * @return its number
     * @throws Problem rejected for advertising by mail that doesn't show the sender's postal address
     */
    @Transactional
    public long open(String key, Template template, MessageOrigin origin) {
        return open(key, template, origin, Guise.USUAL);
    }

    /** The same in another guise. */
    @Transactional
    public long open(String key, Template template, MessageOrigin origin, Guise guise) {
        var sample = composer.madeUp(template, Map.of());
        String missing = PostalAddress.missing(template, new Composer.Composed(composer.rehearse(template, Map.of()), sample));
        if (missing != null) {
            throw Problem.invalid("template", "This can't be sent: " + missing + ".");
        }
        jdbc.sql("""
                INSERT INTO mailing (key, channel, template, type, category, subject, preheader, html, text, origin_type, origin_id, opened_at, from_name, from_address, reply_to, utm_campaign, tracks_opens, tracks_clicks)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING""")
                .params(key, template.channel().key(), template.key(), template.type(), template.category(), template.subject(), template.preheader(), template.html(),
                        template.text(), origin.type(), origin.id(), Timestamp.from(clock.instant()), guise.fromName(), guise.fromAddress(), guise.replyTo(), guise.utmCampaign(),
                        guise.tracksOpens(), guise.tracksClicks()).update();
        return jdbc.sql("SELECT id FROM mailing WHERE key = ?").param(key).query(Long.class).single();
    }

    /**
     * Queues it for these customers, each once however often they are named. They are held until this transaction ends, so that whoever erases one of
     * them finds the message.
     *
     * @return for how many it is new; who has no address for the channel is among them, and skipped
     */
    @Transactional
    public int queue(long mailing, Collection<Long> customerIds) {
        return queue(mailing, customerIds, null);
    }

    /** The same, to leave not before each customer's own clock shows this. @param local {@code null}: at once */
    @Transactional
    public int queue(long mailing, Collection<Long> customerIds, @Nullable LocalDateTime local) {
        return queue(mailing, customerIds, local, null);
    }

    /** The same, to leave not before that moment. */
    @Transactional
    public int queueFrom(long mailing, Collection<Long> customerIds, Instant from) {
        return queue(mailing, customerIds, null, from);
    }

    private int queue(long mailing, Collection<Long> customerIds, @Nullable LocalDateTime local, @Nullable Instant from) {
        // What isn't said is null, which greatest doesn't look at.
        int queued = way.whileWriting(customerIds.size(), jdbc.sql("""
                INSERT INTO message (key, customer_id, channel, address, mailbox, origin_type, origin_id, template, category, type, status, rule, reason, not_before, queued_at, mailing_id)
                SELECT 'mailing:' || g.id || ':' || c.id, c.id, g.channel, a.address, CASE g.channel WHEN 'email' THEN mailbox_of(a.address) END, g.origin_type, g.origin_id, g.template, g.category, g.type,
                       CASE WHEN a.address IS NULL THEN 'skipped' ELSE 'queued' END, CASE WHEN a.address IS NULL THEN 'no-address' END,
                       CASE WHEN a.address IS NULL THEN 'the customer has no address for ' || g.channel END,
                       greatest(:now, :local::timestamp AT TIME ZONE coalesce(c.time_zone, 'UTC'), :from::timestamptz), :now, g.id
                  FROM mailing g CROSS JOIN customer c
                 CROSS JOIN LATERAL (SELECT CASE g.channel WHEN 'email' THEN c.email WHEN 'sms' THEN c.phone ELSE c.push_token END AS address) a
                 WHERE g.id = :mailing AND c.id = ANY(:customers) ORDER BY c.id FOR KEY SHARE OF c
                ON CONFLICT (key) DO NOTHING""")
                .param("mailing", mailing).param("customers", customerIds.toArray(Long[]::new)).param("local", local == null ? null : local.toString())
                .param("from", from == null ? null : Timestamp.from(from)).param("now", Timestamp.from(clock.instant()))::update);
        alarm.ringAfterCommit();
        return queued;
    }

    /** @param hour 0 to 23, by the customer's own clock @param reason told of whom it is put off */
    public record Due(long customer, int hour, String reason) {}

    /**
     * The same, each to leave at an hour of the customer's own clock: at once within that hour, else when it comes next.
     *
     * @param from the moment from which that is reckoned
     * @param rule by which those are put off that don't leave at once
     */
    @Transactional
    public int queue(long mailing, Collection<Due> dues, Instant from, String rule) {
        int queued = way.whileWriting(dues.size(), jdbc.sql("""
                WITH due AS MATERIALIZED (
                         SELECT c.id, CASE g.channel WHEN 'email' THEN c.email WHEN 'sms' THEN c.phone ELSE c.push_token END AS address, coalesce(c.time_zone, 'UTC') AS zone, d.hour, d.reason
                           FROM mailing g CROSS JOIN unnest(:customers::bigint[], :hours::int[], :reasons::text[]) AS d (customer, hour, reason) JOIN customer c ON c.id = d.customer WHERE g.id = :mailing ORDER BY c.id FOR KEY SHARE OF c),
                     slot AS MATERIALIZED (
                         SELECT zone, hour, CASE WHEN extract(hour FROM l.shown) = hour THEN :from::timestamptz
                                ELSE (date_trunc('day', l.shown) + make_interval(days => CASE WHEN extract(hour FROM l.shown) > hour THEN 1 ELSE 0 END, hours => hour)) AT TIME ZONE zone END AS at
                           FROM (SELECT DISTINCT zone, hour FROM due) z CROSS JOIN LATERAL (SELECT :from::timestamptz AT TIME ZONE zone AS shown) l)
                INSERT INTO message (key, customer_id, channel, address, mailbox, origin_type, origin_id, template, category, type, status, rule, reason, not_before, queued_at, mailing_id)
                SELECT 'mailing:' || g.id || ':' || due.id, due.id, g.channel, due.address, CASE g.channel WHEN 'email' THEN mailbox_of(due.address) END, g.origin_type, g.origin_id, g.template, g.category, g.type,
                       CASE WHEN due.address IS NULL THEN 'skipped' WHEN slot.at > :now THEN 'deferred' ELSE 'queued' END,
                       CASE WHEN due.address IS NULL THEN 'no-address' WHEN slot.at > :now THEN :rule END,
                       CASE WHEN due.address IS NULL THEN 'the customer has no address for ' || g.channel WHEN slot.at > :now THEN due.reason END, greatest(:now, slot.at), :now, g.id
                  FROM mailing g CROSS JOIN due JOIN slot USING (zone, hour) WHERE g.id = :mailing ORDER BY due.id
                ON CONFLICT (key) DO NOTHING""")
                .param("mailing", mailing).param("customers", dues.stream().map(Due::customer).toArray(Long[]::new)).param("hours", dues.stream().map(Due::hour).toArray(Integer[]::new))
                .param("reasons", dues.stream().map(Due::reason).toArray(String[]::new)).param("from", Timestamp.from(from)).param("rule", rule).param("now", Timestamp.from(clock.instant()))::update);
        alarm.ringAfterCommit();
        return queued;
    }

    /** The first message from this number on that is still to be sent or on its way; {@code null}: all are done with. */
    public @Nullable Long firstOpen(long mailing, long from) {
        return jdbc.sql("""
                SELECT m.id FROM mailing g JOIN message m ON m.origin_type = g.origin_type AND m.origin_id = g.origin_id
                 WHERE g.id = ? AND m.id >= ? AND m.mailing_id = g.id AND m.status IN ('queued', 'deferred', 'sending') ORDER BY m.id LIMIT 1""")
                .param(mailing).param(from).query(Long.class).optional().orElse(null);
    }

    /** What it says, before anybody's name is in it. */
    public Template text(long mailing) {
        return opened.get(mailing).template();
    }

    /** Whose name its messages bear. @param mailing {@code null}: none */
    Sender sender(@Nullable Long mailing, Sender standard) {
        return mailing == null ? standard : standard.as(opened.get(mailing).guise());
    }

    /** @param mailing {@code null}: none */
    Tracking tracking(@Nullable Long mailing, String originId) {
        var guise = mailing == null ? Guise.USUAL : opened.get(mailing).guise();
        return new Tracking(guise.utmCampaign() == null ? originId : guise.utmCampaign(), guise.tracksOpens(), guise.tracksClicks());
    }

    /** The same for a message that is there already. */
    Tracking trackingOf(long message, String originId) {
        return tracking(jdbc.sql("SELECT mailing_id FROM message WHERE id = ?").param(message).query(Long.class).optional().orElse(null), originId);
    }

    private Opened read(long mailing) {
        return jdbc.sql("SELECT * FROM mailing WHERE id = ?").param(mailing).query((row, n) -> new Opened(new Template(row.getString("template"), row.getString("template"),
                Channel.of(row.getString("channel")), row.getString("type"), row.getString("category"), row.getString("subject"), row.getString("preheader"),
                row.getString("html"), row.getString("text"), true, false, 1),
                new Guise(row.getString("from_name"), row.getString("from_address"), row.getString("reply_to"), row.getString("utm_campaign"), row.getBoolean("tracks_opens"),
                        row.getBoolean("tracks_clicks")))).single();
    }
}
