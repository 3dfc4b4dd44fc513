package dev.drover.database;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param url  JDBC URL of an external PostgreSQL 16 or newer; {@code null}: the embedded one
 * @param pool connections kept, at most
 */
@ConfigurationProperties("drover.database")
record DatabaseSettings(@Nullable String url, @Nullable String user, @Nullable String password, @DefaultValue("16") int pool) {

    DatabaseSettings {
        if (url != null && !url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("DROVER_DATABASE_URL must begin with jdbc:postgresql: (it is '%s').".formatted(url));
        }
    }
}
