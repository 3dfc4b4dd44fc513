package dev.drover.bench;

import dev.drover.testing.Api;
import dev.drover.testing.DroverProcess;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import org.postgresql.PGConnection;

/** The real shop's file whole, through the API, beside a bare COPY of the same rows. */
final class ImportBench implements Bench.Program {

    static final Path FILE = Path.of("../shared/data/online-retail/online-retail.csv.gz");

    @Override
    public void run() throws Exception {
        if (!Files.exists(FILE)) {
            System.out.println("Skipped: " + FILE + " isn't here.");
            return;
        }
        try (var drover = DroverProcess.fresh()) {
            var api = drover.api();
            long begun = System.nanoTime();
            String id = api.post("/api/v1/imports", BodyPublishers.ofByteArray(form()), "multipart/form-data; boundary=bench").get("id").asString();
            Api.await("import", Duration.ofMinutes(2), () -> !api.get("/api/v1/imports/" + id).get("status").asString().matches("queued|running"));
            double seconds = (System.nanoTime() - begun) / 1e9;
            System.out.println(api.get("/api/v1/imports/" + id));
            System.out.printf("import through the API: %.2f s%n", seconds);
            System.out.println(drover.memory());
            double raw = copy(drover);
            System.out.printf("raw: COPY of the same lines into an empty table: %.2f s; ratio %.0f%n", raw, seconds / raw);
        }
    }

    private static byte[] form() throws Exception {
        var form = new ByteArrayOutputStream();
        form.write("""
                --bench\r
                Content-Disposition: form-data; name="kind"\r
                \r
                transactions\r
                --bench\r
                Content-Disposition: form-data; name="file"; filename="online-retail.csv.gz"\r
                Content-Type: application/gzip\r
                \r
                """.getBytes(StandardCharsets.UTF_8));
        form.write(Files.readAllBytes(FILE));
        form.write("\r\n--bench--\r\n".getBytes(StandardCharsets.UTF_8));
        return form.toByteArray();
    }

    private static double copy(DroverProcess drover) throws Exception {
        try (var connection = drover.database(); var statement = connection.createStatement(); var file = Files.newInputStream(FILE)) {
            statement.execute("CREATE TABLE bench_copy (invoice text, code text, description text, quantity int, at timestamp, price numeric, customer text)");
            long begun = System.nanoTime();
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY bench_copy FROM STDIN WITH (FORMAT csv, HEADER)", new GZIPInputStream(file));
            double seconds = (System.nanoTime() - begun) / 1e9;
            statement.execute("DROP TABLE bench_copy");
            return seconds;
        }
    }
}
