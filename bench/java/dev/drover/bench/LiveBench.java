package dev.drover.bench;

import dev.drover.testing.DroverProcess;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.regex.Pattern;

/**
 * How long somebody waits who watches a journey with a hundred thousand inside: for the whole page, for what is brought anew every three seconds, for who
 * stands at a step, for what a move to the next version would do, for one customer's way. The history's rows are written by SQL, three steps an instance
 * and {@code -Dstuck} incidents (1,000). {@code -Dinside=100000}.
 */
final class LiveBench implements Bench.Program {

    private static final String ID = "bench-crash";
    private static final int TIMES = 200;
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final HttpClient client = HttpClient.newBuilder().cookieHandler(new CookieManager()).followRedirects(HttpClient.Redirect.NORMAL).build();

    @Override
    public void run() throws Exception {
        int inside = Integer.getInteger("inside", 100_000);
        int stuck = Integer.getInteger("stuck", 1_000);
        try (var drover = DroverProcess.fresh(); var database = drover.database()) {
            var api = drover.api();
            String diagram = Files.readString(Path.of("bench/journeys/bench-crash.bpmn"));
            api.post("/api/v1/journeys", "application/xml", diagram);
            api.post("/api/v1/journeys", "application/xml", diagram.replace("PT20S", "PT21S"));
            fill(database, inside, stuck);
            System.out.printf("%n%,d inside, %,d of them stuck%n", inside, stuck);
            String base = api.base();
            logIn(base);
            time("the journey's page", base + "/journeys/" + ID + "?version=1", "Steps");
            time("what it brings anew every three seconds", base + "/journeys/" + ID + "/progress?version=1", "data-element=\"wait\"");
            time("who stands at a step, the first fifty", base + "/journeys/" + ID + "/steps/wait?version=1", "walker-");
            time("one customer's way", base + "/journeys/" + ID + "/instances/" + (1L << 40), "Step by step");
            time("what a move to the next version would do", base + "/journeys/" + ID + "/move?from=1", "What would happen");
            var millis = new ArrayList<Double>();
            for (int n = 0; n < TIMES; n++) {
                long begun = System.nanoTime();
                api.get("/api/v1/journeys/" + ID + "/progress?version=1");
                millis.add((System.nanoTime() - begun) / 1e6);
            }
            System.out.println("  " + Figures.of("the same counts by the API", millis));
        }
    }

    private void logIn(String base) throws Exception {
        var found = CSRF.matcher(get(base + "/login"));
        if (!found.find()) {
            throw new IllegalStateException("no log-in page");
        }
        String form = "username=admin&password=" + URLEncoder.encode(DroverProcess.PASSWORD, StandardCharsets.UTF_8) + "&_csrf=" + URLEncoder.encode(found.group(1), StandardCharsets.UTF_8);
        client.send(HttpRequest.newBuilder(URI.create(base + "/login")).header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(form)).build(),
                BodyHandlers.ofString());
    }

    private void time(String what, String url, String expected) throws Exception {
        var millis = new ArrayList<Double>();
        for (int n = 0; n < TIMES; n++) {
            long begun = System.nanoTime();
            String page = get(url);
            millis.add((System.nanoTime() - begun) / 1e6);
            if (!page.contains(expected)) {
                throw new IllegalStateException(url + " has no '" + expected + "': " + page);
            }
        }
        System.out.printf("  first %.0f ms; %s%n", millis.getFirst(), Figures.of(what, millis.subList(TIMES / 10, TIMES)));
    }

    private String get(String url) throws Exception {
        var answer = client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
        if (answer.statusCode() >= 400) {
            throw new IllegalStateException(url + " answers " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    /** As the exporter would have written it: the start, the first mail, the wait, in which all stand, or the first mail, at which some are stuck. */
    private static void fill(Connection database, int inside, int stuck) throws Exception {
        SegmentBench.execute(database, "INSERT INTO engine_source (name) SELECT DISTINCT engine FROM journey_version ON CONFLICT DO NOTHING");
        String source = "(SELECT id FROM engine_source ORDER BY id DESC LIMIT 1)";
        SegmentBench.execute(database, "INSERT INTO engine_process (source, definition_key, process_id, version, started) VALUES (" + source + ", 1, '" + ID + "', 1, " + inside + ")");
        for (String element : new String[] {"start,START_EVENT," + inside + "," + inside, "first,SERVICE_TASK," + inside + "," + (inside - stuck),
                "wait,INTERMEDIATE_CATCH_EVENT," + (inside - stuck) + ",0"}) {
            String[] parts = element.split(",");
            SegmentBench.execute(database, "INSERT INTO engine_element (process, element_id, element_type, entered, completed, waited_ms) SELECT max(id), '%s', '%s', %s, %s, 60000 FROM engine_process WHERE process_id = '%s'"
                    .formatted(parts[0], parts[1], parts[2], parts[3], ID));
        }
        String keys = "FROM generate_series(0, " + (inside - 1) + ") AS n";
        SegmentBench.execute(database, "INSERT INTO engine_instance (source, key, process, customer_id, state, started_at) SELECT " + source
                + ", (1::bigint << 40) + n * 16, (SELECT max(id) FROM engine_process WHERE process_id = '" + ID + "'), 'walker-' || n, 'active', now() - interval '2 days' " + keys);
        for (String step : new String[] {"start,1,now()", "first,2,CASE WHEN n >= " + stuck + " THEN now() END"}) {
            String[] parts = step.split(",", 3);
            SegmentBench.execute(database, "INSERT INTO engine_step (source, key, instance_key, element, entered_at, left_at) SELECT " + source + ", (1::bigint << 40) + n * 16 + " + parts[1]
                    + ", (1::bigint << 40) + n * 16, (SELECT max(id) FROM engine_element WHERE element_id = '" + parts[0] + "'), now() - interval '2 days', " + parts[2] + " " + keys);
        }
        SegmentBench.execute(database, "INSERT INTO engine_step (source, key, instance_key, element, entered_at, due_at) SELECT " + source + ", (1::bigint << 40) + n * 16 + 3, (1::bigint << 40) + n * 16,"
                + " (SELECT max(id) FROM engine_element WHERE element_id = 'wait'), now() - interval '1 day', now() + interval '1 day' " + keys + " WHERE n >= " + stuck);
        SegmentBench.execute(database, "INSERT INTO engine_incident (source, key, process, instance_key, step_key, element_id, error_type, message, created_at, job_key) SELECT " + source
                + ", (1::bigint << 40) + n * 16 + 4, (SELECT max(id) FROM engine_process WHERE process_id = '" + ID + "'), (1::bigint << 40) + n * 16, (1::bigint << 40) + n * 16 + 2, 'first',"
                + " 'JOB_NO_RETRIES', 'There is no template.', now(), 1 " + keys + " WHERE n < " + stuck);
        SegmentBench.execute(database, "VACUUM ANALYZE");
    }
}
