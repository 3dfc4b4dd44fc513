package dev.drover.trigger;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A trigger in the hands of a floor above: looked at, switched on and off. In the caller's transaction. */
@Component
public class TriggerSwitch {

    private static final int MOST = 1_000;

    /** @param does in words @param sends a message by itself @param journey that it starts; {@code null}: it does something else */
    public record Standing(String key, String name, String when, String does, boolean sends, @Nullable String journey, boolean active, boolean storms) {}

    private final Triggers triggers;
    private final TriggerDefinitions definitions;

    TriggerSwitch(Triggers triggers, TriggerDefinitions definitions) {
        this.triggers = triggers;
        this.definitions = definitions;
    }

    /** By key, those that send or start a journey. */
    public List<Standing> all() {
        return triggers.list(null, MOST).stream().map(TriggerSwitch::standing).filter(one -> one.sends() || one.journey() != null).toList();
    }

    public Optional<Standing> find(String key) {
        return triggers.find(key).map(TriggerSwitch::standing);
    }

    /** What happens while it is off isn't acted upon afterwards. One that is gone, or is so already, stays as it is. */
    public void switchTo(String key, boolean on) {
        if (triggers.find(key).filter(trigger -> trigger.definition().active() != on).isPresent()) {
            definitions.switchTo(key, on);
        }
    }

    private static Standing standing(Trigger trigger) {
        var said = trigger.definition();
        var action = said.action();
        return new Standing(said.key(), said.name(), said.occasion().words(), action.words(), action.kind().channel() != null,
                action.kind() == Action.Kind.START_JOURNEY ? action.required("journey") : null, said.active(), trigger.storms());
    }
}
