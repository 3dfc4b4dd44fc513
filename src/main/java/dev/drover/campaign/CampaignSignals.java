package dev.drover.campaign;

import dev.drover.engine.Engine;
import dev.drover.kernel.Json;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What a campaign's process is told. A signal is written in the transaction of what it tells of and handed to the engine afterwards, again until that
 * has it; it absorbs what it hears twice by the signal's key.
 */
@Component
class CampaignSignals {

    /** Each is waited for, or the process comes to wait for it within moments. */
    private static final Duration TIME_TO_LIVE = Duration.ofHours(6);
    private static final int AT_ONCE = 100;

    private record Untold(long id, String key, long campaign, int run, String name, Map<String, Object> variables) {}

    private final JdbcClient jdbc;
    private final Engine engine;

    CampaignSignals(JdbcClient jdbc, Engine engine) {
        this.jdbc = jdbc;
        this.engine = engine;
    }

    /** @param occasion what makes it another one than the last of that name */
    void write(long campaign, int run, String name, String occasion, Map<String, ?> variables) {
        jdbc.sql("INSERT INTO campaign_signal (key, campaign_id, run, name, variables) VALUES (?, ?, ?, ?, ?::jsonb) ON CONFLICT (key) DO NOTHING")
                .params("%s:%d:%d:%s:%s".formatted(name, campaign, run, engine.identity(), occasion), campaign, run, name, Json.write(variables)).update();
    }

    /** What its process knows itself by. */
    static String key(long campaign, int run) {
        return campaign + ":" + run;
    }

    boolean allTold() {
        return !jdbc.sql("SELECT EXISTS (SELECT FROM campaign_signal WHERE told_at IS NULL)").query(Boolean.class).single();
    }

    /** In the order they were written. @return whether there was any */
    boolean tell() {
        var untold = jdbc.sql("SELECT * FROM campaign_signal WHERE told_at IS NULL ORDER BY id LIMIT " + AT_ONCE).query((row, n) -> new Untold(row.getLong("id"), row.getString("key"),
                row.getLong("campaign_id"), row.getInt("run"), row.getString("name"), Json.map(row.getString("variables")))).list();
        for (Untold signal : untold) {
            try {
                engine.publish(signal.name(), key(signal.campaign(), signal.run()), "campaign:" + signal.key(), TIME_TO_LIVE, signal.variables()).join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            }
            jdbc.sql("UPDATE campaign_signal SET told_at = clock_timestamp() WHERE id = ?").param(signal.id()).update();
        }
        return !untold.isEmpty();
    }
}
