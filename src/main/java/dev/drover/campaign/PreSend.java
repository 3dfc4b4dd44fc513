package dev.drover.campaign;

import dev.drover.audience.Shown;
import dev.drover.campaign.Collisions.Collision;
import dev.drover.campaign.Estimates.Estimate;
import dev.drover.delivery.MailingTrial;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.template.TemplateReview;
import dev.drover.template.Templates.Template;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Looks at a campaign before it is sent, with the eyes of whoever will get it. */
@Component
class PreSend {

    private static final int LOOKED_AT = 200;
    private static final int MOST_GAPS = 8;

    enum Weight { STOP, WARN, HINT, GOOD }

    /** @param weight {@code STOP}: it can't be sent so @param about in a word or two @param where to mend it: a step's name, or empty */
    record Check(Weight weight, String about, String words, String where) {}

    /** @param estimate {@code null}: it isn't known what is said to whom */
    record Report(List<Check> checks, @Nullable Estimate estimate) {

        public boolean mayGo() {
            return checks.stream().noneMatch(check -> check.weight() == Weight.STOP);
        }
    }

    private final Sendable sendable;
    private final Estimates estimates;
    private final PlannedSends sends;
    private final Collisions collisions;
    private final Crowds crowds;
    private final TemplateReview review;
    private final MailingTrial trial;
    private final AbTestSize size;
    private final BestHourSettings hours;
    private final SourceChecks source;
    private final PlatformClock clock;

    PreSend(Sendable sendable, Estimates estimates, Crowds crowds, PlannedSends sends, Collisions collisions, TemplateReview review, MailingTrial trial, AbTestSize size, BestHourSettings hours,
            SourceChecks source, PlatformClock clock) {
        this.sendable = sendable;
        this.estimates = estimates;
        this.crowds = crowds;
        this.sends = sends;
        this.collisions = collisions;
        this.review = review;
        this.trial = trial;
        this.size = size;
        this.hours = hours;
        this.source = source;
        this.clock = clock;
    }

    Report of(Campaign campaign) {
        var checks = new ArrayList<Check>();
        List<Template> contents;
        try {
            contents = sendable.contents(campaign);
        } catch (Problem wrong) {
            wrong.errors().forEach(error -> checks.add(new Check(Weight.STOP, about(error.field()), error.message(), step(error.field()))));
            return new Report(checks, null);
        }
        var estimate = estimates.of(campaign, contents);
        if (campaign.type().wraps()) {
            source.of(campaign, estimate, checks);
            return new Report(checks, campaign.letsIn() ? estimate : null);
        }
        audience(campaign, estimate, checks);
        if (campaign.type() == Campaign.Type.AB_TEST) {
            tried(AbTestInput.of(Objects.requireNonNull(campaign.experiment())), estimate, checks);
        }
        var recipients = crowds.now(campaign, LOOKED_AT).sample();
        for (Template content : contents) {
            said(content, checks);
            gaps(content, recipients, checks);
        }
        if (campaign.settings().holdout() != null) {
            checks.add(new Check(Weight.HINT, "Kept without", "About %,d of those who would get it are kept without, drawn by chance, so that you see what it brings.".formatted(Math.round(estimate.reached() * campaign.settings().holdout() / 100)), "options"));
        }
        sender(campaign, checks);
        neighbours(campaign, contents.getFirst().channel(), checks);
        // Variants that share a template have its notes in common.
        return new Report(checks.stream().distinct().toList(), estimate);
    }

    private static void audience(Campaign campaign, Estimate estimate, List<Check> checks) {
        if (estimate.audience() == 0) {
            String words = estimate.candidates() == 0 ? "Nobody is in it now." : estimate.projected() ? "Of %,d looked at nobody fulfils its conditions.".formatted(estimate.looked()) : "Nobody fulfils its conditions now.";
            checks.add(new Check(campaign.type() == Campaign.Type.AUTOMATED || estimate.projected() ? Weight.WARN : Weight.STOP, "Audience", words, "audience"));
        } else if (estimate.reached() == 0) {
            checks.add(new Check(Weight.STOP, "Audience", "None of them may be written to now: see the reasons.", "audience"));
        } else {
            checks.add(new Check(Weight.GOOD, "Audience", "Somebody is in it who may be written to.", ""));
        }
        estimate.excluded().stream().filter(reason -> reason.rule().contains("cap") || reason.reason().contains("already")).findFirst()
                .ifPresent(cap -> checks.add(new Check(Weight.HINT, "Caps", "Some have had enough mail lately and are left out: %s.".formatted(cap.reason()), "audience")));
    }

