package dev.drover.ruleset;

import dev.drover.kernel.DroverSettings;
import dev.drover.kernel.PlatformClock;
import dev.drover.ruleset.fact.Cart;
import dev.drover.ruleset.fact.Customer;
import dev.drover.ruleset.fact.Orders;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** A rules folder and a database of their own: here a test may publish what would change what everybody's rules decide. */
final class RuleWorkshop {

    static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");

    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration/ruleset");

    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    final Path folder;
    final List<Object> news = java.util.Collections.synchronizedList(new ArrayList<>());
    final PlatformClock clock = new PlatformClock(Clock.systemUTC(), true, Duration.ZERO);
    private final DataSource database;

    RuleWorkshop(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("segments"));
        Files.createDirectories(folder.resolve("eligibility"));
        String schema = "rules_" + UUID.randomUUID().toString().replace("-", "");
        JdbcClient.create(Server.RUNNING.getPostgresDatabase()).sql("CREATE SCHEMA " + schema).update();
        this.database = new SimpleDriverDataSource(new org.postgresql.Driver(), Server.RUNNING.getJdbcUrl("postgres", "postgres") + "&currentSchema=" + schema);
        try (var migrations = Files.list(MIGRATIONS)) {
            migrations.sorted().forEach(script -> new ResourceDatabasePopulator(new FileSystemResource(script)).execute(database));
        }
    }

    /** An application that starts. */
    Rulesets start() {
        return start(Duration.ofSeconds(2));
    }

    Rulesets start(Duration budget) {
        return new Rulesets(new DroverSettings(folder, null, null, null, null, folder, folder), new RuleSettings(budget), JdbcClient.create(database),
                new DataSourceTransactionManager(database), clock, news::add);
    }

    void write(String path, String source) throws IOException {
        Files.writeString(folder.resolve(path), source);
    }

    void delete(String path) throws IOException {
        Files.delete(folder.resolve(path));
    }

    /** Whoever ordered enters the segment. */
    static String rule(String segment) {
        return """
                rule "edited" when
                    $c : Customer( orders.count >= 1 )
                then segments.enter($c, "%s", "ordered"); end
                """.formatted(segment);
    }

    static Customer customer(long id, Map<String, Object> attributes) {
        return new Customer(id, "NL", attributes, NOW, NOW, new Orders(1, BigDecimal.TEN, NOW, NOW, NOW), Cart.none(NOW));
    }

    static List<String> decided(Rulesets rulesets) {
        return keys(rulesets.decide("segments", List.of(customer(1, Map.of()))));
    }

    static List<String> keys(List<Verdict> verdicts) {
        return verdicts.stream().map(Verdict::key).toList();
    }
}
