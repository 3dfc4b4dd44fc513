package dev.drover.template;

import dev.drover.kernel.Channel;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The message templates, by key. */
@Component
public class Templates {

    /** @param type {@code marketing}, {@code transactional}, {@code notification} or {@code system} */
    public record Template(String key, String name, Channel channel, String type, String category,
            @Nullable String subject, @Nullable String preheader, @Nullable String html, @Nullable String text) {}

    /** @param html {@code null} where the channel has none; {@code subject}: the title of a push */
    public record Rendered(@Nullable String subject, @Nullable String preheader, @Nullable String html, String text) {}

    public Optional<Template> find(String key) {
        throw new UnsupportedOperationException();
    }

    /** @throws dev.drover.kernel.Problem rejected, when the template fails on this data */
    public Rendered render(Template template, Map<String, Object> data) {
        throw new UnsupportedOperationException();
    }
}
