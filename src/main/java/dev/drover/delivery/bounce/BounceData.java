package dev.drover.delivery.bounce;

import dev.drover.kernel.Json;
import dev.drover.kernel.Person;
import dev.drover.kernel.PersonalData;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What came back, with what the other side said. Before the ledger forgets whose its messages were. Who shares an address keeps their own. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class BounceData implements PersonalData {

    private static final String THEIRS = " (b.address = :email AND b.message_id IS NULL OR b.message_id IN (SELECT id FROM message WHERE customer_id = :id))";

    private final JdbcClient jdbc;

    BounceData(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String field() {
        return "bounces";
    }

    @Override
    public Object held(Person person) {
        return jdbc.sql("SELECT to_jsonb(b) - 'id' - 'mail_id' FROM bounce b WHERE" + THEIRS + " ORDER BY b.id").param("email", person.email()).param("id", person.id())
                .query((row, n) -> Json.map(row.getString(1))).list();
    }

    @Override
    public void erase(Person person) {
        jdbc.sql("UPDATE bounce b SET address = 'erased', text = '' WHERE" + THEIRS).param("email", person.email()).param("id", person.id()).update();
    }
}
