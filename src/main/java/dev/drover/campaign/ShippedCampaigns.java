package dev.drover.campaign;

import dev.drover.campaign.Runs.Run;
import dev.drover.engine.Engine;
import dev.drover.kernel.DroverSettings;
import dev.drover.kernel.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Deploys {@code workflows/campaigns/*.bpmn} at start, and begins anew the processes that went with an engine's data: how far they are is in our rows. */
@Component
@Order(13)
class ShippedCampaigns implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(ShippedCampaigns.class);

    private final Engine engine;
    private final Runs runs;
    private final CampaignPlanning planning;
    private final TransactionTemplate transaction;
    private final Path folder;

    ShippedCampaigns(Engine engine, Runs runs, CampaignPlanning planning, TransactionTemplate transaction, DroverSettings settings) {
        this.engine = engine;
        this.runs = runs;
        this.planning = planning;
        this.transaction = transaction;
        this.folder = settings.workflows().resolve("campaigns");
    }

    @Override
    public void run(ApplicationArguments arguments) throws IOException {
        engine.deploy(diagrams()).forEach(deployed -> log.info("Campaigns run by {} in version {}", deployed.processId(), deployed.version()));
        transaction.executeWithoutResult(status -> runs.adopt(engine.identity()).forEach(this::beginAnew));
    }

    private void beginAnew(Run run) {
        planning.begin(run.campaign(), run.number(), run.dueAt());
        if (run.phase().equals("cancelling")) {
            // The process that heard of it is no more, and what it hadn't taken back is still to be.
            planning.cancel(run.campaign(), run.number());
        }
    }

    private Map<String, byte[]> diagrams() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new StartFailure("There is no campaigns folder at %s.".formatted(folder.toAbsolutePath()), "Start in the checkout, or set DROVER_WORKFLOWS.", null);
        }
        var found = new LinkedHashMap<String, byte[]>();
        try (var paths = Files.list(folder)) {
            for (Path path : paths.filter(path -> path.toString().endsWith(".bpmn")).sorted().toList()) {
                found.put(path.getFileName().toString(), Files.readAllBytes(path));
            }
        }
        return found;
    }
}
