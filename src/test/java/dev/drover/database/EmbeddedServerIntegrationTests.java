package dev.drover.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServerIntegrationTests {

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    void keepsItsDataOverARestart() throws Exception {
        try (var server = EmbeddedServer.start(directory)) {
            execute(server, "CREATE TABLE kept (n int)");
            execute(server, "INSERT INTO kept VALUES (7)");
        }
        try (var server = EmbeddedServer.start(directory)) {
            assertThat(number(server, "SELECT n FROM kept")).isEqualTo(7);
        }
    }

    @Test
    void isDurable() throws Exception {
        try (var server = EmbeddedServer.start(directory)) {
            assertThat(number(server, "SELECT count(*) FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes') AND setting = 'on'"))
                    .isEqualTo(3);
        }
    }

    @Test
    void refusesASecondServerOnItsDirectory() throws Exception {
        try (var server = EmbeddedServer.start(directory)) {
            assertThatThrownBy(() -> EmbeddedServer.start(directory)).hasMessageContaining("Another Drover is running on");
            assertThat(number(server, "SELECT 1")).isEqualTo(1);
        }
    }

    @Test
    void leavesSomebodyElsesProcessAlone() throws Exception {
        try (var server = EmbeddedServer.start(directory)) {
            execute(server, "SELECT 1");
        }
        var stranger = new ProcessBuilder("sleep", "60").start();
        try {
            // After a crash and a reboot the number in the file may be anybody's.
            Files.writeString(directory.resolve("data/postmaster.pid"), stranger.pid() + "\n");
            try (var server = EmbeddedServer.start(directory)) {
                assertThat(number(server, "SELECT 1")).isEqualTo(1);
                assertThat(stranger.isAlive()).isTrue();
            }
        } finally {
            stranger.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static void execute(EmbeddedServer server, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(server.url()); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int number(EmbeddedServer server, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(server.url()); var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
