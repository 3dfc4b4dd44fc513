package dev.drover.segment;

import dev.drover.eventlog.Event;
import dev.drover.facts.RuleNeeds;
import dev.drover.kernel.Page;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Segments and their members. */
@Component
public class Segments {

    /** @param customerId external id @param name for people to read; empty: unknown */
    public record Member(String customerId, String name, @Nullable String email, Instant since, @Nullable String rule, String reason, String source) {}

    /** A segment that somebody is in. */
    public record Stay(String key, String name, Instant since, @Nullable String rule, String reason) {}

    private final JdbcClient jdbc;
    private final SegmentCatalogue catalogue;
    private final Memberships memberships;
    private final RuleNeeds needs;
    private final Looks looks;
    private final SegmentNews news;
    private final PlatformClock clock;

    Segments(JdbcClient jdbc, SegmentCatalogue catalogue, Memberships memberships, RuleNeeds needs, Looks looks, SegmentNews news, PlatformClock clock) {
        this.jdbc = jdbc;
        this.catalogue = catalogue;
        this.memberships = memberships;
        this.needs = needs;
        this.looks = looks;
        this.news = news;
        this.clock = clock;
    }

    public List<Segment> all() {
        return catalogue.all();
    }

    /** @throws Problem not found */
    public Segment require(String segment) {
        return catalogue.find(segment).orElseThrow(() -> Problem.notFound("There is no segment '" + segment + "'."));
    }

    public boolean exists(String segment) {
        return catalogue.exists(segment);
    }

    /** @throws Problem not found when there is no such segment */
    public boolean isMember(String segment, long customerId) {
        return memberships.isMember(catalogue.idOf(segment), customerId);
    }

    /** Keys of those that are kept up to date. */
    public Set<String> keys() {
        return Set.copyOf(jdbc.sql("SELECT key FROM customer_segment WHERE is_active").query(String.class).list());
    }

    /** Keys of the segments these customers are in, by the customers' numbers; who is in none is left out. */
    public Map<Long, Set<String>> of(Collection<Long> customerIds) {
        return jdbc.sql("""
                SELECT m.customer_id, array_agg(s.key) FROM segment_membership m JOIN customer_segment s ON s.id = m.segment_id
                 WHERE m.customer_id = ANY(?) AND m.left_at IS NULL GROUP BY m.customer_id""").param(customerIds.toArray(Long[]::new))
                .query((row, n) -> Map.entry(row.getLong(1), Set.of((String[]) row.getArray(2).getArray()))).list().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The segments a customer is in, the latest first. */
    public List<Stay> of(long customerId) {
        return jdbc.sql("""
                SELECT s.key, s.name, m.entered_at, m.rule, m.reason FROM segment_membership m JOIN customer_segment s ON s.id = m.segment_id
                 WHERE m.customer_id = ? AND m.left_at IS NULL ORDER BY m.entered_at DESC, s.key""").param(customerId)
                .query((row, n) -> new Stay(row.getString(1), row.getString(2), row.getTimestamp(3).toInstant(), row.getString(4), row.getString(5))).list();
    }

    /** Who is in it now, by the customers' numbers. */
    public Page<Member> members(String segment, @Nullable String after, int limit) {
        record Row(long customer, Member member) {}
        var found = jdbc.sql("""
                SELECT c.id, c.external_id, concat_ws(' ', c.first_name, c.last_name) AS name, c.email, m.entered_at, m.rule, m.reason, m.source
                  FROM segment_membership m JOIN customer c ON c.id = m.customer_id
                 WHERE m.segment_id = ? AND m.left_at IS NULL AND m.customer_id > ? ORDER BY m.customer_id LIMIT ?""")
                .param(catalogue.idOf(segment)).param(Objects.requireNonNullElse(Page.number(after), 0L)).param(limit + 1)
                .query((row, n) -> new Row(row.getLong("id"), new Member(row.getString("external_id"), row.getString("name"), row.getString("email"),
                        row.getTimestamp("entered_at").toInstant(), row.getString("rule"), row.getString("reason"), row.getString("source")))).list();
        var page = Page.of(found, limit, row -> Long.toString(row.customer()));
        return new Page<>(page.items().stream().map(Row::member).toList(), page.next());
    }

    /** Adds a member to a static segment. @param source {@code manual}, {@code import}, {@code automation} or {@code api} */
    @Transactional
    public void add(String segment, long customerId, String source) {
        add(segment, List.of(customerId), source);
    }

    /** @return how many were no members before */
    @Transactional
    public int add(String segment, Collection<Long> customerIds, String source) {
        long id = staticId(segment);
        var entered = memberships.begin(customerIds.stream().distinct().map(customer -> new Memberships.Entry(new Memberships.Member(id, customer), source, null, null,
                "Added by " + who(source))).toList(), clock.instant());
        news.tell("segment.entered", entered, Map.of(id, segment), change -> source.equals("import") ? Event.Origin.IMPORT : Event.Origin.LIVE);
        tellRules(entered);
        return entered.size();
    }

    @Transactional
    public void remove(String segment, long customerId, String source) {
        remove(segment, List.of(customerId), source);
    }

    /** @return how many were members */
    @Transactional
    public int remove(String segment, Collection<Long> customerIds, String source) {
        long id = staticId(segment);
        var left = memberships.end(customerIds.stream().distinct().map(customer -> new Memberships.Exit(new Memberships.Member(id, customer),
                "Removed by " + who(source), null)).toList(), clock.instant());
        news.tell("segment.left", left, Map.of(id, segment), change -> Event.Origin.LIVE);
        tellRules(left);
        return left.size();
    }

    private long staticId(String segment) {
        if (!catalogue.isStatic(segment)) {
            throw Problem.conflict("Who is in '%s' is decided by a rule: members can't be added or removed by hand.".formatted(segment));
        }
        return catalogue.idOf(segment);
    }

    /** Rules may ask who is in this segment. */
    private void tellRules(List<Memberships.Change> changes) {
        if (!changes.isEmpty() && needs.now().reads("inSegment")) {
            looks.soon(changes.stream().map(change -> change.member().customerId()).toList());
        }
    }

    private static String who(String source) {
        return switch (source) {
            case "manual" -> "hand";
            case "import" -> "an import";
            case "automation" -> "a journey or a trigger";
            default -> "the API";
        };
    }
}
