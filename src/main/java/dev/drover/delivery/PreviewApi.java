package dev.drover.delivery;

import dev.drover.kernel.Checks;
import dev.drover.template.Templates;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Beside the template package's own calls, because a preview may want a customer. */
@RestController
class PreviewApi {

    private static final int MOST_DATA = 256 * 1_024;

    record Wanted(@Nullable String customerId, @Nullable Map<String, Object> data) {}

    record Preview(@Nullable String subject, @Nullable String preheader, @Nullable String html, String text) {}

    private final Templates templates;
    private final Previews previews;

    PreviewApi(Templates templates, Previews previews) {
        this.templates = templates;
        this.previews = previews;
    }

    @PostMapping("/api/v1/templates/{key}/preview")
    Preview preview(@PathVariable String key, @RequestBody(required = false) @Nullable Wanted wanted) {
        var asked = wanted == null ? new Wanted(null, null) : wanted;
        new Checks().atMost("customerId", asked.customerId(), 200).json("data", asked.data(), MOST_DATA).orThrow();
        var content = previews.of(templates.require(key), asked.customerId(), Objects.requireNonNullElse(asked.data(), Map.of()));
        return new Preview(content.subject(), content.preheader(), content.html(), content.text());
    }
}
