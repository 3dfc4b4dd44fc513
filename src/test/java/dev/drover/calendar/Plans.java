package dev.drover.calendar;

import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import dev.drover.template.Templates;
import dev.drover.template.Templates.Template;
import dev.drover.testing.Api;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What tests of the calendar need: campaigns that are planned, to people of their own. */
@Component
class Plans {

    private static final JsonMapper JSON = new JsonMapper();

    private final Templates templates;
    private final PlatformClock clock;

    Plans(Templates templates, PlatformClock clock) {
        this.templates = templates;
        this.clock = clock;
    }

    LocalDate today() {
        return clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
    }

    private String middayZone() {
        int ahead = 12 - clock.instant().atZone(ZoneOffset.UTC).getHour();
        return "Etc/GMT" + (ahead == 0 ? "" : ahead > 0 ? "-" + ahead : "+" + -ahead);
    }

    /** They have midday now, so that no quiet hours come in between. @return their external ids */
    List<String> people(Api api, int count) throws IOException, InterruptedException {
        String name = "cal-" + UUID.randomUUID();
        var ids = IntStream.range(0, count).mapToObj(n -> name + "-" + n).toList();
        api.post("/api/v1/customers/batch", "application/x-ndjson", ids.stream().map(id -> "{\"externalId\": \"%1$s\", \"email\": \"%1$s@example.org\", \"timeZone\": \"%2$s\", \"consent\": {\"email\": true, \"source\": \"test\"}}".formatted(id, middayZone()))
                .collect(Collectors.joining("\n", "", "\n")));
        return ids;
    }

    String segment(Api api, List<String> members) throws IOException, InterruptedException {
        String key = "cal-" + UUID.randomUUID();
        api.postJson("/api/v1/segments", "{\"key\": \"%1$s\", \"name\": \"%1$s\", \"type\": \"static\"}".formatted(key));
        api.postJson("/api/v1/segments/" + key + "/members", "{\"add\": [%s]}".formatted(members.stream().map(id -> '"' + id + '"').collect(Collectors.joining(","))));
        return key;
    }

    String template() {
        String key = "cal-" + UUID.randomUUID();
        templates.save(new Template(key, key, Channel.EMAIL, "marketing", "newsletter", "News", null, "<p>Hello</p><p>{{sender.address}} <a href=\"{{links.unsubscribe}}\">Unsubscribe</a></p>", null, true, false, 1));
        return key;
    }

    /** @param more further fields, each with a comma before it */
    long draft(Api api, String name, String segment, String more) throws IOException, InterruptedException {
        return api.postJson("/api/v1/campaigns", "{\"name\": %s, \"segment\": \"%s\", \"template\": \"%s\"%s}".formatted(JSON.writeValueAsString(name), segment, template(), more)).get("id").asLong();
    }

    long scheduled(Api api, String name, String segment, LocalDate day, LocalTime time, ZoneId zone, String more) throws IOException, InterruptedException {
        long id = draft(api, name, segment, ", \"scheduledAt\": \"%s\", \"timeZone\": \"%s\"%s".formatted(day.atTime(time), zone, more));
        to(api, id, "schedule");
        return id;
    }

    JsonNode to(Api api, long campaign, String move) throws IOException, InterruptedException {
        return api.postJson("/api/v1/campaigns/" + campaign + "/" + move, "{}");
    }
}
