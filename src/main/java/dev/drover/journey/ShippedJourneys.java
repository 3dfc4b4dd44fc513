package dev.drover.journey;

import dev.drover.kernel.DroverSettings;
import dev.drover.kernel.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Deploys {@code workflows/journeys/*.bpmn} at start, and whatever else the engine should have but lost. */
@Component
@Order(12)
class ShippedJourneys implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(ShippedJourneys.class);

    private final Journeys journeys;
    private final EventPublisher publisher;
    private final Path folder;

    ShippedJourneys(Journeys journeys, EventPublisher publisher, DroverSettings settings) {
        this.journeys = journeys;
        this.publisher = publisher;
        this.folder = settings.workflows().resolve("journeys");
    }

    @Override
    public void run(ApplicationArguments arguments) throws IOException {
        var diagrams = new ArrayList<>(journeys.lostWithTheEngine());
        for (Path file : files()) {
            diagrams.add(Files.readString(file));
        }
        for (Journeys.Deployment deployment : journeys.deployAll(diagrams)) {
            deployment.problems().forEach(problem -> log.error("Journey {}, {}: {}", deployment.id(), problem.elementId(), problem.message()));
            if (deployment.version() > 0) {
                log.info("Journey {} runs in version {}", deployment.id(), deployment.version());
            }
        }
        publisher.refresh();
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new StartFailure("There is no journeys folder at %s.".formatted(folder.toAbsolutePath()), "Start in the checkout, or set DROVER_WORKFLOWS.", null);
        }
        try (var paths = Files.list(folder)) {
            return paths.filter(path -> path.toString().endsWith(".bpmn")).sorted().toList();
        }
    }
}
