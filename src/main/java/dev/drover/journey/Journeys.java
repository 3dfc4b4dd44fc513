package dev.drover.journey;

import dev.drover.engine.Engine;
import dev.drover.engine.EngineCrowd;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import io.camunda.zeebe.model.bpmn.instance.BaseElement;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The journeys: checked, deployed to the engine, started. */
@Component
public class Journeys {

    /**
     * A journey as this engine runs it for newcomers.
     *
     * @param xml         the author's diagram
     * @param startsOn    names of events that begin it
     * @param startBefore elements behind its start event; empty where it has a plain one
     */
    public record Journey(String id, String name, int version, String xml, List<String> startsOn, List<String> waitsFor, List<String> startBefore,
            Instant deployedAt) {}

    /** What came of a deployment. @param version 0: it has errors and was not deployed */
    public record Deployment(String id, int version, List<BpmnProblem> problems) {}

    private static final RowMapper<Journey> JOURNEY = (row, n) -> new Journey(row.getString("id"), row.getString("name"), row.getInt("version"),
            row.getString("xml"), texts(row.getArray("starts_on").getArray()), texts(row.getArray("waits_for").getArray()),
            texts(row.getArray("start_before").getArray()), row.getTimestamp("deployed_at").toInstant());

    private final Engine engine;
    private final BpmnCheck check;
    private final JdbcClient jdbc;
    private final PlatformClock clock;
    private final JourneyControls controls;
    private final EngineCrowd crowd;

    Journeys(Engine engine, BpmnCheck check, JdbcClient jdbc, PlatformClock clock, JourneyControls controls, EngineCrowd crowd) {
        this.engine = engine;
        this.check = check;
        this.jdbc = jdbc;
        this.clock = clock;
        this.controls = controls;
        this.crowd = crowd;
    }

    /** The newest version of every journey. */
    public List<Journey> all() {
        return jdbc.sql("""
                SELECT DISTINCT ON (j.id) j.id, j.name, v.version, v.xml, v.starts_on, v.waits_for, v.start_before, v.deployed_at
                  FROM journey j JOIN journey_version v ON v.journey_id = j.id AND v.engine = ?
                 ORDER BY j.id, v.version DESC""").param(engine.identity()).query(JOURNEY).list();
    }

    public Optional<Journey> find(String id) {
        return versions(id).stream().findFirst();
    }

    /** @throws Problem not found, naming the id */
    public Journey require(String id) {
        return find(id).orElseThrow(() -> Problem.notFound("There is no journey '" + id + "'."));
    }

    /** Every version of a journey that this engine knows, newest first. */
    public List<Journey> versions(String id) {
        return jdbc.sql("""
                SELECT j.id, j.name, v.version, v.xml, v.starts_on, v.waits_for, v.start_before, v.deployed_at
                  FROM journey j JOIN journey_version v ON v.journey_id = j.id AND v.engine = ?
                 WHERE j.id = ? ORDER BY v.version DESC""").param(engine.identity()).param(id).query(JOURNEY).list();
    }

    /** Versions that somebody is on now, newest first. */
    List<Integer> walked(String id) {
        return versions(id).stream().map(Journey::version).filter(version -> crowd.count(id, version, Long.MAX_VALUE) > 0).toList();
    }

    /** @throws Problem not found, naming what is missing */
    public Journey require(String id, int version) {
        return versions(id).stream().filter(journey -> journey.version() == version).findFirst()
                .orElseThrow(() -> Problem.notFound("There is no version %d of a journey '%s'.".formatted(version, id)));
    }

    /** @return {@code null}: nobody, it came from the folder */
    @Nullable String deployedBy(String id, int version) {
        return jdbc.sql("SELECT deployed_by FROM journey_version WHERE engine = ? AND journey_id = ? AND version = ?").param(engine.identity()).param(id).param(version)
                .query((row, n) -> Optional.ofNullable(row.getString(1))).single().orElse(null);
    }

    /**
     * What is wrong with a diagram, on the element where it is wrong.
     *
     * @throws Problem rejected for what is no BPMN at all
     */
    public List<BpmnProblem> check(String xml) {
        return check.check(BpmnReader.read(xml));
    }

    /** The same for a drawing of this journey, which stays it. */
    List<BpmnProblem> check(String id, String xml) {
        var model = BpmnReader.read(xml);
        var problems = new ArrayList<>(check.check(model));
        var processes = model.getModelElementsByType(io.camunda.zeebe.model.bpmn.instance.Process.class);
        if (processes.stream().noneMatch(process -> process.getId().equals(id))) {
            problems.addFirst(BpmnProblem.error(processes.stream().findFirst().map(BaseElement::getId).orElse(null),
                    "A journey keeps its id, events and messages know it by it: call the process '%s' again, or import it as a journey of its own.".formatted(id)));
        }
        return problems;
    }

    /**
     * Checks and deploys a diagram. Those under way finish on their version.
     *
     * @param author {@code null}: nobody's doing
     * @throws Problem rejected for what is no BPMN at all; unavailable while the engine is
     */
    public Deployment deploy(String xml, @Nullable String author) {
        return deployAll(List.of(xml), author).getFirst();
    }

    public Deployment deploy(String xml) {
        return deploy(xml, null);
    }

