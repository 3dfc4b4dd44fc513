package dev.drover.journey;

import dev.drover.eventlog.EventNames;
import dev.drover.kernel.Channel;
import dev.drover.segment.Decisions;
import dev.drover.segment.Segments;
import dev.drover.template.Templates;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.ServiceTask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a journey can be drawn of, with what exists here to choose from. */
@Component
class Palette {

    private final ElementTemplates steps;
    private final Templates templates;
    private final Segments segments;
    private final Decisions decisions;
    private final EventNames events;

    Palette(ElementTemplates steps, Templates templates, Segments segments, Decisions decisions, EventNames events) {
        this.steps = steps;
        this.templates = templates;
        this.segments = segments;
        this.decisions = decisions;
        this.events = events;
    }

    /** @param drawn what the diagram says already stays to be chosen, be it there or not; {@code null}: nothing is drawn yet */
    List<Map<String, Object>> of(@Nullable BpmnModelInstance drawn) {
        return steps.all().stream().map(step -> filled(step, drawn)).toList();
    }

    /** What may be written where an event is asked for: the names that happen here, and those that say which segment or channel, as {@link EventPublisher} tells them. */
    Set<String> events() {
        var names = events.known();
        segments.all().forEach(segment -> Stream.of("segment.entered:", "segment.left:").forEach(happened -> names.add(happened + segment.key())));
        for (Channel channel : Channel.values()) {
            Stream.of("consent.granted:", "consent.withdrawn:").forEach(happened -> names.add(happened + channel.key()));
        }
        return names;
    }

    private Map<String, Object> filled(Map<String, Object> template, @Nullable BpmnModelInstance drawn) {
        var properties = ElementTemplates.properties(template);
        String job = ElementTemplates.jobType(template);
        var copy = new LinkedHashMap<>(template);
        copy.put("properties", properties.stream().map(property -> filled(property, job, drawn)).toList());
        return copy;
    }

    private Map<String, Object> filled(Map<String, Object> property, String job, @Nullable BpmnModelInstance drawn) {
        String input = "zeebe:input".equals(ElementTemplates.binding(property).get("type")) ? ElementTemplates.binding(property).get("name").toString() : "";
        Map<String, String> choices = switch (input) {
            case "template" -> templatesFor(job.replaceFirst("^send-", ""));
            case "segment" -> segmentsFor(job);
            case "ruleGroup" -> ruleGroups();
            default -> Map.of();
        };
        if (!Set.of("template", "segment", "ruleGroup").contains(input)) {
            return property;
        }
        var all = new LinkedHashMap<>(choices);
        if (drawn != null) {
            drawn.getModelElementsByType(ServiceTask.class).stream().filter(task -> TaskInputs.type(task).equals(job)).map(task -> TaskInputs.input(task, input))
                    .filter(value -> value != null && !value.isBlank()).forEach(value -> all.putIfAbsent(value, value.startsWith("=") ? value : value + " (not there)"));
        }
        var copy = new LinkedHashMap<>(property);
        copy.put("type", "Dropdown");
        copy.remove("feel");
        copy.put("choices", all.entrySet().stream().map(choice -> Map.of("name", choice.getValue(), "value", choice.getKey())).toList());
        return copy;
    }

    private Map<String, String> templatesFor(String channel) {
        var found = new LinkedHashMap<String, String>();
        templates.all().stream().filter(template -> template.channel().key().equals(channel) && template.active())
                .forEach(template -> found.put(template.key(), "%s (%s)".formatted(template.name(), template.key())));
        return found;
    }

    /** Who is in a dynamic segment is the rules' business: nobody is put there by hand. */
    private Map<String, String> segmentsFor(String job) {
        var found = new LinkedHashMap<String, String>();
        segments.all().stream().filter(segment -> job.equals("check-segment") || segment.isStatic())
                .forEach(segment -> found.put(segment.key(), "%s (%s)".formatted(segment.name(), segment.key())));
        return found;
    }

    private Map<String, String> ruleGroups() {
        var found = new LinkedHashMap<String, String>();
        decisions.known().forEach(group -> found.put(group, group));
        return found;
    }
}
