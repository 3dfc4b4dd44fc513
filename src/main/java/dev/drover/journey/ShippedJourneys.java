package dev.drover.journey;

import dev.drover.kernel.DroverSettings;
import dev.drover.kernel.Problem;
import dev.drover.kernel.StartFailure;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
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

/**
 * Deploys {@code workflows/journeys/*.bpmn} at start, and whatever else the engine should have but lost. What can't run is told with its file,
 * in the log and on the page Journeys, and keeps nothing else from running.
 */
@Component
@Order(12)
class ShippedJourneys implements ApplicationRunner {

    /** @param source the file */
    record Refused(String source, BpmnProblem problem) {}

    private record Diagram(String source, String xml) {}

    private static final Logger log = LoggerFactory.getLogger(ShippedJourneys.class);

    private final Journeys journeys;
    private final EventPublisher publisher;
    private final Path folder;
    private volatile List<Refused> refused = List.of();

    ShippedJourneys(Journeys journeys, EventPublisher publisher, DroverSettings settings) {
        this.journeys = journeys;
        this.publisher = publisher;
        this.folder = settings.workflows().resolve("journeys");
    }

    /** What was wrong with files at start; empty where all of them run. */
    List<Refused> refused() {
        return refused;
    }

    @Override
    public void run(ApplicationArguments arguments) throws IOException {
        var problems = new ArrayList<Refused>();
        var diagrams = new ArrayList<Diagram>();
        journeys.lostWithTheEngine().forEach((id, xml) -> diagrams.add(new Diagram("journey " + id, xml)));
        for (Path file : files()) {
            String source = folder.getFileName().resolve(file.getFileName()).toString();
            try {
                diagrams.add(new Diagram(source, Files.readString(file)));
            } catch (CharacterCodingException e) {
                problems.add(new Refused(source, BpmnProblem.error(null, "The file isn't UTF-8: save it as that.")));
            }
        }
        deployTogether(diagrams.stream().filter(diagram -> mayRun(diagram, problems)).toList(), problems);
        problems.forEach(ShippedJourneys::tell);
        refused = List.copyOf(problems);
        publisher.refresh();
    }

    private boolean mayRun(Diagram diagram, List<Refused> problems) {
        try {
            var found = journeys.check(diagram.xml());
            found.forEach(problem -> {
                if (problem.isError()) {
                    problems.add(new Refused(diagram.source(), problem));
                } else {
                    tell(new Refused(diagram.source(), problem));
                }
            });
            return found.stream().noneMatch(BpmnProblem::isError);
        } catch (Problem unreadable) {
            problems.add(new Refused(diagram.source(), BpmnProblem.error(null, unreadable.getMessage())));
            return false;
        }
    }

    /** In one call, because each takes the engine a second; it takes all or none, so one that it refuses is found by asking for each alone. */
    private void deployTogether(List<Diagram> diagrams, List<Refused> problems) {
        if (diagrams.size() > 1) {
            try {
                journeys.deployAll(diagrams.stream().map(Diagram::xml).toList(), null).forEach(ShippedJourneys::tell);
                return;
            } catch (Problem oneIsRefused) {
                if (oneIsRefused.kind() != Problem.Kind.REJECTED) {
                    throw oneIsRefused;
                }
            }
        }
        for (Diagram diagram : diagrams) {
            var deployment = journeys.deploy(diagram.xml());
            if (deployment.version() > 0) {
                tell(deployment);
            } else {
                deployment.problems().stream().filter(BpmnProblem::isError).forEach(problem -> problems.add(new Refused(diagram.source(), problem)));
            }
        }
    }

    private static void tell(Journeys.Deployment deployment) {
        log.info("Journey {} runs in version {}", deployment.id(), deployment.version());
    }

    private static void tell(Refused refused) {
        var problem = refused.problem();
        String where = problem.elementId() == null ? refused.source() : refused.source() + ", " + problem.elementId();
        if (problem.isError()) {
            log.error("{}: {} This file's journey isn't deployed", where, problem.message());
        } else {
            log.warn("{}: {}", where, problem.message());
        }
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