    /** Deploys diagrams together, in one call to the engine; those with errors are left out. In the order given. */
    @Transactional
    List<Deployment> deployAll(Collection<String> diagrams, @Nullable String author) {
        var answers = new LinkedHashMap<String, Deployment>();
        var good = new LinkedHashMap<String, JourneyModel>();
        var sources = new HashMap<String, String>();
        for (String xml : diagrams) {
            var model = BpmnReader.read(xml);
            var problems = check.check(model);
            var journey = model.getModelElementsByType(io.camunda.zeebe.model.bpmn.instance.Process.class).isEmpty() ? null : JourneyModel.of(model);
            String id = journey == null ? "" : journey.id();
            answers.put(id, new Deployment(id, 0, problems));
            if (problems.stream().noneMatch(BpmnProblem::isError)) {
                good.put(id, journey);
                sources.put(id, xml);
            }
        }
        if (good.isEmpty()) {
            return List.copyOf(answers.values());
        }
        var resources = new LinkedHashMap<String, byte[]>();
        good.forEach((id, journey) -> resources.put(id + ".bpmn", journey.forEngine().getBytes(StandardCharsets.UTF_8)));
        try {
            for (Engine.Deployed deployed : engine.deploy(resources)) {
                keep(good.get(deployed.processId()), deployed, sources.get(deployed.processId()), author);
                answers.computeIfPresent(deployed.processId(), (id, answer) -> new Deployment(id, deployed.version(), answer.problems()));
            }
        } catch (Problem refused) {
            if (refused.kind() != Problem.Kind.REJECTED || good.size() > 1) {
                throw refused;
            }
            String id = good.keySet().iterator().next();
            answers.computeIfPresent(id, (same, answer) -> new Deployment(id, 0, Stream.concat(EngineCheck.said(refused.getMessage(), good.get(id).model()).stream(),
                    answer.problems().stream()).toList()));
        }
        return List.copyOf(answers.values());
    }

    private void keep(JourneyModel journey, Engine.Deployed deployed, String xml, @Nullable String author) {
        var now = Timestamp.from(clock.instant());
        jdbc.sql("INSERT INTO journey (id, name, created_at) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name")
                .param(journey.id()).param(journey.name()).param(now).update();
        jdbc.sql("""
                INSERT INTO journey_version (engine, journey_id, version, xml, starts_on, waits_for, start_before, deployed_at, deployed_by, engine_form, definition_key)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""")
                .param(engine.identity()).param(journey.id()).param(deployed.version()).param(xml).param(journey.startsOn().toArray(String[]::new))
                .param(journey.waitsFor().toArray(String[]::new)).param(journey.startBefore().toArray(String[]::new)).param(now).param(author).param(EngineForm.NUMBER).param(deployed.key()).update();
    }

    /** The engine's key of a version. @return 0: it was deployed before anybody could be moved to or from it */
    long definitionKey(String id, int version) {
        return jdbc.sql("SELECT CASE WHEN engine_form >= 2 THEN coalesce(definition_key, 0) ELSE 0 END FROM journey_version WHERE engine = ? AND journey_id = ? AND version = ?")
                .param(engine.identity()).param(id).param(version).query(Long.class).optional().orElse(0L);
    }

    /** Diagrams that this engine doesn't know though another ran them, its data is new, or knows only in an older form of ours; by journey. */
    Map<String, String> lostWithTheEngine() {
        var diagrams = new LinkedHashMap<String, String>();
        jdbc.sql("""
                SELECT DISTINCT ON (journey_id) journey_id, xml FROM journey_version v
                 WHERE NOT EXISTS (SELECT 1 FROM journey_version o WHERE o.journey_id = v.journey_id AND o.engine = ?)
                 ORDER BY journey_id, deployed_at DESC""").param(engine.identity()).query((row, n) -> Map.entry(row.getString(1), row.getString(2))).list()
                .forEach(lost -> diagrams.put(lost.getKey(), lost.getValue()));
        jdbc.sql("""
                SELECT journey_id, xml FROM (SELECT DISTINCT ON (journey_id) journey_id, xml, engine_form FROM journey_version WHERE engine = ? ORDER BY journey_id, version DESC) AS newest
                 WHERE engine_form < ?""").param(engine.identity()).param(EngineForm.NUMBER).query((row, n) -> diagrams.put(row.getString(1), row.getString(2))).list();
        return diagrams;
    }

    /** Names of events that start a journey, its newest version, and of those that somebody on one may wait for, on any. */
    Wanted wanted() {
        var starts = new HashMap<String, List<String>>();
        jdbc.sql("""
                SELECT unnest(starts_on), journey_id FROM (
                    SELECT DISTINCT ON (journey_id) journey_id, starts_on FROM journey_version WHERE engine = ? ORDER BY journey_id, version DESC) AS newest""").param(engine.identity())
                .query((row, n) -> starts.computeIfAbsent(row.getString(1), event -> new ArrayList<>()).add(row.getString(2))).list();
        var waits = jdbc.sql("SELECT DISTINCT unnest(waits_for) FROM journey_version WHERE engine = ?").param(engine.identity()).query(String.class).set();
        return new Wanted(starts, waits);
    }

    /** @param starts journeys by the event that starts them */
    record Wanted(Map<String, List<String>> starts, java.util.Set<String> waits) {}

    /**
     * Starts the journey for one customer.
     *
     * @param customerId external id
     * @param variables  beyond customerId, journeyId and event; ids and small decisions, not people
     * @return the process instance key
     * @throws Problem conflict while nobody may enter
     */
    public CompletableFuture<Long> start(String id, String customerId, Map<String, Object> variables) {
        var journey = require(id);
        controls.requireEntry(id);
        var all = new HashMap<String, Object>(variables);
        all.putIfAbsent("event", Map.of());
        all.put("customerId", customerId);
        all.put("journeyId", id);
        return engine.start(id, all, journey.startBefore());
    }

    private static List<String> texts(@Nullable Object array) {
        return List.of((String[]) array);
    }
}
