package dev.drover.journey;

import dev.drover.kernel.DroverSettings;
import dev.drover.kernel.Json;
import dev.drover.kernel.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The steps that a journey can be drawn of, as {@code workflows/element-templates} says; Camunda's own modeler reads the same files. */
@Component
class ElementTemplates {

    private final List<Map<String, Object>> all;

    ElementTemplates(DroverSettings settings) {
        Path folder = settings.workflows().resolve("element-templates");
        var found = new ArrayList<Map<String, Object>>();
        try (var paths = Files.list(folder)) {
            for (Path path : paths.filter(each -> each.toString().endsWith(".json")).sorted().toList()) {
                found.add(Json.map(Files.readString(path)));
            }
        } catch (IOException e) {
            throw new StartFailure("The element templates at %s can't be read.".formatted(folder.toAbsolutePath()), "Start in the checkout, or set DROVER_WORKFLOWS.", e);
        }
        this.all = List.copyOf(found);
    }

    List<Map<String, Object>> all() {
        return all;
    }

    /** The inputs that a job can't do without, and what the step calls them. */
    Map<String, String> required(String jobType) {
        var names = new LinkedHashMap<String, String>();
        all.stream().filter(template -> jobType(template).equals(jobType)).flatMap(template -> properties(template).stream())
                .filter(property -> property.get("constraints") instanceof Map<?, ?> constraints && Boolean.TRUE.equals(constraints.get("notEmpty"))
                        && "zeebe:input".equals(binding(property).get("type")))
                .forEach(property -> names.put(binding(property).get("name").toString(), property.get("label").toString()));
        return names;
    }

    /** @return empty: it is no job */
    static String jobType(Map<String, Object> template) {
        return properties(template).stream().filter(property -> "zeebe:taskDefinition".equals(binding(property).get("type"))).map(property -> property.get("value").toString())
                .findFirst().orElse("");
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> properties(Map<String, Object> template) {
        return (List<Map<String, Object>>) template.get("properties");
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> binding(Map<String, Object> property) {
        return (Map<String, Object>) property.get("binding");
    }
}
