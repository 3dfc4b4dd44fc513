package dev.drover.segment;

import dev.drover.kernel.Json;
import dev.drover.kernel.Person;
import dev.drover.kernel.PersonalData;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Every stay in a segment, with its reasons. Rows have no foreign key and go by a trigger, when the customer's row does. */
@Component
class SegmentData implements PersonalData {

    private final JdbcClient jdbc;

    SegmentData(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String field() {
        return "segmentHistory";
    }

    @Override
    public Object held(Person person) {
        return jdbc.sql("""
                SELECT jsonb_build_object('segment', s.key, 'name', s.name, 'enteredAt', m.entered_at, 'leftAt', m.left_at, 'source', m.source, 'reason', m.reason,
                           'leftReason', m.left_reason)
                  FROM segment_membership m JOIN customer_segment s ON s.id = m.segment_id WHERE m.customer_id = ? ORDER BY m.entered_at""")
                .param(person.id()).query((row, n) -> Json.map(row.getString(1))).list();
    }

    @Override
    public void erase(Person person) {}
}
