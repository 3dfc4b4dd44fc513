package dev.drover.campaign;

import dev.drover.campaign.Campaign.Audience;
import dev.drover.campaign.Campaign.Content;
import dev.drover.campaign.Campaign.Settings;
import dev.drover.campaign.Campaign.Type;
import dev.drover.kernel.Checks;
import dev.drover.kernel.Problem;
import dev.drover.segment.Segment;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A campaign as it is sent.
 *
 * @param type        {@code one_time}, {@code automated}, {@code ab_test}, {@code drip} or {@code triggered}; {@code null}: one_time
 * @param segment     key; the same as one in {@code segments}
 * @param exclude     keys of segments whose members are left out
 * @param customers   external ids: a list of its own beside the segments; {@code null}: stays as it is
 * @param conditions  what must hold of each beside, in the language of segments; {@code null}: nothing
 * @param template    key
 * @param scheduledAt ISO 8601; without an offset by the clock of {@code timeZone}
 * @param journey     id, of a drip @param trigger key, of a triggered one
 * @param endsAt      of these two: from then on nobody new; ISO 8601; {@code null}: it is open
 * @param experiment  of an ab_test: see {@link AbTestInput}; kept for when it is one again
 */
record CampaignInput(@Nullable String name, @Nullable String description, @Nullable String type, @Nullable String segment, @Nullable List<String> segments,
        @Nullable List<String> exclude, @Nullable List<String> customers, @Nullable Object conditions, @Nullable String template, @Nullable String subject, @Nullable String preheader, @Nullable String fromName,
        @Nullable String fromEmail, @Nullable String replyTo, @Nullable String scheduledAt, @Nullable String timeZone, @Nullable Options settings,
        @Nullable Map<String, Object> experiment, @Nullable String journey, @Nullable String trigger, @Nullable String endsAt) {

    /**
     * @param localTime the same as {@code sendTime} {@code local}
     * @param fallback keys of templates for other channels
     * @param repeat   of an automated one
     * @param holdout  of a hundred so many are kept without, 0 to 50
     * @param sendTime {@code at_once}, {@code local} or {@code optimised}
     */
    record Options(@Nullable Boolean trackOpens, @Nullable Boolean trackClicks, @Nullable String utmCampaign, @Nullable Boolean localTime, @Nullable List<String> fallback,
            @Nullable Repeat repeat, @Nullable Integer oncePerDays, @Nullable Double holdout, @Nullable String sendTime) {
        static final Options USUAL = new Options(null, null, null, null, null, null, null, null, null);
    }

    /** @param days such as {@code monday}; {@code null}: every day @param time such as {@code 09:00} @param until ISO 8601 */
    record Repeat(@Nullable List<String> days, @Nullable String time, @Nullable String timeZone, @Nullable String until) {}

    /** What a campaign was made of, but for its list and its time, which stay unless somebody says otherwise. */
    static CampaignInput of(Campaign campaign) {
        var content = campaign.content();
        var settings = campaign.settings();
        var recurrence = settings.recurrence();
        var repeat = recurrence == null ? null : new Repeat(recurrence.days().stream().map(DayOfWeek::name).toList(), recurrence.time().toString(), recurrence.zone().getId(),
                recurrence.until() == null ? null : recurrence.until().toString());
        return new CampaignInput(campaign.name(), campaign.description(), campaign.type().key(), null, campaign.audience().segments(), campaign.audience().exclude(), null, campaign.audience().conditions(), content.template(),
                content.subject(), content.preheader(), content.fromName(), content.fromEmail(), content.replyTo(), null, null,
                new Options(settings.trackOpens(), settings.trackClicks(), settings.utmCampaign(), null, settings.fallback(), repeat, settings.oncePerDays(), settings.holdout(), settings.sendTime().key()), campaign.experiment(),
                campaign.type() == Type.DRIP ? SourceInput.id(settings) : null, campaign.type() == Type.TRIGGERED ? SourceInput.id(settings) : null,
                settings.source() == null || settings.source().until() == null ? null : settings.source().until().toString());
    }

    private static final int MOST_NAMES = 50;
    /** As holdouts of other kinds. */
    private static final int MOST_HELD = 50;
    private static final int MOST_EXPERIMENT = 64 * 1_024;

    /** @param known all segments; {@code null}: who is in the audience isn't spoken of @throws Problem rejected, with all that is wrong */
    Draft check(Instant now, @Nullable List<Segment> known) {
        var checks = new Checks().required("name", name).atMost("name", name, 200).atMost("description", description, 2_000).atMost("template", template, 200)
                .atMost("subject", subject, 200).atMost("preheader", preheader, 200).atMost("fromName", fromName, 100).email("fromEmail", blank(fromEmail)).email("replyTo", blank(replyTo))
                .json("experiment", experiment, MOST_EXPERIMENT);
        if (fromName != null && fromName.chars().anyMatch(Character::isISOControl) || subject != null && subject.chars().anyMatch(Character::isISOControl)) {
            checks.fail(fromName != null && fromName.chars().anyMatch(Character::isISOControl) ? "fromName" : "subject", "This goes into one line: leave line breaks out.");
        }
        var wanted = new ArrayList<String>(segments == null ? List.of() : segments);
        if (blank(segment) != null && !wanted.contains(segment)) {
            wanted.addFirst(segment);
        }
        var without = exclude == null ? List.<String>of() : exclude;
        keys(checks, segment != null ? "segment" : "segments", wanted);
        keys(checks, "exclude", without);
        wanted.stream().filter(without::contains).findFirst().ifPresent(both -> checks.fail("exclude", "'%s' can't be both in the audience and left out of it.".formatted(both)));
        var kind = kind(checks);
        if (known != null && kind != Type.TRIGGERED) {
            audience(checks, wanted, without, known);
        }
        var options = options(checks, settings == null ? Options.USUAL : settings, kind, SourceInput.of(this, checks, kind, now));
        if (kind == Type.AB_TEST) {
            tried(checks, options);
        }
        Instant at = null;
        try {
            at = blank(scheduledAt) == null ? null : moment("scheduledAt", scheduledAt, timeZone, options.localTime());
            if (at != null && !(options.localTime() ? at.plus(ScheduledTime.AHEAD_OF_UTC) : at).isAfter(now)) {
                checks.fail("scheduledAt", "%s is past: choose a time to come, or start the campaign now.".formatted(at));
            }
        } catch (Problem unreadable) {
            unreadable.errors().forEach(error -> checks.fail(error.field(), error.message()));
        }
        checks.orThrow();
        return new Draft(Objects.requireNonNull(name).strip(), blank(description), kind, at, new Audience(wanted, without, customers != null && !customers.isEmpty(), AudienceCondition.group(conditions)),
                new Content(blank(template), blank(subject), blank(preheader), blank(fromName), blank(fromEmail), blank(replyTo)), options, experiment);
    }

    /** What nobody knows is told at once, not when it is to begin. */
    private void audience(Checks checks, List<String> wanted, List<String> without, List<Segment> known) {
        var keys = known.stream().map(Segment::key).collect(Collectors.toSet());
        var active = known.stream().filter(Segment::active).map(Segment::key).collect(Collectors.toSet());
        wanted.stream().filter(key -> !active.contains(key)).forEach(key -> checks.fail(segment != null ? "segment" : "segments",
                (keys.contains(key) ? "The segment '%s' is switched off, so nobody knows who is in it now." : "There is no segment '%s'.").formatted(key)));
        without.stream().filter(key -> !keys.contains(key)).forEach(key -> checks.fail("exclude", "There is no segment '%s'.".formatted(key)));
        if (conditions instanceof Map<?, ?> || conditions instanceof List<?>) {
            checks.json("conditions", Map.of("conditions", conditions), MOST_EXPERIMENT);
        }
        if (checks.ok()) {
            AudienceCondition.read(conditions, checks, active);
        }
    }

    /** @param local by each customer's own clock: the moment at which the earliest of them show that time */
    static Instant moment(String field, @Nullable String text, @Nullable String zone, boolean local) {
        return local ? ScheduledTime.earliest(field, Objects.requireNonNull(text)) : ScheduledTime.of(field, Objects.requireNonNull(text), zone);
    }

    private void tried(Checks checks, Settings options) {
        AbTestInput.read(checks, experiment);
        if (!options.fallback().isEmpty()) {
            checks.fail("settings.fallback", "A test compares variants of one channel: take the stand-ins out, or send without a test.");
        }
        if (options.sendTime() == SendTime.OPTIMISED) {
            checks.fail("settings.sendTime", "A test is decided at one moment for all: send without each one's best hour, or without a test.");
        } else if (options.localTime()) {
            checks.fail("settings.localTime", "A test is decided at one moment for all: switch off each customer's own clock, or send without a test.");
        }
    }

    private Type kind(Checks checks) {
        String key = type == null || type.isBlank() ? "one_time" : type.strip().toLowerCase(Locale.ROOT);
        switch (key) {
            case "one_time" -> {
                return Type.ONE_TIME;
            }
            case "automated" -> {
                return Type.AUTOMATED;
            }
            case "ab_test" -> {
                return Type.AB_TEST;
            }
            case "drip" -> {
                return Type.DRIP;
            }
            case "triggered" -> {
                return Type.TRIGGERED;
            }
            default -> checks.fail("type", "There is no such type. Use one_time, automated, ab_test, drip or triggered.");
        }
        return Type.ONE_TIME;
    }

    private static Settings options(Checks checks, Options options, Type kind, Campaign.@Nullable Source source) {
        checks.atMost("settings.utmCampaign", options.utmCampaign(), 100);
        var fallback = options.fallback() == null ? List.<String>of() : options.fallback();
        keys(checks, "settings.fallback", fallback);
        if (fallback.size() > 2) {
            checks.fail("settings.fallback", "There are three channels: two at most can stand in for the first.");
        }
        int days = options.oncePerDays() == null ? 0 : options.oncePerDays();
        if (days < 0 || days > 3_650) {
            checks.fail("settings.oncePerDays", "oncePerDays is between 0 (each time) and 3650.");
        }
        Recurrence recurrence = null;
        if (kind == Type.AUTOMATED) {
            recurrence = options.repeat() == null ? null : recurrence(checks, options.repeat());
            if (options.repeat() == null) {
                checks.fail("settings.repeat", "An automated campaign comes again and again: say when, such as {\"days\": [\"monday\"], \"time\": \"09:00\", \"timeZone\": \"Europe/Amsterdam\"}.");
            }
        }
        if (options.holdout() != null && !(options.holdout() >= 0 && options.holdout() <= MOST_HELD)) {
            checks.fail("settings.holdout", "0 (nobody) to %d in a hundred are kept without: the more, the sooner you see what it brings, and the fewer get it.".formatted(MOST_HELD));
        }
        boolean local = Boolean.TRUE.equals(options.localTime());
        var time = blank(options.sendTime()) == null ? local ? SendTime.LOCAL : SendTime.AT_ONCE : SendTime.of(options.sendTime().strip().toLowerCase(Locale.ROOT)).orElse(null);
        if (time == null) {
            checks.fail("settings.sendTime", "There is no '%s'. Use at_once, local (at that hour of each customer's own clock) or optimised (at each one's best hour, an estimate).".formatted(options.sendTime()));
        } else if (options.localTime() != null && local != (time == SendTime.LOCAL)) {
            checks.fail("settings.sendTime", "localTime says something else: leave it out.");
        }
        return new Settings(!Boolean.FALSE.equals(options.trackOpens()), !Boolean.FALSE.equals(options.trackClicks()), blank(options.utmCampaign()), time == SendTime.LOCAL, fallback, recurrence, days,
                options.holdout() == null || options.holdout() == 0 ? null : options.holdout(), source, time == null ? SendTime.AT_ONCE : time);
    }

    private static @Nullable Recurrence recurrence(Checks checks, Repeat repeat) {
        var days = new ArrayList<DayOfWeek>();
        if (repeat.days() == null || repeat.days().isEmpty()) {
            days.addAll(List.of(DayOfWeek.values()));
        } else {
            for (String day : repeat.days()) {
                try {
                    days.add(DayOfWeek.valueOf(String.valueOf(day).strip().toUpperCase(Locale.ROOT)));
                } catch (IllegalArgumentException unknown) {
                    checks.fail("settings.repeat.days", "'%s' is no day of the week, such as monday.".formatted(day));
                    return null;
                }
            }
        }
        checks.required("settings.repeat.time", repeat.time()).zone("settings.repeat.timeZone", blank(repeat.timeZone()));
        try {
            var until = blank(repeat.until()) == null ? null : ScheduledTime.of("settings.repeat.until", repeat.until(), repeat.timeZone());
            return checks.ok() ? new Recurrence(days, LocalTime.parse(Objects.requireNonNull(repeat.time()).strip()), ZoneId.of(Objects.requireNonNullElse(blank(repeat.timeZone()), "UTC")), until) : null;
        } catch (DateTimeException unreadable) {
            checks.fail("settings.repeat.time", "'%s' is no time of day, such as 09:00.".formatted(repeat.time()));
        } catch (Problem unreadable) {
            unreadable.errors().forEach(error -> checks.fail(error.field(), error.message()));
        }
        return null;
    }

    private static void keys(Checks checks, String field, List<String> keys) {
        if (keys.size() > MOST_NAMES) {
            checks.fail(field, "%s are %d: %d at most.".formatted(field, keys.size(), MOST_NAMES));
        }
        keys.forEach(key -> checks.required(field, key).atMost(field, key, 200));
    }

    static @Nullable String blank(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
