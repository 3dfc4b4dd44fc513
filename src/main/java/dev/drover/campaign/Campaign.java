package dev.drover.campaign;

import dev.drover.delivery.Mailings.Guise;
import dev.drover.delivery.MessageOrigin;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A campaign as it stands.
 *
 * @param scheduledAt when it begins or, come that time, began; {@code null}: nobody has said
 * @param run         counts how often it was begun
 * @param problem     why it isn't under way although somebody wanted it; {@code null}: nothing is wrong
 */
public record Campaign(long id, String name, @Nullable String description, Type type, CampaignState status, @Nullable Instant scheduledAt, @Nullable Instant startedAt,
        @Nullable Instant endedAt, Audience audience, Content content, Settings settings, @Nullable Map<String, Object> experiment, int run, @Nullable String problem,
        String createdBy, Instant createdAt, Instant updatedAt) {

    public enum Type {
        ONE_TIME, AUTOMATED, DRIP, TRIGGERED, AB_TEST;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether its messages are a journey's or a trigger's, and not its own. */
        public boolean wraps() {
            return this == DRIP || this == TRIGGERED;
        }
    }

    /**
     * Whom it goes to: everybody in any of the segments or on its own list, without those in an excluded one; no segment and no list: everybody.
     *
     * @param listed     whether it has a list of its own
     * @param conditions what must hold of each beside, as {@link AudienceCondition} reads it; {@code null}: nothing
     */
    public record Audience(List<String> segments, List<String> exclude, boolean listed, @Nullable Object conditions) {
        public static final Audience EVERYBODY = new Audience(List.of(), List.of(), false, null);

        public Audience {
            segments = segments == null ? List.of() : List.copyOf(segments);
            exclude = exclude == null ? List.of() : List.copyOf(exclude);
        }

        Audience listed(boolean now) {
            return new Audience(segments, exclude, now, conditions);
        }

        boolean everybody() {
            return segments.isEmpty() && !listed;
        }
    }

    /** What it says. Whatever is {@code null} is the template's or the installation's. @param template key */
    public record Content(@Nullable String template, @Nullable String subject, @Nullable String preheader, @Nullable String fromName, @Nullable String fromEmail,
            @Nullable String replyTo) {
        public static final Content NONE = new Content(null, null, null, null, null, null);
    }

    /**
     * How it is sent.
     *
     * @param utmCampaign as the shop's statistics shall call it; {@code null}: by the campaign's name
     * @param localTime   at the scheduled hour of each customer's own clock; the same as {@code sendTime} {@link SendTime#LOCAL}
     * @param fallback    keys of templates for other channels, in the order they are tried for whom the one before can't reach
     * @param recurrence  of an automated one
     * @param oncePerDays of an automated one: nobody gets it twice within so many days; 0: each time
     * @param holdout     of a hundred in the audience so many are kept without, to see what it brings; {@code null}: none is
     * @param source      of a drip or triggered one; {@code null}: nobody has said, or it is another type
     * @param sendTime    when each message is due
     */
    public record Settings(boolean trackOpens, boolean trackClicks, @Nullable String utmCampaign, boolean localTime, List<String> fallback, @Nullable Recurrence recurrence,
            int oncePerDays, @Nullable Double holdout, @Nullable Source source, SendTime sendTime) {
        public static final Settings USUAL = new Settings(true, true, null, false, List.of(), null, 0, null, null, SendTime.AT_ONCE);

        public Settings {
            // Those kept before it could be said otherwise don't say it.
            sendTime = sendTime == null ? localTime ? SendTime.LOCAL : SendTime.AT_ONCE : sendTime;
            localTime = sendTime == SendTime.LOCAL;
            fallback = fallback == null ? List.of() : List.copyOf(fallback);
        }

        Settings from(@Nullable Source other) {
            return new Settings(trackOpens, trackClicks, utmCampaign, localTime, fallback, recurrence, oncePerDays, holdout, other, sendTime);
        }

        /** The end of one campaign is not its copy's. */
        Settings withoutEnd() {
            return source == null ? this : from(new Source(source.id(), null));
        }
    }

    /** By what a drip or triggered one sends. @param id of the journey, key of the trigger @param until when it ends; {@code null}: it is open */
    public record Source(String id, @Nullable Instant until) {}

    /** Whether it lets its audience into its journey, as pages ask, too; else who comes by the journey's own ways is meant. */
    public boolean letsIn() {
        return type == Type.DRIP && !audience.everybody();
    }

    /** Who asks for its messages. */
    MessageOrigin origin() {
        return new MessageOrigin("campaign", Long.toString(id), null, null);
    }

    /** How its messages look from outside, with this content. */
    Guise guise(Content content) {
        return new Guise(content.fromName(), content.fromEmail(), content.replyTo(), utmCampaign(), settings.trackOpens(), settings.trackClicks());
    }

    /** A name for the address line: the campaign's own in small letters, with hyphens. */
    String utmCampaign() {
        if (settings.utmCampaign() != null) {
            return settings.utmCampaign();
        }
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-").replaceAll("^-+|-+$", "");
        return plain.isEmpty() ? Long.toString(id) : plain;
    }
}
