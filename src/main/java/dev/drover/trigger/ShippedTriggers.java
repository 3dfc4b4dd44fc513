package dev.drover.trigger;

import dev.drover.kernel.DroverSettings;
import dev.drover.kernel.Json;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the triggers of {@code workflows/triggers/*.json}, which begin the journeys that come along: each file is what {@code POST /api/v1/triggers}
 * takes. Each once: what somebody changes stays changed, and whoever deletes one is rid of it. One that can't be made is told, and tried again at the
 * next start.
 */
@Component
@Order(15)
class ShippedTriggers implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(ShippedTriggers.class);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final TriggerDefinitions definitions;
    private final TriggerSettings settings;
    private final PlatformClock clock;
    private final Path folder;

    ShippedTriggers(JdbcClient jdbc, TransactionTemplate transaction, TriggerDefinitions definitions, TriggerSettings settings, PlatformClock clock, DroverSettings drover) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.definitions = definitions;
        this.settings = settings;
        this.clock = clock;
        this.folder = drover.workflows().resolve("triggers");
    }

    @Override
    public void run(ApplicationArguments arguments) throws IOException {
        boolean active = Objects.requireNonNullElseGet(settings.shippedActive(), () -> !jdbc.sql("SELECT EXISTS (SELECT 1 FROM customer)").query(Boolean.class).single());
        for (Path file : files()) {
            try {
                var wanted = Json.read(Files.readString(file), TriggerInput.class);
                if (ship(wanted.withActive(active && !Boolean.FALSE.equals(wanted.active())), "drover") && !active) {
                    log.info("The trigger {} has come along, switched off: look at it on the page Triggers, and switch it on", wanted.key());
                }
            } catch (Problem refused) {
                log.error("triggers/{}: {} {} This trigger isn't made", file.getFileName(), refused.getMessage(), refused.errors());
            }
        }
    }

    /**
     * Makes a trigger unless it came along before, or somebody has made one of this key.
     *
     * @return whether it was made
     * @throws Problem rejected, with what is wrong
     */
    boolean ship(TriggerInput wanted, String author) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            boolean fresh = jdbc.sql("INSERT INTO shipped_trigger (key, shipped_at) SELECT :key, :now WHERE NOT EXISTS (SELECT 1 FROM marketing_trigger WHERE key = :key) ON CONFLICT DO NOTHING")
                    .param("key", Objects.requireNonNullElse(wanted.key(), "")).param("now", Timestamp.from(clock.instant())).update() == 1;
            if (fresh) {
                definitions.create(wanted, author);
            }
            return fresh;
        }));
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var paths = Files.list(folder)) {
            return paths.filter(path -> path.toString().endsWith(".json")).sorted().toList();
        }
    }
}
