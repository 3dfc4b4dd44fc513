package dev.drover.tracking;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What became of a message after it arrived. */
@Component
public class Engagements {

    private static final int MOST = 200;

    /**
     * @param kind    {@code open}, {@code click}, or {@code trap} for the link that people don't see
     * @param url     where a click led; {@code null}: it was none
     * @param device  {@code desktop}, {@code mobile}, {@code tablet} or {@code unknown}
     * @param client  the program's name, or {@code unknown}
     * @param machine why it was no person; {@code null}: it was one, or it isn't decided yet
     * @param why     the same in words
     * @param decided within seconds
     * @param human   whether it counts
     */
    public record Engagement(String kind, Instant at, @Nullable String url, String device, String client, @Nullable String machine, @Nullable String why,
            boolean decided, boolean human) {}

    private final JdbcClient jdbc;

    Engagements(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The first ones, oldest first. */
    public List<Engagement> ofMessage(long messageId) {
        return jdbc.sql("SELECT e.*, l.url FROM engagement e LEFT JOIN tracked_link l ON l.id = e.link_id WHERE e.message_id = ? ORDER BY e.at, e.id LIMIT " + MOST)
                .param(messageId).query((row, n) -> {
                    String machine = row.getString("machine");
                    boolean decided = row.getBoolean("decided");
                    return new Engagement(row.getString("kind"), row.getTimestamp("at").toInstant(), row.getString("url"), row.getString("device"),
                            row.getString("client"), machine, machine == null ? null : Machine.inWords(machine), decided, decided && machine == null);
                }).list();
    }
}
