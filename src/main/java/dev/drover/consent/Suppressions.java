package dev.drover.consent;

import dev.drover.kernel.Channel;
import dev.drover.kernel.EmailAddress;
import dev.drover.kernel.Page;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.kernel.SignedTokens;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Addresses that nothing is sent to, transactional messages neither: dead, complained, erased. */
@Component
public class Suppressions {

    /** Only the person may take these back: they said so. */
    private static final Set<String> THEIR_OWN_WORD = Set.of("complaint", "stop", "erased");
    /** Said in so many words on a list from elsewhere; staff may take these off, too. */
    private static final Set<String> LEFT_ELSEWHERE = Set.of("unsubscribe", "unsubscribed", "opt-out");
    private static final Set<String> PUT_HERE_BY_STAFF = Set.of(SuppressionList.MANUAL, SuppressionList.IMPORTED);
    private static final String PURPOSE = "suppression";

    /** Where a message goes. */
    public record Address(Channel channel, String address) {}

    /** @param hashed the person was erased: {@code address} is what nobody can read it from @param note in the words of whoever added it */
    public record Suppression(Channel channel, String address, String reason, String source, Instant since, boolean hashed, @Nullable String note) {

        /** Whether a member of staff may take it off the list. */
        public boolean removable() {
            return !THEIR_OWN_WORD.contains(reason);
        }

        /** Whether its owner's confirmed word takes it off: what they said themselves and what a mail server said. Not what staff put here for reasons of their own. */
        public boolean theirs() {
            return THEIR_OWN_WORD.contains(reason) || LEFT_ELSEWHERE.contains(reason) || !PUT_HERE_BY_STAFF.contains(source);
        }

        /** Its owner wants nothing; otherwise the address itself is in trouble, or the shop doesn't want to. */
        boolean refused() {
            return THEIR_OWN_WORD.contains(reason) || LEFT_ELSEWHERE.contains(reason);
        }
    }

    private static final RowMapper<Suppression> ROW = (row, n) -> new Suppression(Channel.of(row.getString("channel")), row.getString("address"),
            row.getString("reason"), row.getString("source"), row.getTimestamp("since").toInstant(), row.getBoolean("hashed"), row.getString("note"));

    private final JdbcClient jdbc;
    private final SignedTokens tokens;
    private final PlatformClock clock;

    Suppressions(JdbcClient jdbc, SignedTokens tokens, PlatformClock clock) {
        this.jdbc = jdbc;
        this.tokens = tokens;
        this.clock = clock;
    }

    public Optional<Suppression> find(Channel channel, String address) {
        return jdbc.sql("SELECT * FROM suppression WHERE channel = ? AND address IN (?, ?) LIMIT 1").param(channel.key()).param(normal(channel, address))
                .param(hash(channel, address)).query(ROW).optional();
    }

    /** Why some of these addresses are suppressed, in one question; those that aren't are left out. */
    public Map<Address, String> reasons(Collection<Address> addresses) {
        var asked = List.copyOf(addresses);
        var found = new HashMap<Address, String>();
        if (!asked.isEmpty()) {
            jdbc.sql("""
                    SELECT asked.n, s.reason FROM unnest(:channels, :addresses, :hashes) WITH ORDINALITY AS asked (channel, address, hash, n)
                      JOIN suppression s ON s.channel = asked.channel AND s.address IN (asked.address, asked.hash)""")
                    .param("channels", asked.stream().map(one -> one.channel().key()).toArray(String[]::new))
                    .param("addresses", asked.stream().map(one -> normal(one.channel(), one.address())).toArray(String[]::new))
                    .param("hashes", asked.stream().map(one -> hash(one.channel(), one.address())).toArray(String[]::new))
                    .query(row -> {
                        found.put(asked.get(row.getInt(1) - 1), row.getString(2));
                    });
        }
        return found;
    }

    /** Adds the address; the first reason stands. */
    public void add(Channel channel, String address, String reason, String source) {
        add(channel, address, reason, source, null);
    }

    /** @return whether it wasn't there */
    boolean add(Channel channel, String address, String reason, String source, @Nullable String note) {
        return jdbc.sql("""
                INSERT INTO suppression (channel, address, reason, source, since, note) SELECT :channel, :address, :reason, :source, :since, :note
                 WHERE NOT EXISTS (SELECT 1 FROM suppression WHERE channel = :channel AND address = :hash) ON CONFLICT DO NOTHING""")
                .param("channel", channel.key()).param("address", normal(channel, address)).param("hash", hash(channel, address)).param("reason", reason)
                .param("source", source).param("since", Timestamp.from(clock.instant())).param("note", note).update() == 1;
    }

