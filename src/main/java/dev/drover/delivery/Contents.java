package dev.drover.delivery;

import dev.drover.audience.Customer;
import dev.drover.delivery.Composer.Composed;
import dev.drover.delivery.Outbox.Claimed;
import dev.drover.kernel.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What messages say, with the data they were rendered from. One of a mailing is rendered from both whenever it is asked for. */
@Component
class Contents {

    /** @param data the snapshot the message was rendered from */
    record Kept(MessageContent content, Map<String, Object> data) {}

    /** Of a claim. A message that can't be rendered throws for itself alone. */
    record Texts(Map<Long, MessageContent> made, Map<Long, RuntimeException> failed) {

        MessageContent of(Claimed message) {
            var failure = failed.get(message.id());
            if (failure != null) {
                throw failure;
            }
            return Objects.requireNonNull(made.get(message.id()), "what the message says is gone");
        }
    }

    private final JdbcClient jdbc;
    private final Composer composer;
    private final Mailings mailings;
    private final Senders senders;

    Contents(JdbcClient jdbc, Composer composer, Mailings mailings, Senders senders) {
        this.jdbc = jdbc;
        this.composer = composer;
        this.mailings = mailings;
        this.senders = senders;
    }

    /** @param rendered by message */
    void keep(Map<Long, Composed> rendered) {
        var all = rendered.values();
        jdbc.sql("""
                INSERT INTO message_content (message_id, data, subject, preheader, html, text, headers)
                SELECT id, data::jsonb, subject, preheader, html, text, headers::jsonb
                  FROM unnest(:ids, :data, :subjects, :preheaders, :htmls, :texts, :headers) AS fresh (id, data, subject, preheader, html, text, headers)""")
                .param("ids", rendered.keySet().toArray(Long[]::new)).param("data", texts(all, one -> Json.write(one.data()))).param("subjects", texts(all, one -> one.content().subject()))
                .param("preheaders", texts(all, one -> one.content().preheader())).param("htmls", texts(all, one -> one.content().html()))
                .param("texts", texts(all, one -> one.content().text())).param("headers", texts(all, one -> Json.write(one.content().headers()))).update();
    }

    private static String[] texts(Collection<Composed> all, Function<Composed, @Nullable String> what) {
        return all.stream().map(what).toArray(String[]::new);
    }

    /** Empty for a message that was never rendered: it was skipped when it was asked for, or it waits for its turn. */
    Optional<Kept> find(long id) {
        return jdbc.sql("SELECT c.*, m.mailing_id FROM message_content c JOIN message m ON m.id = c.message_id WHERE c.message_id = ?").param(id).query((row, n) -> {
            var data = Json.map(row.getString("data"));
            return new Kept(row.getString("headers") == null ? composer.again(mailings.text(row.getLong("mailing_id")), data, mailings.sender(row.getLong("mailing_id"), senders.standard())) : rendered(row), data);
        }).optional();
    }

    /** Those of a mailing are rendered here, and what they were rendered from is kept before any of them leaves. */
    Texts of(Collection<Claimed> messages, Map<Long, Customer> people, Sender sender) {
        var texts = new Texts(new HashMap<>(), new HashMap<>());
        var data = read(messages, texts.made());
        var fresh = new LinkedHashMap<Long, Composed>();
        for (Claimed message : messages) {
            if (message.mailing() == null || texts.made().containsKey(message.id())) {
                continue;
            }
            try {
                var template = mailings.text(message.mailing());
                var from = mailings.sender(message.mailing(), sender);
                var known = data.get(message.id());
                if (known == null) {
                    var composed = composer.compose(template, people.get(message.customerId()), from, Map.of(), null);
                    fresh.put(message.id(), composed);
                    texts.made().put(message.id(), composed.content());
                } else {
                    texts.made().put(message.id(), composer.again(template, known, from));
                }
            } catch (RuntimeException e) {
                texts.failed().put(message.id(), e);
            }
        }
        keepData(fresh);
        return texts;
    }

    /** @param made gets what was rendered already @return the data of what wasn't */
    private Map<Long, Map<String, Object>> read(Collection<Claimed> messages, Map<Long, MessageContent> made) {
        var data = new HashMap<Long, Map<String, Object>>();
        jdbc.sql("SELECT * FROM message_content WHERE message_id = ANY(?)").param(messages.stream().map(Claimed::id).toArray(Long[]::new)).query(row -> {
            if (row.getString("headers") == null) {
                data.put(row.getLong("message_id"), Json.map(row.getString("data")));
            } else {
                made.put(row.getLong("message_id"), rendered(row));
            }
        });
        return data;
    }

    private void keepData(Map<Long, Composed> fresh) {
        if (fresh.isEmpty()) {
            return;
        }
        jdbc.sql("""
                INSERT INTO message_content (message_id, data, subject, preheader)
                SELECT id, data::jsonb, subject, preheader FROM unnest(:ids, :data, :subjects, :preheaders) AS fresh (id, data, subject, preheader)
                ON CONFLICT (message_id) DO NOTHING""")
                .param("ids", fresh.keySet().toArray(Long[]::new)).param("data", texts(fresh.values(), one -> Json.write(one.data())))
                .param("subjects", texts(fresh.values(), one -> one.content().subject())).param("preheaders", texts(fresh.values(), one -> one.content().preheader())).update();
    }

    private static MessageContent rendered(ResultSet row) throws SQLException {
        var headers = new LinkedHashMap<String, String>();
        Json.map(row.getString("headers")).forEach((name, value) -> headers.put(name, value.toString()));
        return new MessageContent(row.getString("subject"), row.getString("preheader"), row.getString("html"), row.getString("text"), headers);
    }
}
