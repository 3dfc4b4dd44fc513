package dev.drover.campaign;

import static org.awaitility.Awaitility.await;

import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import dev.drover.template.Templates;
import dev.drover.template.Templates.Template;
import dev.drover.testing.Api;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** What tests of campaigns need: people in a segment of their own, a text, a campaign, and what became of it. */
@Component
public class Sendings {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Templates templates;
    private final JdbcClient jdbc;
    private final PlatformClock clock;

    Sendings(Templates templates, JdbcClient jdbc, PlatformClock clock) {
        this.templates = templates;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Customers who have midday now and consent. @return their external ids */
    public List<String> people(Api api, int count) throws IOException, InterruptedException {
        return people(api, count, middayZone());
    }

    List<String> people(Api api, int count, String zone) throws IOException, InterruptedException {
        String name = "camp-" + UUID.randomUUID();
        var ids = IntStream.range(0, count).mapToObj(n -> name + "-" + n).toList();
        api.post("/api/v1/customers/batch", "application/x-ndjson", ids.stream().map(id -> """
                {"externalId": "%1$s", "email": "%1$s@example.org", "firstName": "Sam", "timeZone": "%2$s", "consent": {"email": true, "source": "test"}}"""
                .formatted(id, zone)).collect(Collectors.joining("\n", "", "\n")));
        return ids;
    }

    String middayZone() {
        int ahead = 12 - clock.instant().atZone(ZoneOffset.UTC).getHour();
        return "Etc/GMT" + (ahead == 0 ? "" : ahead > 0 ? "-" + ahead : "+" + -ahead);
    }

    /** A static segment of these. @return its key */
    public String segment(Api api, List<String> members) throws IOException, InterruptedException {
        String key = "camp-" + UUID.randomUUID();
        api.postJson("/api/v1/segments", "{\"key\": \"%1$s\", \"name\": \"%1$s\", \"type\": \"static\"}".formatted(key));
        change(api, key, "add", members);
        return key;
    }

    void change(Api api, String segment, String what, List<String> members) throws IOException, InterruptedException {
        if (!members.isEmpty()) {
            api.postJson("/api/v1/segments/" + segment + "/members", "{\"%s\": [%s]}".formatted(what, members.stream().map(id -> '"' + id + '"').collect(Collectors.joining(","))));
        }
    }

    public String template(Channel channel) {
        String key = "camp-" + UUID.randomUUID();
        templates.save(new Template(key, key, channel, "marketing", "newsletter", channel == Channel.EMAIL ? "News for {{customer.firstName}}" : null, null,
                channel == Channel.EMAIL ? "<p>Hello {{customer.firstName}}</p><p><a href=\"{{links.home}}/cheese\">Cheese</a></p><p>{{sender.address}} <a href=\"{{links.unsubscribe}}\">Unsubscribe</a></p>" : null,
                channel == Channel.EMAIL ? null : "Cheese!", true, false, 1));
        return key;
    }

    /** @param more further fields, each with a comma before it */
    long campaign(Api api, String segment, String template, String more) throws IOException, InterruptedException {
        return api.postJson("/api/v1/campaigns", "{\"name\": \"%s\", \"segment\": \"%s\", \"template\": \"%s\"%s}".formatted(UUID.randomUUID(), segment, template, more)).get("id").asLong();
    }

    public JsonNode to(Api api, long campaign, String move) throws IOException, InterruptedException {
        return api.postJson("/api/v1/campaigns/" + campaign + "/" + move, "{}");
    }

    JsonNode get(Api api, long campaign) throws IOException, InterruptedException {
        return api.get("/api/v1/campaigns/" + campaign);
    }

    void awaitStatus(Api api, long campaign, String status) {
        await("campaign " + campaign + " " + status).atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> get(api, campaign).get("status").asString().equals(status));
    }

    /** How many of its messages stand how. */
    Map<String, Long> statuses(long campaign) {
        var found = new HashMap<String, Long>();
        jdbc.sql("SELECT status, count(*) FROM message WHERE origin_type = 'campaign' AND origin_id = ? GROUP BY status").param(Long.toString(campaign)).query(row -> {
            found.put(row.getString(1), row.getLong(2));
        });
        return found;
    }

    long count(long campaign, String status) {
        return statuses(campaign).getOrDefault(status, 0L);
    }

    /** External ids of whom its messages went to, as often as they did. */
    List<String> recipients(long campaign, String status) {
        return new ArrayList<>(jdbc.sql("SELECT c.external_id FROM message m JOIN customer c ON c.id = m.customer_id WHERE m.origin_type = 'campaign' AND m.origin_id = ? AND m.status = ? ORDER BY m.id")
                .params(Long.toString(campaign), status).query(String.class).list());
    }
}
