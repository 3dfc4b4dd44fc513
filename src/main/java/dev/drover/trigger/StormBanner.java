package dev.drover.trigger;

import dev.drover.audience.Shown;
import dev.drover.web.Banner;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Says on every page that a trigger is in a storm, for only a person can tell a mistake from a success. */
@Component
class StormBanner implements Banner {

    private final ActiveTriggers triggers;

    StormBanner(ActiveTriggers triggers) {
        this.triggers = triggers;
    }

    @Override
    public List<Notice> now() {
        return triggers.all().stream().filter(Trigger::storms).map(trigger -> new Notice("The trigger “%s” is in a storm since %s UTC: what comes is held.".formatted(trigger.definition().name(),
                Objects.requireNonNull(Shown.time(trigger.stormSince())).minute()), "/triggers/" + trigger.key(), "Decide")).toList();
    }
}
