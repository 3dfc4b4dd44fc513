package dev.drover.delivery;

import dev.drover.kernel.Person;
import dev.drover.kernel.PersonalData;
import dev.drover.tracking.Engagements;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The ledger: rows stay and are counted, as nobody's; what they said, and where they went, goes. What waits to leave stays here. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
class MessageData implements PersonalData {

    private final JdbcClient jdbc;
    private final MessageLedger ledger;
    private final Engagements engagements;

    MessageData(JdbcClient jdbc, MessageLedger ledger, Engagements engagements) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.engagements = engagements;
    }

    @Override
    public String field() {
        return "messages";
    }

    @Override
    public Object held(Person person) {
        return jdbc.sql(MessageRow.FROM + " WHERE m.customer_id = ? ORDER BY m.id").param(person.id()).query(new MessageRow()).list().stream().map(message -> {
            Map<String, Object> view = MessageApi.view(message);
            ledger.content(message.id()).ifPresent(kept -> {
                view.put("content", kept.content());
                view.put("data", kept.data());
            });
            view.put("steps", ledger.steps(message.id()));
            view.put("engagements", engagements.ofMessage(message.id()));
            return view;
        }).toList();
    }

    @Override
    public void erase(Person person) {
        // Whoever writes a message for the customer holds the one, whoever writes for many the other: none comes in between. In this order, since whoever holds
        // the one may come for the row. The row keeps everybody else who refers to it waiting, too, while the holders after this one erase.
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('delivery'), hashtext(?))").param(Long.toString(person.id())).query(row -> { });
        jdbc.sql("SELECT FROM customer WHERE id = ? FOR UPDATE").param(person.id()).query(row -> { });
        jdbc.sql("DELETE FROM message_content WHERE message_id IN (SELECT id FROM message WHERE customer_id = ?)").param(person.id()).update();
        jdbc.sql("DELETE FROM captured_message WHERE message_id IN (SELECT id FROM message WHERE customer_id = ?)").param(person.id()).update();
        jdbc.sql("UPDATE message_step SET reason = NULL WHERE message_id IN (SELECT id FROM message WHERE customer_id = ?)").param(person.id()).update();
        // The key and the reason may hold whatever a caller or a provider said. One that is just being handed over is let go of: what comes of it nobody
        // may write down any more, since it could tell the address.
        jdbc.sql("""
                UPDATE message SET customer_id = NULL, address = NULL, key = 'erased:' || id, lease_owner = NULL, lease_until = NULL,
                       rule = CASE WHEN status IN ('queued', 'deferred') THEN 'erased' ELSE rule END,
                       reason = CASE status WHEN 'queued' THEN 'the customer is gone' WHEN 'deferred' THEN 'the customer is gone'
                                            WHEN 'sending' THEN 'in flight when the customer was erased' END,
                       status = CASE status WHEN 'queued' THEN 'skipped' WHEN 'deferred' THEN 'skipped' WHEN 'sending' THEN 'unknown' ELSE status END
                 WHERE customer_id = ?""").param(person.id()).update();
    }
}
