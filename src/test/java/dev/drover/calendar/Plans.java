package dev.drover.calendar;

import dev.drover.campaign.Sendings;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import dev.drover.testing.Api;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What tests of the calendar need: campaigns that are planned, to people of their own. */
@Component
class Plans {

    private static final JsonMapper JSON = new JsonMapper();

    private final Sendings sendings;
    private final PlatformClock clock;

    Plans(Sendings sendings, PlatformClock clock) {
        this.sendings = sendings;
        this.clock = clock;
    }

    LocalDate today() {
        return clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
    }

    /** They have midday now, so that no quiet hours come in between. @return their external ids */
    List<String> people(Api api, int count) throws IOException, InterruptedException {
        return sendings.people(api, count);
    }

    String segment(Api api, List<String> members) throws IOException, InterruptedException {
        return sendings.segment(api, members);
    }

    /** @param more further fields, each with a comma before it */
    long draft(Api api, String name, String segment, String more) throws IOException, InterruptedException {
        return api.postJson("/api/v1/campaigns", "{\"name\": %s, \"segment\": \"%s\", \"template\": \"%s\"%s}".formatted(JSON.writeValueAsString(name), segment, sendings.template(Channel.EMAIL), more)).get("id").asLong();
    }

    long scheduled(Api api, String name, String segment, LocalDate day, LocalTime time, ZoneId zone, String more) throws IOException, InterruptedException {
        long id = draft(api, name, segment, ", \"scheduledAt\": \"%s\", \"timeZone\": \"%s\"%s".formatted(day.atTime(time), zone, more));
        to(api, id, "schedule");
        return id;
    }

    JsonNode to(Api api, long campaign, String move) throws IOException, InterruptedException {
        return sendings.to(api, campaign, move);
    }
}
