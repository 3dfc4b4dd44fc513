package dev.drover.testing;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Made-up customers who may be written to at once: consent given, and it is midday where they live, so that no quiet hours hold them back. */
public final class Shoppers {

    private Shoppers() {}

    public static List<String> create(Api api, String prefix, int count) throws IOException, InterruptedException {
        int ahead = 12 - Instant.now().atZone(ZoneOffset.UTC).getHour();
        String zone = "Etc/GMT" + (ahead == 0 ? "" : ahead > 0 ? "-" + ahead : "+" + -ahead);
        List<String> ids = IntStream.range(0, count).mapToObj(n -> prefix + "-" + n).toList();
        var answer = api.post("/api/v1/customers/batch", "application/x-ndjson", ids.stream().map(id -> """
                {"externalId": "%1$s", "email": "%1$s@example.org", "firstName": "Sam", "timeZone": "%2$s", "consent": {"email": true, "source": "bench"}}"""
                .formatted(id, zone)).collect(Collectors.joining("\n", "", "\n")));
        if (answer.get("accepted").asInt() != count) {
            throw new IOException("Not every customer was accepted: " + answer);
        }
        return ids;
    }

    public static String event(String customer, String name) {
        return """
                {"eventId": "%1$s:%2$s", "name": "%2$s", "customerId": "%1$s", "properties": {}}""".formatted(customer, name);
    }
}
