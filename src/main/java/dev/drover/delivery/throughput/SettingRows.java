package dev.drover.delivery.throughput;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The settings as they are kept. */
@Component
class SettingRows {

    private final JdbcClient jdbc;

    SettingRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Map<String, Settings> all() {
        var domains = new HashMap<String, Map<String, DomainLimit>>();
        jdbc.sql("SELECT * FROM provider_domain").query(row -> {
            domains.computeIfAbsent(row.getString("provider"), provider -> new HashMap<>())
                    .put(row.getString("domain"), new DomainLimit(row.getString("domain"), rate(row), row.getObject("per_day", Integer.class)));
        });
        var found = new HashMap<String, Settings>();
        jdbc.sql("SELECT * FROM provider_setting").query(row -> {
            String provider = row.getString("provider");
            found.put(provider, new Settings(row.getBoolean("enabled"), row.getInt("weight"), rate(row), row.getObject("per_day", Integer.class), warmUp(row),
                    Map.copyOf(domains.getOrDefault(provider, Map.of()))));
        });
        return found;
    }

    /** In the caller's transaction. */
    void save(String provider, Settings settings) {
        var warmUp = settings.warmUp();
        jdbc.sql("""
                INSERT INTO provider_setting (provider, enabled, weight, per_second, per_day, warm_up_start, warm_up_limits, warm_up_growth)
                VALUES (:provider, :enabled, :weight, :perSecond, :perDay, :start, :limits, :growth)
                ON CONFLICT (provider) DO UPDATE SET enabled = excluded.enabled, weight = excluded.weight, per_second = excluded.per_second,
                       per_day = excluded.per_day, warm_up_start = excluded.warm_up_start, warm_up_limits = excluded.warm_up_limits,
                       warm_up_growth = excluded.warm_up_growth""")
                .param("provider", provider).param("enabled", settings.enabled()).param("weight", settings.weight())
                .param("perSecond", settings.perSecond(), Types.NUMERIC).param("perDay", settings.perDay(), Types.INTEGER)
                .param("start", warmUp == null ? null : Date.valueOf(warmUp.start()), Types.DATE)
                .param("limits", warmUp == null ? null : warmUp.limits().toArray(Integer[]::new), Types.ARRAY)
                .param("growth", warmUp == null ? null : warmUp.growth(), Types.NUMERIC).update();
        jdbc.sql("DELETE FROM provider_domain WHERE provider = ?").param(provider).update();
        settings.domains().values().forEach(limit -> jdbc.sql("INSERT INTO provider_domain (provider, domain, per_second, per_day) VALUES (?, ?, ?, ?)")
                .param(1, provider).param(2, limit.domain()).param(3, limit.perSecond(), Types.NUMERIC).param(4, limit.perDay(), Types.INTEGER).update());
    }

    private static @Nullable BigDecimal rate(ResultSet row) throws SQLException {
        var rate = row.getBigDecimal("per_second");
        return rate == null ? null : rate.stripTrailingZeros();
    }

    private static @Nullable WarmUp warmUp(ResultSet row) throws SQLException {
        var start = row.getDate("warm_up_start");
        Array limits = row.getArray("warm_up_limits");
        if (start == null || limits == null) {
            return null;
        }
        var growth = row.getBigDecimal("warm_up_growth");
        return new WarmUp(start.toLocalDate(), List.of((Integer[]) limits.getArray()), growth == null ? null : growth.stripTrailingZeros());
    }
}