    /** @throws Problem conflict when it is the person's own word */
    boolean remove(Channel channel, String address) {
        var found = jdbc.sql("SELECT * FROM suppression WHERE channel = ? AND address = ? FOR UPDATE").param(channel.key()).param(normal(channel, address)).query(ROW).optional();
        found.filter(one -> !one.removable()).ifPresent(one -> {
            throw Problem.conflict("This address is on the list by its owner's own word (%s). Only they can take that back.".formatted(one.reason()));
        });
        return jdbc.sql("DELETE FROM suppression WHERE channel = ? AND address = ?").param(channel.key()).param(normal(channel, address)).update() == 1;
    }

    /** Its owner has shown that it is theirs, and that they want to be written to. In the caller's transaction. @return what stood against it until now */
    public Optional<Suppression> lift(Channel channel, String address) {
        return jdbc.sql("SELECT * FROM suppression WHERE channel = ? AND address IN (?, ?) FOR UPDATE").param(channel.key()).param(normal(channel, address))
                .param(hash(channel, address)).query(ROW).list().stream().filter(Suppression::theirs)
                .filter(one -> jdbc.sql("DELETE FROM suppression WHERE channel = ? AND address = ?").param(channel.key()).param(one.address()).update() == 1).findFirst();
    }

    /** From now on the address is known only by its hash: it stays suppressed, and can't be read. */
    void hide(Channel channel, String address) {
        jdbc.sql("UPDATE suppression SET address = ?, hashed = true, note = NULL WHERE channel = ? AND address = ?").param(hash(channel, address)).param(channel.key())
                .param(normal(channel, address)).update();
    }

    /** Newest first. @param search the beginning of an address; a whole one also finds what is kept of an erased person */
    Page<Suppression> list(@Nullable String search, @Nullable String channel, @Nullable String reason, @Nullable String after, int limit) {
        var where = new ArrayList<String>(List.of("true"));
        var values = new ArrayList<Object>();
        if (search != null && !search.isBlank()) {
            String prefix = search.strip().toLowerCase(Locale.ROOT);
            where.add("(address LIKE ? OR address = ANY(?))");
            values.add(prefix.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_").replace("\0", "") + "%");
            values.add(Arrays.stream(Channel.values()).map(one -> hash(one, search)).toArray(String[]::new));
        }
        if (channel != null && !channel.isBlank()) {
            where.add("channel = ?");
            values.add(Channel.of(channel).key());
        }
        if (reason != null && !reason.isBlank()) {
            where.add("reason = ?");
            values.add(reason.replace("\0", ""));
        }
        String key = Page.key(after);
        if (key != null) {
            where.add("(since, channel, address) < (?::timestamptz, ?, ?)");
            values.addAll(position(key));
        }
        var found = jdbc.sql("SELECT * FROM suppression WHERE %s ORDER BY since DESC, channel DESC, address DESC LIMIT %d".formatted(String.join(" AND ", where), limit + 1))
                .params(values).query(ROW).list();
        return Page.of(found, limit, one -> one.since() + " " + one.channel().key() + " " + one.address());
    }

    /** How many there are, by reason, the most frequent first. */
    Map<String, Long> reasons() {
        var counts = new LinkedHashMap<String, Long>();
        jdbc.sql("SELECT reason, count(*) FROM suppression GROUP BY reason ORDER BY count(*) DESC, reason").query(row -> {
            counts.put(row.getString(1), row.getLong(2));
        });
        return counts;
    }

    private static List<String> position(String key) {
        String[] parts = key.split(" ", 3);
        try {
            Instant.parse(parts[0]);
            return List.of(parts[0], parts[1], parts[2]);
        } catch (RuntimeException e) {
            throw Page.notOurs();
        }
    }

    private String hash(Channel channel, String address) {
        return "#" + tokens.fingerprint(PURPOSE, channel.key() + ":" + normal(channel, address));
    }

    static String normal(Channel channel, String address) {
        return channel == Channel.EMAIL ? EmailAddress.normal(address) : channel == Channel.SMS ? address.replaceAll("[\\s().-]", "") : address.strip();
    }
}
