package dev.drover.journey;

import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Drawings that aren't deployed yet, be they right or wrong. One per journey: whoever saves says which one they began from. */
@Component
class Drafts {

    /** @param revision counts what was saved, from 1 */
    record Draft(String journeyId, String xml, int revision, String author, Instant updatedAt) {}

    private static final RowMapper<Draft> DRAFT = (row, n) -> new Draft(row.getString("journey_id"), row.getString("xml"), row.getInt("revision"),
            row.getString("author"), row.getTimestamp("updated_at").toInstant());

    private final JdbcClient jdbc;
    private final PlatformClock clock;

    Drafts(JdbcClient jdbc, PlatformClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    List<Draft> all() {
        return jdbc.sql("SELECT * FROM journey_draft ORDER BY journey_id").query(DRAFT).list();
    }

    Optional<Draft> find(String journeyId) {
        return jdbc.sql("SELECT * FROM journey_draft WHERE journey_id = ?").param(journeyId).query(DRAFT).optional();
    }

    /**
     * @param revision that its author saw; 0: none
     * @return the new revision
     * @throws Problem conflict when somebody saved meanwhile
     */
    int save(String journeyId, String xml, int revision, String author) {
        var now = Timestamp.from(clock.instant());
        int written = revision == 0
                ? jdbc.sql("INSERT INTO journey_draft (journey_id, xml, revision, author, updated_at) VALUES (?, ?, 1, ?, ?) ON CONFLICT DO NOTHING")
                        .param(journeyId).param(xml).param(author).param(now).update()
                : jdbc.sql("UPDATE journey_draft SET xml = ?, revision = revision + 1, author = ?, updated_at = ? WHERE journey_id = ? AND revision = ?")
                        .param(xml).param(author).param(now).param(journeyId).param(revision).update();
        if (written == 0) {
            throw Problem.conflict(find(journeyId).map(other -> "%s changed this drawing meanwhile.".formatted(other.author()))
                    .orElse("This drawing was deployed or discarded meanwhile."));
        }
        return revision + 1;
    }

    void discard(String journeyId) {
        jdbc.sql("DELETE FROM journey_draft WHERE journey_id = ?").param(journeyId).update();
    }
}
