package dev.drover.ruleset;

import dev.drover.kernel.PlatformClock;
import java.sql.Timestamp;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which rules are switched off, kept over restarts and for all instances. */
class SwitchedOffRules {

    private final JdbcClient jdbc;
    private final PlatformClock clock;

    SwitchedOffRules(JdbcClient jdbc, PlatformClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Of the versions that decide; a newer version starts afresh. */
    List<SwitchedOff> all() {
        return jdbc.sql("""
                SELECT path, rule, version, at, reason FROM rule_switched_off o
                 WHERE version = (SELECT max(version) FROM rule_version v WHERE v.path = o.path) ORDER BY path, rule""")
                .query((row, n) -> new SwitchedOff(row.getString(1), row.getString(2), row.getInt(3), row.getTimestamp(4).toInstant(), row.getString(5))).list();
    }

    void add(String path, String rule, int version, String reason) {
        jdbc.sql("INSERT INTO rule_switched_off (path, rule, version, at, reason) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
                .params(path, rule, version, Timestamp.from(clock.instant()), reason).update();
    }
}
