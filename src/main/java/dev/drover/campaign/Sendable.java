package dev.drover.campaign;

import dev.drover.campaign.AbTest.Metric;
import dev.drover.campaign.AbTest.Variable;
import dev.drover.campaign.Campaign.Settings;
import dev.drover.campaign.Campaign.Type;
import dev.drover.delivery.MailingTrial;
import dev.drover.journey.JourneySwitch;
import dev.drover.kernel.Channel;
import dev.drover.kernel.Checks;
import dev.drover.kernel.Problem;
import dev.drover.segment.Segment;
import dev.drover.segment.Segments;
import dev.drover.template.Templates;
import dev.drover.template.Templates.Template;
import dev.drover.trigger.TriggerSwitch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whether what a campaign names is there and may be sent: asked when it is planned, and again when it begins, since things go meanwhile. */
@Component
class Sendable {

    private final Templates templates;
    private final Segments segments;
    private final MailingTrial trial;
    private final JourneySwitch journeys;
    private final TriggerSwitch triggers;

    Sendable(Templates templates, Segments segments, MailingTrial trial, JourneySwitch journeys, TriggerSwitch triggers) {
        this.templates = templates;
        this.segments = segments;
        this.trial = trial;
        this.journeys = journeys;
        this.triggers = triggers;
    }

    /** The same, as it must be to leave: with the sender's postal address in it. @throws Problem rejected */
    List<Template> ready(Campaign campaign) {
        var contents = contents(campaign);
        var checks = new Checks();
        for (Template content : contents) {
            String problem = trial.problem(content);
            if (problem != null) {
                checks.fail("template", "This can't be sent: " + problem + ".");
            }
        }
        checks.orThrow();
        return contents;
    }

    /**
     * What it says, by each channel in the order they are tried; with the campaign's own subject in the first. Of a test, what each variant says.
     *
     * @throws Problem rejected, with all that is wrong
     */
    List<Template> contents(Campaign campaign) {
        var checks = new Checks();
        var found = new ArrayList<Template>();
        var content = campaign.content();
        if (campaign.type().wraps()) {
            source(checks, campaign.type(), campaign.settings());
        } else if (campaign.type() == Type.AB_TEST) {
            variants(checks, campaign, found);
        } else if (content.template() == null) {
            checks.fail("template", "Nothing is said yet: choose a template.");
        } else {
            var template = template(checks, "template", content.template());
            if (template != null) {
                found.add(dressed(template, content));
            }
        }
        for (String key : campaign.settings().fallback()) {
            var template = template(checks, "settings.fallback", key);
            if (template != null && found.stream().anyMatch(one -> one.channel() == template.channel())) {
                checks.fail("settings.fallback", "'%s' is for %s like one before it: a stand-in is for another channel.".formatted(key, template.channel().key()));
            } else if (template != null) {
                found.add(template);
            }
        }
        audience(checks, campaign);
        if (campaign.type() == Type.AUTOMATED && campaign.settings().recurrence() == null) {
            checks.fail("settings.repeat", "Say when it comes again.");
        }
        checks.orThrow();
        return found;
    }

    /** One for each variant, in their order. */
    private void variants(Checks checks, Campaign campaign, List<Template> found) {
        var test = AbTestInput.read(checks, campaign.experiment());
        for (int n = 0; test != null && n < test.variants().size(); n++) {
            var content = test.variants().get(n).of(campaign.content());
            boolean own = test.variants().get(n).template() != null;
            if (content.template() == null) {
                checks.fail("template", "Nothing is said yet: choose a template.");
                return;
            }
            String at = own ? "experiment.variants[%d].template".formatted(n) : "template";
            var template = template(checks, at, content.template());
            if (template == null && !own) {
                return;
            } else if (template != null && !found.isEmpty() && found.getFirst().channel() != template.channel()) {
                checks.fail(at, "'%s' is for %s, the control for %s: a test compares variants of one channel.".formatted(template.key(), template.channel().key(), found.getFirst().channel().key()));
            } else if (template != null) {
                found.add(dressed(template, content));
            }
        }
        if (test != null && !found.isEmpty()) {
            measurable(checks, campaign, test, found.getFirst().channel());
        }
    }

