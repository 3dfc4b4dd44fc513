package dev.drover.trigger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A trigger as the API tells it: what was sent, and how it fares.
 *
 * @param state         {@code active}, {@code off} or {@code storm}
 * @param webhookSecret only in the answer that makes it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TriggerView(String key, String name, String description, String type, @Nullable String event, @Nullable String segment, @Nullable OfDate date,
        @Nullable OfInactivity inactivity, @Nullable Map<String, Object> conditions, String delay, Map<String, Object> action, @Nullable Map<String, Object> reentry,
        @Nullable OfCap cap, String lateAfter, int hourlyLimit, boolean active, String state, @Nullable Instant stormSince, long held, long total,
        @Nullable Instant lastTriggeredAt, @Nullable String webhookSecret, Instant createdAt, Instant updatedAt) {

    record OfDate(String field, int offsetDays, String at, boolean yearly) {}

    record OfInactivity(List<String> events, int days) {}

    record OfCap(int count, int days) {}

    static TriggerView of(Trigger trigger, long held, @Nullable String secret) {
        var said = trigger.definition();
        var action = new LinkedHashMap<String, Object>();
        action.put("type", said.action().kind().key());
        action.putAll(said.action().config());
        return new TriggerView(said.key(), said.name(), said.description(), said.occasion().type(), said.occasion() instanceof Occasion.OnEvent event ? event.name() : null,
                switch (said.occasion()) {
                    case Occasion.SegmentEntry entry -> entry.segment();
                    case Occasion.SegmentExit exit -> exit.segment();
                    default -> null;
                }, said.occasion() instanceof Occasion.OnDate date ? new OfDate(date.field(), date.offsetDays(), date.at().toString(), date.yearly()) : null,
                said.occasion() instanceof Occasion.Inactivity quiet ? new OfInactivity(quiet.kinds(), quiet.days()) : null, said.conditions(), said.delay().toString(), action,
                said.reentry() == null ? null : said.reentry().json(), said.cap() == null ? null : new OfCap(said.cap().count(), said.cap().days()), said.lateAfter().toString(),
                said.hourlyLimit(), said.active(), trigger.storms() ? "storm" : said.active() ? "active" : "off", trigger.stormSince(), held, trigger.triggered(),
                trigger.lastTriggeredAt(), secret, trigger.createdAt(), trigger.updatedAt());
    }
}
