package dev.drover.consent;

import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Addresses that nothing is sent to, transactional messages neither: dead, complained, erased. */
@Component
public class Suppressions {

    public record Suppression(Channel channel, String address, String reason, String source, Instant since) {}

    private final JdbcClient jdbc;
    private final PlatformClock clock;

    Suppressions(JdbcClient jdbc, PlatformClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public Optional<Suppression> find(Channel channel, String address) {
        return jdbc.sql("SELECT * FROM suppression WHERE channel = ? AND address = ?").param(channel.key()).param(normal(channel, address))
                .query((row, n) -> new Suppression(channel, row.getString("address"), row.getString("reason"), row.getString("source"),
                        row.getTimestamp("since").toInstant())).optional();
    }

    /** Adds the address; the first reason stands. */
    public void add(Channel channel, String address, String reason, String source) {
        jdbc.sql("INSERT INTO suppression (channel, address, reason, source, since) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
                .param(channel.key()).param(normal(channel, address)).param(reason).param(source).param(Timestamp.from(clock.instant())).update();
    }

    private static String normal(Channel channel, String address) {
        return channel == Channel.EMAIL ? address.strip().toLowerCase(Locale.ROOT) : address.strip();
    }
}
