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
        @Nullable List<String> times, @Nullable String testZone) {

    /** Everybody, as the list of segments says it; and those on its own list alone. */
    static final String EVERYBODY = "*";
    static final String LIST_ONLY = "-";

    CampaignInput onto(String step, Campaign campaign) {
        var before = CampaignInput.of(campaign);
        return switch (step) {
            case "audience" -> new CampaignInput(name, before.description(), before.type(), null, segments(), some(exclude), null, asked(before), before.template(), before.subject(), before.preheader(),
                    before.fromName(), before.fromEmail(), before.replyTo(), null, null, before.settings(), before.experiment());
            case "content" -> new CampaignInput(before.name(), before.description(), before.type(), null, before.segments(), before.exclude(), null, before.conditions(), template, subject, preheader, fromName,
                    fromEmail, replyTo, null, null, withFallback(Objects.requireNonNull(before.settings())), before.experiment());
            case "options" -> new CampaignInput(before.name(), before.description(), type, null, before.segments(), before.exclude(), null, before.conditions(), before.template(), before.subject(),
                    before.preheader(), before.fromName(), before.fromEmail(), before.replyTo(), null, null, options(Objects.requireNonNull(before.settings())),
                    Campaign.Type.AB_TEST.key().equals(type) ? VariantRows.experiment(this) : before.experiment());
            default -> before;
        };
    }

    private List<String> segments() {
        String first = CampaignInput.blank(to);
        return first == null || first.equals(EVERYBODY) || first.equals(LIST_ONLY) ? List.of() : Stream.concat(Stream.of(first), some(also).stream()).distinct().toList();
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
        return new Options(before.trackOpens(), before.trackClicks(), before.utmCampaign(), null, some(fallback), before.repeat(), before.oncePerDays(), before.sendTime());
    }

    private Options options(Options before) {
        boolean again = "automated".equals(type);
        return new Options(Boolean.TRUE.equals(trackOpens), Boolean.TRUE.equals(trackClicks), utmCampaign, null, before.fallback(),
                again ? new Repeat(some(days), time, timeZone, CampaignInput.blank(until) == null ? null : until + "T23:59:59") : null, again ? oncePerDays : Integer.valueOf(0), sendTime);
    }

    private static List<String> some(@Nullable List<String> keys) {
        return keys == null ? List.of() : keys.stream().filter(key -> !key.isBlank()).toList();
    }
}
