package dev.drover.campaign;

import dev.drover.campaign.CampaignInput.Options;
import dev.drover.campaign.CampaignInput.Repeat;
import dev.drover.kernel.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a step of the wizard sends. A box that isn't ticked sends nothing; each step speaks of its own fields only. */
record WizardForm(@Nullable String name, @Nullable String to, @Nullable List<String> also, @Nullable List<String> exclude, @Nullable String people, @Nullable String conditions, @Nullable String template,
        @Nullable String subject, @Nullable String preheader, @Nullable String fromName, @Nullable String fromEmail, @Nullable String replyTo, @Nullable List<String> fallback,
        @Nullable String type, @Nullable Boolean trackOpens, @Nullable Boolean trackClicks, @Nullable String utmCampaign, @Nullable String sendTime, @Nullable List<String> days,
        @Nullable String time, @Nullable String timeZone, @Nullable String until, @Nullable Integer oncePerDays,
        @Nullable String metric, @Nullable String variable, @Nullable String testShare, @Nullable String waitHours, @Nullable String confidence, @Nullable String minimumSample,
        @Nullable Boolean automaticWinner, @Nullable List<String> ids, @Nullable List<String> weights, @Nullable List<String> says, @Nullable List<String> variantTemplates,
        @Nullable String kind, @Nullable String journey, @Nullable String trigger, @Nullable Double holdout, @Nullable List<String> times, @Nullable String testZone) {

    /** Everybody, as the list of segments says it; and those on its own list alone. */
    static final String EVERYBODY = "*";
    static final String LIST_ONLY = "-";
    /** Of a campaign by a journey: nobody is let in, who comes by its own ways is meant. */
    static final String BY_ITSELF = "=";
    /** One that sends a message of its own, whenever and how often. */
    static final String MESSAGE = "message";

    CampaignInput onto(String step, Campaign campaign) {
        var before = CampaignInput.of(campaign);
        return switch (step) {
            case "audience" -> audience(campaign, before);
            case "content" -> campaign.type().wraps() ? source(campaign, before) : new CampaignInput(before.name(), before.description(), before.type(), null, before.segments(), before.exclude(), null, before.conditions(), template, subject, preheader, fromName,
                    fromEmail, replyTo, null, null, withFallback(Objects.requireNonNull(before.settings())), before.experiment(), null, null, null);
            case "options" -> new CampaignInput(before.name(), before.description(), type, null, before.segments(), before.exclude(), null, before.conditions(), before.template(), before.subject(),
                    before.preheader(), before.fromName(), before.fromEmail(), before.replyTo(), null, null, options(Objects.requireNonNull(before.settings())),
                    Campaign.Type.AB_TEST.key().equals(type) ? VariantRows.experiment(this) : before.experiment(), null, null, null);
            default -> before;
        };
    }

    /** What it is decides what else can be said of it: a journey's or a trigger's messages are none of its own. */
    private CampaignInput audience(Campaign campaign, CampaignInput before) {
        String type = kind == null ? before.type() : kind.equals(MESSAGE) ? campaign.type().wraps() ? Campaign.Type.ONE_TIME.key() : before.type() : kind;
        if (Campaign.Type.TRIGGERED.key().equals(type)) {
            return new CampaignInput(name, before.description(), type, null, null, null, List.of(), null, null, null, null, null, null, null, null, null, null, before.experiment(), null, before.trigger(), null);
        }
        if (Campaign.Type.DRIP.key().equals(type)) {
            return new CampaignInput(name, before.description(), type, null, segments(), some(exclude), null, asked(before), null, null, null, null, null, null, null, null, null, before.experiment(), before.journey(),
                    null, null);
        }
        return new CampaignInput(name, before.description(), type, null, segments(), some(exclude), null, asked(before), before.template(), before.subject(), before.preheader(), before.fromName(), before.fromEmail(),
                before.replyTo(), null, null, before.settings(), before.experiment(), null, null, null);
    }

    private CampaignInput source(Campaign campaign, CampaignInput before) {
        boolean drip = campaign.type() == Campaign.Type.DRIP;
        return new CampaignInput(before.name(), before.description(), before.type(), null, before.segments(), before.exclude(), null, before.conditions(), null, null, null, null, null, null, null, timeZone,
                before.settings(), before.experiment(), drip ? journey : null, drip ? null : trigger, until);
    }

    private List<String> segments() {
        String first = CampaignInput.blank(to);
        return first == null || List.of(EVERYBODY, LIST_ONLY, BY_ITSELF).contains(first) ? List.of() : Stream.concat(Stream.of(first), some(also).stream()).distinct().toList();
    }

    /** {@code null}: the list isn't spoken of. A line each: external ids or addresses. */
    @Nullable List<String> listed() {
        return people == null ? null : Arrays.stream(people.split("[\\r\\n,;]+")).map(String::strip).filter(line -> !line.isEmpty()).distinct().toList();
    }

    /** @return what was asked before where the page's script, which puts conditions together, didn't speak */
    private @Nullable Object asked(CampaignInput before) {
        return conditions == null ? before.conditions() : conditions.isBlank() ? null : Json.read(conditions, Map.class);
    }

    private Options withFallback(Options before) {
        return new Options(before.trackOpens(), before.trackClicks(), before.utmCampaign(), null, some(fallback), before.repeat(), before.oncePerDays(), before.holdout(), before.sendTime());
    }

    private Options options(Options before) {
        boolean again = "automated".equals(type);
        return new Options(Boolean.TRUE.equals(trackOpens), Boolean.TRUE.equals(trackClicks), utmCampaign, null, before.fallback(),
                again ? new Repeat(some(days), time, timeZone, CampaignInput.blank(until) == null ? null : until + "T23:59:59") : null, again ? oncePerDays : Integer.valueOf(0), holdout, sendTime);
    }

    private static List<String> some(@Nullable List<String> keys) {
        return keys == null ? List.of() : keys.stream().filter(key -> !key.isBlank()).toList();
    }
}
