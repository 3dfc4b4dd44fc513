package dev.drover.segment;

import dev.drover.facts.Whom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The segments that customers are in and no rule decides, by customer. */
@Component
class StandingSegments {

    private final JdbcTemplate jdbc;

    StandingSegments(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    Map<Long, Set<String>> of(Whom whom) {
        var standing = new HashMap<Long, Set<String>>();
        jdbc.query(connection -> {
            var statement = connection.prepareStatement("SELECT m.customer_id, s.key FROM segment_membership m JOIN customer_segment s ON s.id = m.segment_id "
                    + "WHERE m.left_at IS NULL AND (s.rule_file IS NULL OR NOT s.is_active) AND " + whom.in("m.customer_id"));
            whom.bind(statement, 1);
            return statement;
        }, row -> {
            standing.computeIfAbsent(row.getLong(1), customer -> new HashSet<>()).add(row.getString(2));
        });
        return standing;
    }
}
