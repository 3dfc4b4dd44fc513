package dev.drover.engine;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Where the engine's exporter writes: the same PostgreSQL as ours, by a connection of its own. */
record HistoryTarget(String url, String user, String password) {

    static HistoryTarget of(DataSource dataSource) {
        try {
            var pool = dataSource.unwrap(HikariDataSource.class);
            return new HistoryTarget(pool.getJdbcUrl(), text(pool.getUsername()), text(pool.getPassword()));
        } catch (SQLException e) {
            throw new IllegalStateException("The data source isn't the pool we made", e);
        }
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    @Override
    public String toString() {
        return "HistoryTarget[" + url + "]";
    }
}
