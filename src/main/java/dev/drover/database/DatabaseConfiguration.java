package dev.drover.database;

import com.zaxxer.hikari.HikariDataSource;
import dev.drover.kernel.DatabaseKind;
import dev.drover.kernel.DroverSettings;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;

@Configuration
@EnableConfigurationProperties(DatabaseSettings.class)
class DatabaseConfiguration {

    @Configuration
    @ConditionalOnProperty(name = "drover.database.url", matchIfMissing = true, havingValue = "embedded")
    static class Embedded {

        @Bean
        EmbeddedServer embeddedServer(DroverSettings settings) {
            return EmbeddedServer.start(settings.home().resolve("postgres"));
        }

        @Bean
        HikariDataSource dataSource(EmbeddedServer server, DatabaseSettings settings) {
            return pool(server.url(), "postgres", "postgres", settings.pool());
        }

        @Bean
        DatabaseKind databaseKind() {
            return DatabaseKind.EMBEDDED;
        }
    }

    @Configuration
    @ConditionalOnMissingBean(EmbeddedServer.class)
    @ConditionalOnProperty("drover.database.url")
    static class External {

        @Bean
        HikariDataSource dataSource(DatabaseSettings settings) {
            return pool(settings.url(), settings.user(), settings.password(), settings.pool());
        }

        @Bean
        DatabaseKind databaseKind() {
            return DatabaseKind.EXTERNAL;
        }
    }

    private static HikariDataSource pool(String url, String user, String password, int size) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setUsername(user);
        pool.setPassword(password);
        pool.setMaximumPoolSize(size);
        pool.setPoolName("drover");
        return pool;
    }
}
