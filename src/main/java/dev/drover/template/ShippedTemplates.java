package dev.drover.template;

import dev.drover.kernel.Channel;
import dev.drover.template.Templates.Template;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.stereotype.Component;
import org.springframework.util.DigestUtils;

/**
 * Puts the templates under {@code templates-shipped/} into the database at start. A file begins with {@code name: value} lines up to a line
 * {@code ---}; what follows is the content: of a mail what goes into {@code layout.html}, of an SMS or push the text.
 */
@Component
@Order(10)
class ShippedTemplates implements ApplicationRunner {

    private final Templates templates;
    private final ResourcePatternResolver resources;

    ShippedTemplates(Templates templates, ResourcePatternResolver resources) {
        this.templates = templates;
        this.resources = resources;
    }

    @Override
    public void run(ApplicationArguments arguments) throws IOException {
        String layout = text(resources.getResource("classpath:templates-shipped/layout.html"));
        for (Resource file : resources.getResources("classpath:templates-shipped/*.tpl")) {
            String source = text(file);
            String key = file.getFilename().replace(".tpl", "");
            templates.ship(read(key, source, layout), DigestUtils.md5DigestAsHex((layout + source).getBytes(StandardCharsets.UTF_8)));
        }
    }

    static Template read(String key, String source, String layout) {
        String[] halves = source.split("(?m)^---$", 2);
        Map<String, String> head = new HashMap<>();
        halves[0].lines().filter(line -> line.contains(":"))
                .forEach(line -> head.put(line.substring(0, line.indexOf(':')).strip(), line.substring(line.indexOf(':') + 1).strip()));
        var channel = Channel.of(head.get("channel"));
        @Nullable String html = channel == Channel.EMAIL ? layout.replace("<!-- content -->", halves[1].strip()) : null;
        @Nullable String text = channel == Channel.EMAIL ? null : halves[1].strip();
        return new Template(key, head.get("name"), channel, head.get("type"), head.get("category"), head.get("subject"), head.get("preheader"), html, text,
                true, true, 1);
    }

    private static String text(Resource resource) throws IOException {
        return resource.getContentAsString(StandardCharsets.UTF_8);
    }
}
