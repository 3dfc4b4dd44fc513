package dev.drover.cart;

import dev.drover.kernel.Json;
import dev.drover.template.TemplateUse;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which recovery sequences remind by a template. */
@Component
class TemplatesOfRecovery implements TemplateUse {

    private final JdbcClient jdbc;

    TemplatesOfRecovery(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<String> of(String template) {
        record Reminders(String key, String steps) {}
        return jdbc.sql("SELECT key, steps FROM cart_recovery_sequence WHERE is_active").query(Reminders.class).list().stream()
                .filter(one -> Stream.of(Json.read(one.steps(), RecoverySequence.Step[].class)).anyMatch(step -> step.template().equals(template)))
                .map(one -> "the cart recovery “%s”".formatted(one.key())).toList();
    }
}
