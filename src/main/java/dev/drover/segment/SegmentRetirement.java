package dev.drover.segment;

import dev.drover.eventlog.Event;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.ruleset.RuleEdit;
import dev.drover.ruleset.Rulesets;
import dev.drover.ruleset.language.Script;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Takes a segment away. Its past stays: who was in it, when and why. */
@Component
class SegmentRetirement {

    private static final int BATCH = 5_000;
    private static final String WHY = "The segment was taken away";

    private final JdbcClient jdbc;
    private final SegmentCatalogue catalogue;
    private final Memberships memberships;
    private final SegmentNews news;
    private final Rulesets rulesets;
    private final List<SegmentUse> uses;
    private final TransactionOperations transaction;
    private final PlatformClock clock;

    SegmentRetirement(JdbcClient jdbc, SegmentCatalogue catalogue, Memberships memberships, SegmentNews news, Rulesets rulesets, List<SegmentUse> uses,
            TransactionOperations transaction, PlatformClock clock) {
        this.jdbc = jdbc;
        this.catalogue = catalogue;
        this.memberships = memberships;
        this.news = news;
        this.rulesets = rulesets;
        this.uses = uses;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** @throws Problem not found; conflict when something depends on it, or its rule isn't its own */
    void retire(String key, String author, String origin) {
        var segment = catalogue.find(key).orElseThrow(() -> Problem.notFound("There is no segment '" + key + "'."));
        var users = new java.util.ArrayList<>(rulesAsking(key));
        uses.forEach(use -> users.addAll(use.of(key)));
        if (!users.isEmpty()) {
            throw Problem.conflict("'%s' is still asked for by %s.".formatted(key, String.join(", ", users)));
        }
        if (segment.ruleFile() != null && segment.active()) {
            var file = rulesets.file(segment.ruleFile());
            boolean alone = file.map(one -> Script.read("segments", one.source()).rules()).filter(rules -> rules.stream().allMatch(rule -> rule.enters().equals(Set.of(key)))).isPresent();
            if (!alone) {
                throw Problem.conflict("%s decides upon other segments, too: take the rule out in the editor.".formatted(segment.ruleFile()));
            }
            rulesets.retire(segment.ruleFile(), new RuleEdit(author, origin, WHY), null);
        }
        long id = catalogue.idOf(key);
        jdbc.sql("UPDATE customer_segment SET is_active = false, updated_at = ? WHERE id = ?").param(Timestamp.from(clock.instant())).param(id).update();
        while (Boolean.TRUE.equals(transaction.execute(status -> empty(id, key)))) {
            // A batch at a time: nobody waits for a transaction over a million rows.
        }
    }

    private List<String> rulesAsking(String key) {
        var asking = rulesets.understood("eligibility").entrySet().stream().filter(file -> file.getValue().stream().anyMatch(rule -> rule.asks().contains(key)))
                .map(file -> "the rules of " + file.getKey());
        return Stream.concat(rulesets.files().stream().filter(file -> file.group().equals("segments") && file.inForce() != null)
                .filter(file -> Script.read("segments", java.util.Objects.requireNonNull(file.inForce())).rules().stream().anyMatch(rule -> rule.asks().contains(key) && !rule.enters().contains(key)))
                .map(file -> "the rules of " + file.path()), asking).toList();
    }

    /** @return whether there may be more */
    private boolean empty(long id, String key) {
        var now = clock.instant();
        var exits = jdbc.sql("SELECT customer_id FROM segment_membership WHERE segment_id = ? AND left_at IS NULL ORDER BY customer_id LIMIT ?").param(id).param(BATCH)
                .query((row, n) -> new Memberships.Exit(new Memberships.Member(id, row.getLong(1)), WHY, null)).list();
        news.tell("segment.left", memberships.end(exits, now), Map.of(id, key), change -> Event.Origin.LIVE);
        return exits.size() == BATCH;
    }
}
