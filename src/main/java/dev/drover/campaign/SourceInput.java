package dev.drover.campaign;

import dev.drover.campaign.Campaign.Settings;
import dev.drover.campaign.Campaign.Source;
import dev.drover.campaign.Campaign.Type;
import dev.drover.kernel.Checks;
import dev.drover.kernel.Problem;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is said of a drip or triggered campaign, and what can't be said of one: what its messages say, and when, is its journey's or its trigger's. */
final class SourceInput {

    private static final int LONGEST = 200;

    private SourceInput() {}

    /** @return {@code null}: it isn't said yet, or another type */
    static @Nullable Source of(CampaignInput input, Checks checks, Type type, Instant now) {
        checks.atMost("journey", input.journey(), LONGEST).atMost("trigger", input.trigger(), LONGEST);
        if (type != Type.DRIP && given(input.journey())) {
            checks.fail("journey", "Only a campaign of type drip sends by a journey.");
        }
        if (type != Type.TRIGGERED && given(input.trigger())) {
            checks.fail("trigger", "Only a campaign of type triggered sends by a trigger.");
        }
        Instant until = until(input, checks, now);
        if (!type.wraps()) {
            if (given(input.endsAt())) {
                checks.fail("endsAt", "It ends when all of it has been sent. Only a drip or triggered campaign has an end of its own; one that comes again has settings.repeat.until.");
            }
            return null;
        }
        String what = type == Type.DRIP ? "journey" : "trigger";
        refuse(checks, "template", given(input.template()) || given(input.subject()) || given(input.preheader()), "What it says is said by its %s: leave the text out.".formatted(what));
        refuse(checks, "fromName", given(input.fromName()) || given(input.fromEmail()) || given(input.replyTo()), "Who sends is the same for all of a %s’s messages: leave it out.".formatted(what));
        var options = input.settings();
        if (options != null) {
            refuse(checks, "settings.fallback", options.fallback() != null && !options.fallback().isEmpty(), "By which channel it goes is said by its %s: leave this out.".formatted(what));
            refuse(checks, "settings.sendTime", given(options.sendTime()) && !SendTime.AT_ONCE.key().equals(options.sendTime()), "When messages leave is said by its %s: leave this out.".formatted(what));
            refuse(checks, "settings.localTime", Boolean.TRUE.equals(options.localTime()), "When messages leave is said by its %s: leave this out.".formatted(what));
            refuse(checks, "settings.repeat", options.repeat() != null, "It doesn’t come again: leave this out, or send one message again and again (automated).");
            refuse(checks, "settings.holdout", options.holdout() != null && options.holdout() > 0,
                    "Who is kept without a %s is said of that, under Experiments → Kept without marketing: it holds beyond one campaign. The report shows what it brings.".formatted(what));
        }
        if (type == Type.TRIGGERED) {
            refuse(checks, input.segment() != null ? "segment" : "segments", given(input.segment()) || input.segments() != null && !input.segments().isEmpty(),
                    "Whom it reaches is said by the trigger's conditions: leave the audience out, or ask for the segment there.");
            refuse(checks, "exclude", input.exclude() != null && !input.exclude().isEmpty(), "Whom it reaches is said by the trigger's conditions: leave this out.");
            refuse(checks, "conditions", AudienceCondition.group(input.conditions()) != null, "Whom it reaches is said by the trigger's conditions: say it there.");
            refuse(checks, "customers", input.customers() != null && !input.customers().isEmpty(), "Whom it reaches is said by the trigger's conditions: leave the list out.");
        }
        String id = CampaignInput.blank(type == Type.DRIP ? input.journey() : input.trigger());
        return id == null ? until == null ? null : new Source("", until) : new Source(id, until);
    }

    private static @Nullable Instant until(CampaignInput input, Checks checks, Instant now) {
        if (!given(input.endsAt())) {
            return null;
        }
        try {
            Instant until = ScheduledTime.of("endsAt", String.valueOf(input.endsAt()), input.timeZone());
            if (!until.isAfter(now)) {
                checks.fail("endsAt", "%s is past: choose a time to come, or leave it open.".formatted(until));
            }
            return until;
        } catch (Problem unreadable) {
            unreadable.errors().forEach(error -> checks.fail(error.field(), error.message()));
            return null;
        }
    }

    private static void refuse(Checks checks, String field, boolean given, String why) {
        if (given) {
            checks.fail(field, why);
        }
    }

    private static boolean given(@Nullable String text) {
        return CampaignInput.blank(text) != null;
    }

    /** @return {@code null}: nobody has said */
    static @Nullable String id(Settings settings) {
        return settings.source() == null || settings.source().id().isEmpty() ? null : settings.source().id();
    }
}