    /** What decides must be noted at all. */
    private static void measurable(Checks checks, Campaign campaign, AbTest test, Channel channel) {
        boolean said = test.variable() == Variable.CONTENT || test.variable() == Variable.SEND_TIME;
        if (channel != Channel.EMAIL && (!said || test.metric() == Metric.OPEN_RATE)) {
            checks.fail(!said ? "experiment.variable" : "experiment.metric",
                    "A message by %s has neither subject nor sender, and nobody knows who opened it: test its content or its time, by clicks or orders.".formatted(channel.key()));
        } else if (test.metric() == Metric.OPEN_RATE && !campaign.settings().trackOpens()) {
            checks.fail("experiment.metric", "Opens decide, and this campaign doesn't note them: note them, or let clicks or orders decide.");
        } else if (test.metric() == Metric.CLICK_RATE && !campaign.settings().trackClicks()) {
            checks.fail("experiment.metric", "Clicks decide, and this campaign doesn't note them: note them, or let orders decide.");
        }
    }

    /** Whether the journey or the trigger that a draft names is there. @throws Problem rejected */
    void known(Draft draft) {
        var checks = new Checks();
        if (SourceInput.id(draft.settings()) != null) {
            source(checks, draft.type(), draft.settings());
        }
        checks.orThrow();
    }

    private void source(Checks checks, Type type, Settings settings) {
        String id = SourceInput.id(settings);
        if (type == Type.DRIP) {
            if (id == null) {
                checks.fail("journey", "Say by which journey it sends.");
            } else if (journeys.find(id).isEmpty()) {
                checks.fail("journey", "There is no journey '%s': deploy it under Journeys first.".formatted(id));
            }
        } else if (id == null) {
            checks.fail("trigger", "Say by which trigger it sends.");
        } else {
            var trigger = triggers.find(id).orElse(null);
            if (trigger == null) {
                checks.fail("trigger", "There is no trigger '%s': make it under Triggers first.".formatted(id));
            } else if (!trigger.sends() && trigger.journey() == null) {
                checks.fail("trigger", "The trigger “%s” is to %s, which sends nothing: choose one that sends a message or starts a journey.".formatted(trigger.name(), trigger.does()));
            } else if (trigger.journey() != null && journeys.find(trigger.journey()).isEmpty()) {
                checks.fail("trigger", "The trigger “%s” starts the journey '%s', which is gone.".formatted(trigger.name(), trigger.journey()));
            }
        }
    }

    private @Nullable Template template(Checks checks, String field, String key) {
        var template = templates.find(key).orElse(null);
        if (template == null) {
            checks.fail(field, "There is no template '%s': it was deleted, or never there. Choose another.".formatted(key));
        } else if (!template.active()) {
            checks.fail(field, "The template '%s' is switched off.".formatted(key));
        } else if (!template.type().equals("marketing")) {
            checks.fail(field, "'%s' is a %s template, which asks for no consent: a campaign needs a marketing one.".formatted(key, template.type()));
        } else {
            return template;
        }
        return null;
    }

    private static Template dressed(Template template, Campaign.Content content) {
        return new Template(template.key(), template.name(), template.channel(), template.type(), template.category(), content.subject() == null ? template.subject() : content.subject(),
                content.preheader() == null ? template.preheader() : content.preheader(), template.html(), template.text(), true, template.system(), template.version());
    }

    private void audience(Checks checks, Campaign campaign) {
        var known = segments.all().stream().collect(Collectors.toMap(Segment::key, Function.identity()));
        for (String key : campaign.audience().segments()) {
            if (!known.containsKey(key)) {
                checks.fail("segments", "There is no segment '%s'.".formatted(key));
            } else if (!known.get(key).active()) {
                checks.fail("segments", "The segment '%s' is switched off, so nobody knows who is in it now.".formatted(key));
            }
        }
        if (campaign.type() == Type.DRIP && !campaign.letsIn() && campaign.audience().conditions() != null) {
            checks.fail("conditions", "Nobody is let in, so that conditions choose among nobody: choose a segment or a list, or leave them out.");
        }
        AudienceCondition.read(campaign.audience().conditions(), checks, known.values().stream().filter(Segment::active).map(Segment::key).collect(Collectors.toSet()));
        campaign.audience().exclude().stream().filter(key -> !known.containsKey(key)).forEach(key -> checks.fail("exclude", "There is no segment '%s'.".formatted(key)));
    }
}
