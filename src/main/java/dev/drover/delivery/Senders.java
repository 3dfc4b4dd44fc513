package dev.drover.delivery;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class Senders {

    private final JdbcClient jdbc;

    Senders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Sender standard() {
        return jdbc.sql("SELECT * FROM sender_identity WHERE is_default").query((row, n) -> new Sender(row.getString("key"), row.getString("name"),
                row.getString("from_address"), row.getString("reply_to"), row.getString("postal_address"), row.getString("logo_url"))).single();
    }
}
