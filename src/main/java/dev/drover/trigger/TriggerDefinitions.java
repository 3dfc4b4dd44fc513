package dev.drover.trigger;

import dev.drover.journey.Journeys;
import dev.drover.kernel.Checks;
import dev.drover.kernel.Problem;
import dev.drover.outgoing.OutgoingRequests;
import dev.drover.segment.Segments;
import dev.drover.template.Templates;
import dev.drover.web.AuditLog;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Makes and changes triggers: what they name must be there, and who did it is kept. */
@Component
class TriggerDefinitions {

    private final Triggers triggers;
    private final ActiveTriggers active;
    private final TriggerSettings settings;
    private final Segments segments;
    private final Templates templates;
    private final Journeys journeys;
    private final OutgoingRequests outgoing;
    private final AuditLog audit;
    private final ApplicationEventPublisher news;

    TriggerDefinitions(Triggers triggers, ActiveTriggers active, TriggerSettings settings, Segments segments, Templates templates, Journeys journeys, OutgoingRequests outgoing,
            AuditLog audit, ApplicationEventPublisher news) {
        this.triggers = triggers;
        this.active = active;
        this.settings = settings;
        this.segments = segments;
        this.templates = templates;
        this.journeys = journeys;
        this.outgoing = outgoing;
        this.audit = audit;
        this.news = news;
    }

    /** @throws Problem rejected, with all that is wrong */
    Definition check(TriggerInput input) {
        var definition = input.check(settings, segments.keys());
        var checks = new Checks();
        var action = definition.action();
        switch (action.kind()) {
            case START_JOURNEY -> {
                if (journeys.find(action.required("journey")).isEmpty()) {
                    checks.fail("action.journey", "There is no journey '%s'.".formatted(action.required("journey")));
                }
            }
            case ADD_TO_SEGMENT -> {
                String segment = action.required("segment");
                if (segments.all().stream().noneMatch(one -> one.key().equals(segment) && one.active() && one.isStatic())) {
                    checks.fail("action.segment", segments.exists(segment) ? "Who is in '%s' is decided by a rule: nobody can be added to it.".formatted(segment)
                            : "There is no segment '%s'.".formatted(segment));
                }
            }
            case WEBHOOK -> {
                try {
                    outgoing.check(action.required("url"), Map.of());
                } catch (Problem refused) {
                    checks.fail("action.url", String.valueOf(refused.getMessage()));
                }
            }
            case SEND_EMAIL, SEND_SMS, SEND_PUSH -> {
                var template = templates.find(action.required("template")).orElse(null);
                if (template == null) {
                    checks.fail("action.template", "There is no template '%s'.".formatted(action.required("template")));
                } else if (template.channel() != action.kind().channel()) {
                    checks.fail("action.template", "'%s' is a template for %s.".formatted(template.key(), template.channel().key()));
                } else if (!template.active()) {
                    checks.fail("action.template", "The template '%s' is switched off.".formatted(template.key()));
                }
            }
        }
        checks.orThrow();
        return definition;
    }

    Trigger create(TriggerInput input, String author) {
        var made = triggers.create(check(input), author);
        changed("trigger.created", made.key());
        return made;
    }

    Trigger change(TriggerInput input) {
        var changed = triggers.change(check(input));
        changed("trigger.changed", changed.key());
        return changed;
    }

    Trigger switchTo(String key, boolean on) {
        var switched = triggers.switchTo(key, on);
        changed(on ? "trigger.on" : "trigger.off", key);
        return switched;
    }

    void delete(String key) {
        triggers.delete(key);
        changed("trigger.deleted", key);
    }

    String newSecret(String key) {
        String secret = triggers.newSecret(key);
        changed("trigger.secret", key);
        return secret;
    }

    private void changed(String action, String key) {
        audit.record(action, key, Map.of());
        active.refresh();
        news.publishEvent(new TriggersChanged());
    }
}