    private void tried(AbTest test, Estimate estimate, List<Check> checks) {
        test.variants().stream().filter(variant -> variant.sendTime() != null && (variant.sendTime().getHour() < hours.from() || variant.sendTime().getHour() >= hours.to()))
                .forEach(variant -> checks.add(new Check(Weight.WARN, "Test", "Variant %s is due at %s: quiet hours may put it off till morning, and the test says nothing of that time then.".formatted(variant.id(), variant.sendTime()), "options")));
        String few = size.problem(test, estimate.audience());
        String fewer = size.problem(test, estimate.reached());
        if (fewer != null) {
            checks.add(new Check(few != null ? Weight.STOP : Weight.WARN, "Test", fewer, "options"));
        }
        checks.add(new Check(Weight.HINT, "Test", size.words(test, estimate.reached()), "options"));
    }

    private void said(Template content, List<Check> checks) {
        String problem = trial.problem(content);
        if (problem != null) {
            checks.add(new Check(Weight.STOP, "Postal address", "This can't be sent: " + problem + ".", "content"));
        }
        var notes = review.of(content);
        notes.forEach(note -> checks.add(new Check(note.serious() ? Weight.WARN : Weight.HINT, "Template " + content.key(), note.place() + ": " + note.message(), "content")));
        if (notes.isEmpty()) {
            checks.add(new Check(Weight.GOOD, "Template " + content.key(), "Size, links, unsubscribing and accessibility are as they should be.", ""));
        }
        SpamHints.of(content).forEach(hint -> checks.add(new Check(Weight.HINT, "Looks like junk", hint, "content")));
    }

    private void gaps(Template content, List<Long> recipients, List<Check> checks) {
        var gaps = trial.gaps(content, recipients);
        gaps.stream().limit(MOST_GAPS).forEach(gap -> checks.add(new Check(gap.missing() == gap.of() ? Weight.WARN : Weight.HINT, "Merge tag",
                "{{%s}} stays empty for %s. Give it something to say instead: {{#if}} … {{else}}.".formatted(gap.tag(), gap.missing() == gap.of() ? "everybody" : gap.missing() + " of " + gap.of() + " recipients looked at"),
                "content")));
        if (gaps.isEmpty()) {
            checks.add(new Check(Weight.GOOD, "Merge tags", "Each is filled for everybody looked at.", ""));
        }
    }

    private void sender(Campaign campaign, List<Check> checks) {
        String from = campaign.content().fromEmail();
        String usual = trial.sender().fromAddress();
        if (from != null && !domain(from).equalsIgnoreCase(domain(usual))) {
            checks.add(new Check(Weight.WARN, "Sender", "%s isn't the domain that is set up for sending (%s): without SPF, DKIM and DMARC for it, mail ends up as junk.".formatted(domain(from), domain(usual)), "content"));
        }
    }

    private static String domain(String address) {
        return address.substring(address.indexOf('@') + 1);
    }

    /** Others on the same day that share recipients, or begin together with it. */
    private void neighbours(Campaign campaign, Channel channel, List<Check> checks) {
        Instant when = campaign.scheduledAt() != null ? campaign.scheduledAt() : CampaignPlanning.first(campaign, clock.instant()).orElse(clock.instant());
        var own = new PlannedSend(campaign, 0, CampaignState.SCHEDULED, when, when, channel, null, true, false, 0);
        Instant day = own.day(ZoneOffset.UTC).atStartOfDay(ZoneOffset.UTC).toInstant();
        // By each customer's own clock a day begins earlier somewhere.
        var others = sends.between(day.minus(1, ChronoUnit.DAYS), day.plus(1, ChronoUnit.DAYS)).stream().filter(other -> other.day(ZoneOffset.UTC).equals(own.day(ZoneOffset.UTC))).toList();
        for (Collision met : collisions.with(own, others)) {
            String name = met.other().campaign().name();
            checks.add(met.shared() > 0 ? new Check(Weight.WARN, "Same day", "%s%,d of them get “%s” that day, too (%s UTC).".formatted(met.exact() ? "" : "Up to ", met.shared(), name, Objects.requireNonNull(Shown.time(met.other().at())).minute()), "schedule")
                    : new Check(Weight.HINT, "Same hour", "“%s” begins within an hour of it: they share what leaves at once.".formatted(name), "schedule"));
        }
    }

    private static String about(String field) {
        return switch (step(field)) {
            case "audience" -> "Audience";
            case "content" -> "Content";
            default -> "Options";
        };
    }

    private static String step(String field) {
        return field.startsWith("segment") || field.equals("exclude") || field.equals("customers") || field.equals("type") || field.startsWith("conditions") ? "audience" : field.startsWith("settings") || field.startsWith("experiment") ? "options" : "content";
    }
}
